package org.syscope.filters.field;

import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.FlagTable;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.ErrnoNames;
import org.syscope.filters.text.GenericCall;
import org.syscope.filters.text.ParameterText;

/** Facts of a system call or another kernel event: type, result, arguments, data. */
final class EventFields extends TableFamily {

    private static final FlagTable OPEN_FLAGS = FlagTable.named("file_flags");
    private static final int ANY_EXECUTE = 0111;

    private final EventKinds kinds = new EventKinds();
    private final GenericCall generic = new GenericCall();
    private final TimingFields timing;
    private final ArgumentFields arguments;
    private final FailureFields failures;

    EventFields(FieldRows rows, FieldEnvironment environment, ParameterText parameters) {
        super("evt", rows);
        this.timing = new TimingFields(environment);
        this.arguments = new ArgumentFields(parameters);
        this.failures = new FailureFields(parameters);
    }

    @Override
    public Field create(FieldInfo info, String argument) throws FieldException {
        String name = info.name();
        if (name.startsWith("evt.buflen")) {
            return transferred(info);
        }
        if (name.startsWith("evt.count.error")) {
            return errors(info);
        }
        if (name.startsWith("evt.infra.")) {
            return new BoundField(info, null, new InfrastructureText(name)).only(InfrastructureText::isEvent);
        }
        return switch (name) {
            case "evt.latency", "evt.latency.s", "evt.latency.ns", "evt.latency.quantized", "evt.latency.human",
                    "evt.deltatime", "evt.deltatime.s", "evt.deltatime.ns", "evt.outputtime", "evt.wait_latency" ->
                timing.create(info);
            case "evt.args", "evt.arg", "evt.rawarg", "evt.info", "evt.buffer", "evt.abspath", "evt.around" ->
                arguments.create(info, argument);
            case "evt.dir" -> kind(info, (code, call, out) -> ascii(out, EventKinds.isExit(code) ? "<" : ">"));
            case "evt.type" -> new KindField(info, null, kinds.names(),
                    (code, call, out) -> ascii(out, kinds.name(code, call)));
            case "syscall.type" -> new KindField(info, null, List.of(),
                    (code, call, out) -> EventKinds.isSyscall(code) && ascii(out, kinds.name(code, call)));
            case "evt.type.is" -> typeIs(info, argument);
            case "evt.category" -> new BoundField(info, null,
                    (c, out) -> ascii(out, kinds.categoryText(c.eventCode(), c.state().fd())));
            case "evt.cpu" -> new BoundField(info, null, (c, out) -> number(out, c.event().cpu())).cost(1);
            case "evt.res" -> new BoundField(info, null, this::resultText).only(this::hasResult);
            case "evt.rawres" -> new BoundField(info, null, this::result).only(this::hasResult).cost(2);
            case "evt.failed" -> new BoundField(info, null, this::failed).only(this::hasResult).cost(2);
            case "evt.is_io" -> flag(info, EventFlag.READS_FROM_FD.bit() | EventFlag.WRITES_TO_FD.bit());
            case "evt.is_io_read" -> flag(info, EventFlag.READS_FROM_FD.bit());
            case "evt.is_io_write" -> flag(info, EventFlag.WRITES_TO_FD.bit());
            case "evt.is_wait" -> flag(info, EventFlag.WAITS.bit());
            case "evt.io_dir" -> kind(info, EventFields::direction);
            case "evt.is_syslog" -> new BoundField(info, null, (c, out) -> bool(out, SyslogMessage.isWrite(c)));
            case "evt.count" -> kind(info, (code, call, out) -> number(out, 1));
            case "evt.count.exit" -> kind(info, (code, call, out) -> EventKinds.isExit(code) && number(out, 1));
            case "evt.count.open" -> kind(info, (code, call, out) -> opens(code) && number(out, 1));
            case "evt.failure", "evt.failure.path" -> failures.create(info, kinds, this::result);
            case "evt.type.pid" -> new BoundField(info, null, (c, out) -> {
                ThreadInfo thread = c.state().thread();
                if (thread == null) {
                    return false;
                }
                out.setText(kinds.name(c.eventCode(), c.syscallCode()));
                out.append(' ');
                out.appendDecimal(thread.pid);
                return true;
            });
            case "evt.count.procinfo" -> new BoundField(info, null, (c, out) -> {
                ThreadInfo thread = c.state().thread() == null ? c.state().threads().get(c.event().tid()) : c.state().thread();
                boolean counts = c.eventCode() == EventCodes.PPME_PROCINFO_E && thread != null && thread.isMain();
                return counts && number(out, 1);
            });
            case "evt.count.threadinfo" -> kind(info,
                    (code, call, out) -> code == EventCodes.PPME_PROCINFO_E && number(out, 1));
            case "evt.is_open_read" -> opened(info, OPEN_FLAGS.value("O_RDONLY"));
            case "evt.is_open_write" -> opened(info, OPEN_FLAGS.value("O_WRONLY"));
            case "evt.is_open_exec" -> new BoundField(info, null, (c, out) -> bool(out, createsExecutable(c.event())));
            case "evt.is_open_create" -> new BoundField(info, null, (c, out) -> bool(out, creates(c.event())));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Field kind(FieldInfo info, KindField.KindGetter getter) {
        return new KindField(info, null, List.of(), getter);
    }

    private static Field flag(FieldInfo info, int bits) {
        return kind(info,
                (code, call, out) -> bool(out, EventType.known(code) && (EventType.of(code).flags() & bits) != 0));
    }

    private static boolean direction(int code, int call, FieldValue out) {
        if (EventKinds.is(code, EventFlag.WRITES_TO_FD)) {
            return ascii(out, "write");
        }
        return EventKinds.is(code, EventFlag.READS_FROM_FD) && ascii(out, "read");
    }

    private Field typeIs(FieldInfo info, String argument) throws FieldException {
        int wanted = index(argument);
        if (wanted < 0 && !kinds.names().contains(argument)) {
            throw new FieldException("unknown event type " + argument, NearestNames.of(argument, kinds.names()));
        }
        if (wanted >= EventCodes.COUNT) {
            throw new FieldException("there is no event type " + argument + ": the highest is " + (EventCodes.COUNT - 1));
        }
        return new KindField(info, argument, List.of(), (code, call, out) -> number(out,
                (wanted >= 0 ? code == wanted : kinds.name(code, call).equals(argument)) ? 1 : 0));
    }

    // ---- results

    private boolean hasResult(int code, int call) {
        return kinds.result(code) >= 0 || code == EventCodes.PPME_GENERIC_X;
    }

    private boolean result(EventContext context, FieldValue out) {
        if (context.eventCode() == EventCodes.PPME_GENERIC_X) {
            return generic.read(context.event()) && number(out, generic.result());
        }
        int index = kinds.result(context.eventCode());
        if (index < 0 || !context.event().has(index)) {
            return false;
        }
        return number(out, context.event().signed(index, 0));
    }

    private boolean failed(EventContext context, FieldValue out) {
        return result(context, out) && bool(out, out.number() < 0);
    }

    private boolean resultText(EventContext context, FieldValue out) {
        if (!result(context, out)) {
            return false;
        }
        long result = out.number();
        if (result >= 0) {
            return ascii(out, "SUCCESS");
        }
        String name = ErrnoNames.ofResult(result);
        if (name != null) {
            return ascii(out, name);
        }
        out.startBytes();
        out.appendDecimal(result);
        return true;
    }

    private Field errors(FieldInfo info) {
        String what = info.name().substring("evt.count.error".length());
        return new BoundField(info, null, (c, out) -> {
            if (!what.isEmpty() && !subject(c).equals(what)) {
                return false;
            }
            return result(c, out) && number(out, out.number() < 0 ? 1 : 0);
        }).only(this::hasResult);
    }

    /** What a call is about, as the error counters part it: by its fd, or by its type where it would have made the fd. */
    private String subject(EventContext context) {
        FdInfo fd = context.state().fd();
        if (fd != null) {
            return switch (fd.type) {
                case FILE, FILE_V2, DIRECTORY -> ".file";
                case IPV4, IPV6, IPV4_SERVER, IPV6_SERVER, UNIX -> ".net";
                default -> kinds.category(context.eventCode()).equals("memory") ? ".memory" : ".other";
            };
        }
        if (opens(context.eventCode())) {
            return ".file";
        }
        return switch (context.eventCode()) {
            case EventCodes.PPME_SOCKET_ACCEPT_X, EventCodes.PPME_SOCKET_ACCEPT_5_X, EventCodes.PPME_SOCKET_ACCEPT4_X,
                    EventCodes.PPME_SOCKET_ACCEPT4_5_X, EventCodes.PPME_SOCKET_ACCEPT4_6_X,
                    EventCodes.PPME_SOCKET_CONNECT_X -> ".net";
            default -> kinds.category(context.eventCode()).equals("memory") ? ".memory" : ".other";
        };
    }

    // ---- transfers

    private Field transferred(FieldInfo info) {
        String name = info.name();
        String wanted = name.endsWith(".in") ? "io_read" : name.endsWith(".out") ? "io_write" : "io_";
        boolean file = name.contains(".file");
        boolean net = name.contains(".net");
        return new BoundField(info, null, (c, out) -> {
            FdInfo fd = c.state().fd();
            if (fd == null || file && !fd.type.isPath() || net && !fd.type.isInet()) {
                return false;
            }
            return EventKinds.isExit(c.eventCode()) && kinds.category(c.eventCode()).startsWith(wanted) && result(c, out)
                    && out.number() >= 0;
        }).only((code, call) -> EventKinds.isExit(code) && hasResult(code, call)
                && kinds.category(code).startsWith(wanted));
    }

    // ---- opening files

    private static boolean opens(int code) {
        return switch (code) {
            case EventCodes.PPME_SYSCALL_OPEN_X, EventCodes.PPME_SYSCALL_CREAT_X, EventCodes.PPME_SYSCALL_OPENAT_X,
                    EventCodes.PPME_SYSCALL_OPENAT_2_X, EventCodes.PPME_SYSCALL_OPENAT2_X,
                    EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X -> true;
            default -> false;
        };
    }

    private static int flagsIndex(int code) {
        return switch (code) {
            case EventCodes.PPME_SYSCALL_OPEN_X, EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X,
                    EventCodes.PPME_SYSCALL_OPENAT_E -> 2;
            case EventCodes.PPME_SYSCALL_OPENAT_2_X, EventCodes.PPME_SYSCALL_OPENAT2_X -> 3;
            default -> -1;
        };
    }

    private static Field opened(FieldInfo info, long bit) {
        return new BoundField(info, null, (c, out) -> {
            int index = flagsIndex(c.eventCode());
            return bool(out, index >= 0 && (c.event().unsigned(index, 0) & bit) != 0);
        });
    }

    private boolean creates(Event event) {
        int index = flagsIndex(event.typeCode());
        long flags = index < 0 ? 0 : event.unsigned(index, 0);
        return (flags & OPEN_FLAGS.value("O_F_CREATED")) != 0
                || (flags & OPEN_FLAGS.value("O_TMPFILE")) != 0 && event.signed(0, -1) >= 0;
    }

    private static boolean createsExecutable(Event event) {
        int code = event.typeCode();
        if (code == EventCodes.PPME_SYSCALL_CREAT_X) {
            return (event.unsigned(2, 0) & ANY_EXECUTE) != 0;
        }
        int index = flagsIndex(code);
        if (index < 0 || code == EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X) {
            return false;
        }
        long creating = OPEN_FLAGS.value("O_TMPFILE") | OPEN_FLAGS.value("O_CREAT");
        return (event.unsigned(index, 0) & creating) != 0 && (event.unsigned(index + 1, 0) & ANY_EXECUTE) != 0;
    }
}
