package org.syscope.filters.field;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.FlagTable;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.event.Signature;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.filters.text.ErrnoNames;
import org.syscope.filters.text.GenericCall;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.ParameterText;
import org.syscope.filters.text.PathText;
import org.syscope.filters.text.TextEscape;

/** Fields made of an event's parameters: all of them, one of them, its data, its paths. */
final class ArgumentFields {

    private static final long MILLISECOND = 1_000_000;
    private static final byte UNKNOWN_TYPE = -2;
    private static final String RESULT = "res";

    private final ParameterText parameters;
    private final OutputBuffer scratch = new OutputBuffer();
    private final GenericCall generic = new GenericCall();

    ArgumentFields(ParameterText parameters) {
        this.parameters = parameters;
    }

    Field create(FieldInfo info, String argument) throws FieldException {
        return switch (info.name()) {
            case "evt.args" -> new RenderedField(info, null, 300, (c, out, escape) -> {
                parameters.arguments(c.event(), out, escape);
                return true;
            });
            case "evt.info" -> info(info);
            case "evt.arg" -> argument(info, argument);
            case "evt.rawarg" -> raw(info, argument);
            case "evt.buffer" -> buffer(info);
            case "evt.abspath" -> absolutePath(info, argument);
            case "evt.around" -> around(info, argument);
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private Field info(FieldInfo info) {
        SyslogMessage message = new SyslogMessage();
        return new RenderedField(info, null, 300, (c, out, escape) -> {
            if (message.read(c)) {
                int start = out.length();
                message.write(c, out);
                if (escape) {
                    TextEscape.tail(out, start, scratch);
                }
            } else {
                parameters.arguments(c.event(), out, escape);
            }
            return true;
        });
    }

    // ---- one argument

    private Field argument(FieldInfo info, String argument) throws FieldException {
        int index = TableFamily.index(argument);
        if (index >= 0) {
            return new RenderedField(info, argument, 80, (c, out, escape) -> write(c.event(), index, out, escape))
                    .only((code, call) -> code <= EventCodes.PPME_GENERIC_X
                            || EventType.known(code) && EventType.of(code).parameterCount() > index);
        }
        checkName(argument);
        byte[] positions = positions();
        boolean isResult = argument.equals(RESULT);
        return new RenderedField(info, argument, 80, (c, out, escape) -> {
            if (c.eventCode() == EventCodes.PPME_GENERIC_X) {
                return isResult ? result(c.event(), out) : generic(c, argument, out, escape);
            }
            return write(c.event(), position(positions, c, argument), out, escape);
        }).only((code, call) -> has(code, call, argument)).parameters(Set.of(argument))
                .doubt(text -> unknownFlag(argument, text));
    }

    private boolean generic(EventContext context, String name, OutputBuffer out, boolean escape) {
        Event event = context.event();
        int index = SyscallTable.signature(context.syscallCode()).index(name);
        if (index < 0) {
            return write(event, event.type().parameterIndex(name), out, escape);
        }
        int start = out.length();
        if (!parameters.argument(event, index, out)) {
            return false;
        }
        if (escape) {
            TextEscape.tail(out, start, scratch);
        }
        return true;
    }

    private boolean result(Event event, OutputBuffer out) {
        if (!generic.read(event)) {
            return false;
        }
        String error = ErrnoNames.ofResult(generic.result());
        if (error != null) {
            out.ascii(error);
        } else {
            out.decimal(generic.result());
        }
        return true;
    }

    /** Says which word of a constant looks like a flag, and is no part of any flag that parameters of the name can have. */
    private static String unknownFlag(String argument, String text) {
        Set<String> flags = new TreeSet<>();
        for (int code = 0; code < EventCodes.COUNT; code++) {
            int index = EventType.of(code).parameterIndex(argument);
            FlagTable table = index < 0 ? null : EventType.of(code).parameter(index).flagTable();
            for (int i = 0; table != null && i < table.size(); i++) {
                flags.add(table.entryName(i));
            }
        }
        if (SyscallTable.signature(SyscallTable.IO_URING_OPERATION).index(argument) == 0) {
            FlagTable operations = FlagTable.named("io_uring_operations");
            for (int i = 0; i < operations.size(); i++) {
                flags.add(operations.entryName(i));
            }
        }
        for (String word : flags.isEmpty() ? new String[0] : text.split("\\|")) {
            boolean part = word.length() < 3 || !word.matches("[A-Z][A-Z0-9_]*");
            for (String flag : flags) {
                part |= flag.contains(word);
            }
            if (!part) {
                List<String> near = NearestNames.of(word, flags);
                return "no flag of '" + argument + "' is called " + word
                        + (near.isEmpty() ? "" : ": did you mean " + String.join(" or ", near) + "?");
            }
        }
        return null;
    }

    private boolean write(Event event, int index, OutputBuffer out, boolean escape) {
        int start = out.length();
        if (!parameters.value(event, index, out)) {
            return false;
        }
        boolean isGeneric = event.typeCode() == EventCodes.PPME_GENERIC_X;
        if (escape && (isGeneric || event.type().parameter(index).type() != ParameterType.BYTEBUF)) {
            TextEscape.tail(out, start, scratch);
        }
        return true;
    }

    private Field raw(FieldInfo info, String argument) throws FieldException {
        if (TableFamily.index(argument) >= 0) {
            throw new FieldException("evt.rawarg takes a name, not a position: evt.rawarg.NAME");
        }
        checkName(argument);
        byte[] positions = positions();
        FieldType type = FieldType.valueOf(firstType(argument).name());
        boolean id = type == FieldType.UID || type == FieldType.GID;
        boolean bytes = !type.isInteger() && !id && type.group() != FieldType.Group.REAL;
        return new BoundField(info, argument, (c, out) -> {
            Event event = c.event();
            int index = position(positions, c, argument);
            // a name can stand for a text in one call and for a number in another: the field has one type
            boolean found = c.eventCode() == EventCodes.PPME_GENERIC_X ? genericValue(event, index, argument, out)
                    : event.has(index) && rawValue(event, index, out);
            return found && (out.kind() == FieldValue.Kind.BYTES) == bytes;
        }).type(type).only((code, call) -> has(code, call, argument)).parameters(Set.of(argument)).cost(5);
    }

    private boolean genericValue(Event event, int index, String name, FieldValue out) {
        if (!generic.read(event)) {
            return false;
        }
        if (name.equals(RESULT)) {
            return TableFamily.number(out, generic.result());
        }
        if (index < 0 || index >= generic.count()) {
            return false;
        }
        if (generic.findBytes(index)) {
            out.setBytes(generic.segment(), generic.bytesOffset(), generic.textLength());
            return true;
        }
        return TableFamily.number(out, generic.signature().arguments().get(index).kind().number(generic.value(index)));
    }

    private static boolean rawValue(Event event, int index, FieldValue out) {
        ParameterType type = event.type().parameter(index).type();
        switch (type) {
            case CHARBUF, FSPATH, FSRELPATH ->
                out.setBytes(event.segment(), event.parameterOffset(index), event.stringLength(index));
            case DOUBLE -> out.setReal(Double.longBitsToDouble(event.unsigned(index, 0)));
            default -> {
                if (type.width() >= 1 && type.width() <= 8) {
                    out.setNumber(event.integer(index, type.signed(), 0));
                } else {
                    out.setBytes(event.segment(), event.parameterOffset(index), event.parameterLength(index));
                }
            }
        }
        return true;
    }

    private static void checkName(String argument) throws FieldException {
        Set<String> names = new TreeSet<>();
        for (int code = 0; code < EventCodes.COUNT; code++) {
            EventType type = EventType.of(code);
            for (int i = 0; i < type.parameterCount(); i++) {
                names.add(type.parameter(i).name());
            }
        }
        for (Syscall syscall : SyscallTable.all()) {
            for (Signature.Argument known : SyscallTable.signature(syscall.code()).arguments()) {
                names.add(known.name());
            }
        }
        if (!names.contains(argument)) {
            throw new FieldException("unknown event argument " + argument, NearestNames.of(argument, names));
        }
    }

    private static ParameterType firstType(String name) {
        for (int code = 0; code < EventCodes.COUNT; code++) {
            int index = EventType.of(code).parameterIndex(name);
            if (index >= 0) {
                return EventType.of(code).parameter(index).type();
            }
        }
        // only generic calls have an argument of that name
        return ParameterType.UINT64;
    }

    private static byte[] positions() {
        byte[] positions = new byte[EventCodes.COUNT];
        Arrays.fill(positions, UNKNOWN_TYPE);
        return positions;
    }

    /** Where the event's type has the parameter; looked up once a type. */
    private static int position(byte[] positions, EventContext context, String name) {
        int code = context.eventCode();
        if (code == EventCodes.PPME_GENERIC_X) {
            return SyscallTable.signature(context.syscallCode()).index(name);
        }
        if (positions[code] == UNKNOWN_TYPE) {
            positions[code] = (byte) context.event().type().parameterIndex(name);
        }
        return positions[code];
    }

    private static boolean has(int code, int call, String name) {
        if (code == EventCodes.PPME_GENERIC_X) {
            return name.equals(RESULT) || SyscallTable.signature(call).index(name) >= 0
                    || EventType.of(code).parameterIndex(name) >= 0;
        }
        return EventType.known(code) && EventType.of(code).parameterIndex(name) >= 0;
    }

    // ---- data

    private Field buffer(FieldInfo info) {
        byte[] positions = positions();
        return new RenderedField(info, null, 100, (c, out, escape) -> {
            int index = data(positions, c);
            if (index < 0) {
                return false;
            }
            parameters.buffer(c.event(), index, out);
            return true;
        }).compared((c, out) -> {
            Event event = c.event();
            int index = data(positions, c);
            if (index < 0) {
                return false;
            }
            out.setBytes(event.segment(), event.parameterOffset(index), event.parameterLength(index));
            return true;
        }).only((code, call) -> has(code, call, "data")).parameters(Set.of("data"));
    }

    private static int data(byte[] positions, EventContext context) {
        Event event = context.event();
        int index = position(positions, context, "data");
        return index >= 0 && event.has(index) && event.type().parameter(index).type() == ParameterType.BYTEBUF ? index : -1;
    }

    // ---- paths

    private Field absolutePath(FieldInfo info, String argument) throws FieldException {
        if (argument != null && !argument.equals("src") && !argument.equals("dst")) {
            throw new FieldException("evt.abspath takes .src or .dst, not '" + argument + "'");
        }
        boolean second = "dst".equals(argument);
        OutputBuffer path = new OutputBuffer();
        return new RenderedField(info, argument, 150, (c, out, escape) -> {
            int index = relativePath(c.event().type(), second);
            Event event = c.event();
            if (index < 0 || !event.has(index) || c.state().thread() == null) {
                return false;
            }
            int start = out.length();
            absolute(event, index, path, out);
            if (escape) {
                TextEscape.tail(out, start, scratch);
            }
            return true;
        }).only((code, call) -> EventType.known(code) && relativePath(EventType.of(code), second) >= 0);
    }

    private void absolute(Event event, int index, OutputBuffer path, OutputBuffer out) {
        int length = event.stringLength(index);
        path.clear();
        path.append(event.segment(), event.parameterOffset(index), length);
        ParameterInfo parameter = event.type().parameter(index);
        if (length > 0 && path.array()[0] == '/' || parameter.dirfdIndex() < 0) {
            PathText.join(out, out.length(), path.array(), 0, length);
        } else {
            parameters.absolute(event, index, parameter.dirfdIndex(), out);
        }
    }

    /** The first or second path of a call whose paths come with directory fds; -1 if there is none. */
    private static int relativePath(EventType type, boolean second) {
        if (type.code() == EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X) {
            return second ? -1 : type.parameterIndex("path");
        }
        int found = -1;
        for (int i = 0; i < type.parameterCount(); i++) {
            if (type.parameter(i).type() == ParameterType.FSRELPATH) {
                if (!second || found >= 0) {
                    return i;
                }
                found = i;
            }
        }
        return -1;
    }

    // ---- time windows

    private static Field around(FieldInfo info, String argument) throws FieldException {
        long time;
        try {
            time = Long.parseUnsignedLong(argument);
        } catch (NumberFormatException e) {
            throw new FieldException("evt.around needs a time in ns since the epoch, not '" + argument + "'");
        }
        return new BoundField(info, argument, (c, out) -> TableFamily.number(out, c.event().timestamp()))
                .comparison((operator, constants) -> window(operator, constants, time)).cost(1);
    }

    private static FieldTest window(String operator, List<String> constants, long time) throws FieldException {
        if (!operator.equals("=") && !operator.equals("==")) {
            throw new FieldException("evt.around supports only '=' comparison operator");
        }
        long radius;
        try {
            radius = Math.multiplyExact(Long.parseLong(constants.getFirst()), MILLISECOND);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new FieldException("evt.around is compared with milliseconds, not '" + constants.getFirst() + "'");
        }
        return context -> Math.abs(context.event().timestamp() - time) <= radius;
    }
}
