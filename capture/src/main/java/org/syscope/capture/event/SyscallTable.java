package org.syscope.capture.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All system calls of the schema, by PPM_SC_* code and by name. Immutable; parsed once when the class is first used. */
public final class SyscallTable {

    /** Stands for operations of io_uring where codes of calls tell events apart; never on the wire. */
    public static final int IO_URING_OPERATION = 1023;

    private static final int MAX_CODE = 1024;
    private static final Syscall[] BY_CODE = new Syscall[MAX_CODE];
    private static final Map<String, Syscall> BY_NAME = new HashMap<>();
    private static final Signature[] SIGNATURES = new Signature[MAX_CODE];
    private static final String OPERATION = "opcode:opcode;fd:fd;offset:off;length:uint;user_data:ptr;fixed_file:int";
    private static final List<Syscall> ALL = parse();

    private SyscallTable() {
    }

    private static List<Syscall> parse() {
        Map<String, Integer> eventCodes = new HashMap<>();
        for (int code = 0; code < SchemaRows.EVENTS.length; code++) {
            eventCodes.put(SchemaRows.EVENTS[code].split("\t", 3)[1], code);
        }
        List<Syscall> all = new ArrayList<>(SchemaRows.SYSCALLS.length + 1);
        for (String row : SchemaRows.SYSCALLS) {
            String[] cells = row.split("\t");
            add(all, new Syscall(cells[0], number(cells[1]), number(cells[2]), Integer.parseInt(cells[3]),
                    eventCodes.getOrDefault(cells[5], -1), eventCodes.getOrDefault(cells[6], -1)));
        }
        add(all, new Syscall("io_uring_op", -1, -1, IO_URING_OPERATION, EventCodes.PPME_GENERIC_E, EventCodes.PPME_GENERIC_X));
        SIGNATURES[IO_URING_OPERATION] = Signature.parse(OPERATION);
        return List.copyOf(all);
    }

    private static void add(List<Syscall> all, Syscall syscall) {
        all.add(syscall);
        BY_NAME.put(syscall.name(), syscall);
        BY_CODE[syscall.code()] = syscall;
    }

    private static int number(String cell) {
        return cell.equals("-") ? -1 : Integer.parseInt(cell);
    }

    /** The call with that PPM_SC_* code; null if there is none. */
    public static Syscall byCode(int code) {
        return code >= 0 && code < MAX_CODE ? BY_CODE[code] : null;
    }

    /** The call of that name; null if there is none. */
    public static Syscall byName(String name) {
        return BY_NAME.get(name);
    }

    /**
     * The arguments of a call that has no event type of its own, parsed on first use.
     *
     * @param code a PPM_SC_* code
     * @return without arguments for calls that have an event type, and for codes that no call has
     */
    public static Signature signature(int code) {
        Syscall syscall = byCode(code);
        if (syscall == null) {
            return Signature.NONE;
        }
        if (SIGNATURES[code] == null) {
            SIGNATURES[code] = Signature.NONE;
            for (String row : SchemaRows.SYSCALLS) {
                if (row.startsWith(syscall.name()) && row.charAt(syscall.name().length()) == '\t') {
                    SIGNATURES[code] = Signature.parse(row.substring(row.lastIndexOf('\t') + 1));
                }
            }
        }
        return SIGNATURES[code];
    }

    /**
     * All calls: in the order of their x86_64 numbers, then those that only 32-bit programs have, then
     * {@link #IO_URING_OPERATION}, which is shown like a call.
     */
    public static List<Syscall> all() {
        return ALL;
    }
}
