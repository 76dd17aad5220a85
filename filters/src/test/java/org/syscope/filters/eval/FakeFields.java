package org.syscope.filters.eval;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldArgument;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldFamily;
import org.syscope.filters.field.FieldFlag;
import org.syscope.filters.field.FieldInfo;
import org.syscope.filters.field.FieldTest;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.NearestNames;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.field.Quantifier;
import org.syscope.filters.field.TypeField;

/**
 * Fields of every type and behaviour over {@link FakeEvent}s. Event types: 2 and 3 open, 4 and 5 close, 6 and 7 read, 8
 * and 9 write, odd ones being exits; system calls of generic events: 0 getcwd, 1 fsync, 2 sync.
 */
final class FakeFields implements FieldFamily {
    static final EventSpace SPACE = new EventSpace(10, 3);
    static final List<String> EVENTS = List.of("open", "close", "read", "write");
    static final List<String> SYSCALLS = List.of("getcwd", "fsync", "sync");
    static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        for (FieldType type : FieldType.values()) {
            KINDS.put("t." + type.name().toLowerCase(), new Kind(type, Quantifier.ONE));
        }
        KINDS.put("proc.name", new Kind(FieldType.CHARBUF, Quantifier.ONE));
        KINDS.put("proc.pname", new Kind(FieldType.CHARBUF, Quantifier.ONE));
        KINDS.put("proc.args", new Kind(FieldType.CHARBUF, Quantifier.ONE));
        KINDS.put("proc.argv", new Kind(FieldType.CHARBUF, Quantifier.LIST));
        KINDS.put("proc.aname", new Kind(FieldType.CHARBUF, Quantifier.ANY));
        KINDS.put("proc.pid", new Kind(FieldType.INT64, Quantifier.ONE));
        KINDS.put("proc.apid", new Kind(FieldType.INT64, Quantifier.ANY));
        KINDS.put("fd.name", new Kind(FieldType.CHARBUF, Quantifier.ONE));
        KINDS.put("fd.num", new Kind(FieldType.INT64, Quantifier.ONE));
        KINDS.put("fd.nums", new Kind(FieldType.INT64, Quantifier.LIST));
        KINDS.put("fd.types", new Kind(FieldType.CHARBUF, Quantifier.LIST));
        KINDS.put("fd.cip", new Kind(FieldType.IPADDR, Quantifier.ONE));
        KINDS.put("fd.sip", new Kind(FieldType.IPADDR, Quantifier.ONE));
        KINDS.put("fd.cnet", new Kind(FieldType.IPNET, Quantifier.ONE));
        KINDS.put("fd.ip", new Kind(FieldType.IPADDR, Quantifier.ENDS));
        KINDS.put("fd.net", new Kind(FieldType.IPNET, Quantifier.ENDS));
        KINDS.put("fd.port", new Kind(FieldType.PORT, Quantifier.ENDS));
        KINDS.put("fd.sport", new Kind(FieldType.PORT, Quantifier.ONE));
        KINDS.put("evt.buffer", new Kind(FieldType.BYTEBUF, Quantifier.ONE));
        KINDS.put("evt.arg", new Kind(FieldType.CHARBUF, Quantifier.ONE));
    }

    private static String call(int syscall) {
        return syscall >= 0 && syscall < SYSCALLS.size() ? SYSCALLS.get(syscall) : null;
    }

    /** Type and behaviour of a field. */
    record Kind(FieldType type, Quantifier quantifier) {
        boolean many() {
            return quantifier != Quantifier.ONE;
        }
    }

    static FieldCatalog catalog() {
        return new FieldCatalog(List.of(new FakeFields()), SPACE);
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public String description() {
        return "fields of tests";
    }

    @Override
    public List<FieldInfo> fields() {
        List<FieldInfo> infos = new ArrayList<>();
        KINDS.forEach((name, kind) -> {
            Set<FieldFlag> flags = kind.quantifier() == Quantifier.ENDS || kind.quantifier() == Quantifier.ANY
                    ? Set.of(FieldFlag.NO_RHS, FieldFlag.NO_TRANSFORMER) : Set.of();
            FieldArgument argument = name.equals("evt.arg") ? FieldArgument.requiredAny(".NAME or [N]")
                    : name.equals("proc.aname") ? FieldArgument.optional("[N]") : FieldArgument.NONE;
            infos.add(new FieldInfo(name, kind.type(), PrintFormat.NA, kind.quantifier() == Quantifier.LIST, argument,
                    flags, ""));
        });
        infos.add(FieldInfo.of("evt.type", FieldType.CHARBUF, PrintFormat.NA, ""));
        infos.add(FieldInfo.of("evt.dir", FieldType.CHARBUF, PrintFormat.NA, ""));
        infos.add(FieldInfo.of("syscall.type", FieldType.CHARBUF, PrintFormat.NA, ""));
        infos.add(FieldInfo.of("evt.is_io", FieldType.BOOL, PrintFormat.NA, ""));
        infos.add(new FieldInfo("evt.outputtime", FieldType.CHARBUF, PrintFormat.NA, false, FieldArgument.NONE,
                Set.of(FieldFlag.PRINT_ONLY), ""));
        infos.add(new FieldInfo("util.cnt", FieldType.UINT64, PrintFormat.ID, false, FieldArgument.NONE,
                Set.of(FieldFlag.STATEFUL), ""));
        infos.add(new FieldInfo("evt.around", FieldType.UINT64, PrintFormat.DEC, false,
                FieldArgument.required("[TIMESTAMP]"), Set.of(FieldFlag.NO_RHS, FieldFlag.NO_TRANSFORMER), ""));
        return infos;
    }

    @Override
    public Field create(FieldInfo info, String argument) throws FieldException {
        return switch (info.name()) {
            case "evt.type" -> new OfKind(info) {
                @Override
                String value(int code, int syscall) {
                    if (code < 2) {
                        return call(syscall);
                    }
                    return code < SPACE.eventTypes() ? EVENTS.get(code / 2 - 1) : null;
                }

                @Override
                public String constant(String text) throws FieldException {
                    List<String> names = new ArrayList<>(EVENTS);
                    names.addAll(SYSCALLS);
                    names.add("openat");
                    if (!names.contains(text)) {
                        throw new FieldException("unknown event type " + text, NearestNames.of(text, names));
                    }
                    return text;
                }
            };
            case "evt.dir" -> new OfKind(info) {
                @Override
                String value(int code, int syscall) {
                    return code < 0 ? null : code % 2 == 0 ? ">" : "<";
                }
            };
            case "syscall.type" -> new OfKind(info) {
                @Override
                String value(int code, int syscall) {
                    return code < 2 ? call(syscall) : null;
                }
            };
            case "evt.is_io" -> new OfKind(info) {
                @Override
                String value(int code, int syscall) {
                    return code < 0 ? null : Boolean.toString(code >= 6);
                }
            };
            case "util.cnt" -> new Plain(info, info.name()) {
                private long count;

                @Override
                public boolean extract(EventContext context, FieldValue out) {
                    out.setNumber(++count);
                    return true;
                }
            };
            case "evt.around" -> new Plain(info, info.name() + "[" + argument + "]") {
                @Override
                public FieldTest comparison(String operator, List<String> constants) throws FieldException {
                    if (!operator.equals("=")) {
                        throw new FieldException("evt.around supports only '=' comparison operator");
                    }
                    if (!constants.getFirst().matches("[0-9]{1,9}")) {
                        throw new FieldException(constants.getFirst() + " is not a valid number");
                    }
                    long distance = Long.parseLong(constants.getFirst());
                    return context -> distance > 5;
                }
            };
            case "evt.arg" -> new Plain(info, "evt.arg." + argument) {
                @Override
                public EventSet events(EventSpace space) {
                    return EventSet.where(space, (code, syscall) -> code == 2 || code == 3);
                }

                @Override
                public boolean extract(EventContext context, FieldValue out) {
                    return (context.eventCode() & ~1) == 2 && super.extract(context, out);
                }

                @Override
                public Set<String> parameters() {
                    return Set.of(argument);
                }

                @Override
                public String doubt(String operator, String text) {
                    return text.equals("O_CRAET") ? operator + " " + text + "?" : null;
                }
            };
            case "proc.aname" -> argument == null ? new Plain(info, info.name()) : new Plain(info, info.name()) {
                @Override
                public Quantifier quantifier() {
                    return Quantifier.ONE;
                }

                @Override
                public boolean extract(EventContext context, FieldValue out) {
                    FieldValue all = new FieldValue();
                    int index = Integer.parseInt(argument);
                    if (!super.extract(context, all) || all.count() <= index) {
                        return false;
                    }
                    out.setText(all.textAt(index));
                    return true;
                }
            };
            default -> new Plain(info, info.name());
        };
    }

    private static class Plain implements Field {
        private final FieldInfo info;
        private final String text;

        Plain(FieldInfo info, String text) {
            this.info = info;
            this.text = text;
        }

        @Override
        public FieldInfo info() {
            return info;
        }

        @Override
        public String text() {
            return text;
        }

        @Override
        public Quantifier quantifier() {
            Kind kind = KINDS.get(info.name());
            return kind == null ? Quantifier.ONE : kind.quantifier();
        }

        @Override
        public String constant(String text) {
            return info.type() == FieldType.PORT && text.equals("https") ? "443" : text;
        }

        @Override
        public boolean extract(EventContext context, FieldValue out) {
            return ((FakeEvent) context).extract(info.name(), out);
        }
    }

    private abstract static class OfKind implements TypeField {
        private final FieldInfo info;

        OfKind(FieldInfo info) {
            this.info = info;
        }

        abstract String value(int code, int syscall);

        @Override
        public FieldInfo info() {
            return info;
        }

        @Override
        public String text() {
            return info.name();
        }

        @Override
        public boolean extract(int eventCode, int syscallCode, FieldValue out) {
            String value = value(eventCode, syscallCode);
            if (value == null) {
                return false;
            }
            if (info.type() == FieldType.BOOL) {
                out.setBool(value.equals("true"));
            } else {
                out.setBytes(value.getBytes(StandardCharsets.US_ASCII));
            }
            return true;
        }
    }
}
