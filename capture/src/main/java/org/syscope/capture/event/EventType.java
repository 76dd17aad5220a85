package org.syscope.capture.event;

/**
 * One event type of the schema. Instances are made when first asked for, one per code; a pair of codes (even: enter,
 * odd: exit) belongs to one system call, one-sided events have only the even code.
 */
public final class EventType {

    private static final EventType[] TYPES = new EventType[EventCodes.COUNT];
    private static final ParameterInfo[] NO_PARAMETERS = {};

    private final int code;
    private final String enumName;
    private final String name;
    private final String category;
    private final int flags;
    private final ParameterInfo[] parameters;

    private EventType(int code, String row) {
        String[] cells = row.split("\t");
        this.code = code;
        this.enumName = "PPME_" + cells[1];
        this.name = cells[2];
        this.category = cells[3];
        int bits = 0;
        if (!cells[4].equals("-")) {
            for (String flag : cells[4].split(",")) {
                bits |= EventFlag.valueOf(flag).bit();
            }
        }
        this.flags = bits;
        this.parameters = cells[5].equals("-") ? NO_PARAMETERS : parse(cells[5].split(";"));
    }

    private static ParameterInfo[] parse(String[] cells) {
        ParameterInfo[] result = new ParameterInfo[cells.length];
        for (int i = 0; i < cells.length; i++) {
            String[] parts = cells[i].split(":");
            ParameterType type = ParameterType.valueOf(parts[1]);
            FlagTable table = null;
            DynamicTypes dynamic = null;
            int dirfd = -1;
            if (parts.length > 3) {
                if (parts[3].startsWith("dirfd=")) {
                    dirfd = Integer.parseInt(parts[3].substring("dirfd=".length()));
                } else if (type == ParameterType.DYN) {
                    dynamic = DynamicTypes.named(parts[3]);
                } else {
                    table = FlagTable.named(parts[3]);
                }
            }
            result[i] = new ParameterInfo(i, parts[0], type, PrintFormat.valueOf(parts[2]), table, dirfd, dynamic);
        }
        return result;
    }

    /**
     * The type with that code.
     *
     * @param code 0 to {@link EventCodes#COUNT} - 1
     * @throws IndexOutOfBoundsException for any other code: check {@link #known(int)} where the code comes from a file
     */
    public static EventType of(int code) {
        EventType type = TYPES[code];
        if (type == null) {
            type = new EventType(code, SchemaRows.EVENTS[code]);
            TYPES[code] = type;
        }
        return type;
    }

    /** Whether this version knows that code; a newer file may hold others. */
    public static boolean known(int code) {
        return code >= 0 && code < EventCodes.COUNT;
    }

    /** The code in rings and files. */
    public int code() {
        return code;
    }

    /** The driver's name of the code, for example {@code PPME_SYSCALL_OPENAT_2_X}. */
    public String enumName() {
        return enumName;
    }

    /** The name that is shown, for example {@code openat}; {@code syscall} for generic events, {@code NA} for unused codes. */
    public String name() {
        return name;
    }

    /** Source and category joined by '+', for example {@code SYSCALL+file}; {@code unknown} for unused codes. */
    public String category() {
        return category;
    }

    /** Whether the flag is set. */
    public boolean is(EventFlag flag) {
        return (flags & flag.bit()) != 0;
    }

    /** All flags as {@link EventFlag#bit()}s. */
    public int flags() {
        return flags;
    }

    /** Whether this is the enter slot of a pair, shown as '>'; one-sided events (switch, procexit) are enter slots too. */
    public boolean isEnter() {
        return (code & 1) == 0;
    }

    /** How many parameters today's version has; an older file's event may have fewer. */
    public int parameterCount() {
        return parameters.length;
    }

    /** The parameter at {@code index}, 0 to {@link #parameterCount()} - 1. */
    public ParameterInfo parameter(int index) {
        return parameters[index];
    }

    /** The position of the parameter of that name, -1 if there is none. */
    public int parameterIndex(String parameterName) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].name().equals(parameterName)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return enumName;
    }
}
