package org.syscope.capture.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Names and kinds of a system call's arguments, as the kernel declares them.
 *
 * @param arguments in the kernel's order, at most six
 */
public record Signature(List<Argument> arguments) {

    /** No arguments. */
    public static final Signature NONE = new Signature(List.of());

    /** What an argument is, and so how its register is read and shown. */
    public enum Kind {
        /** 32 bits, signed. */
        INT,
        /** 32 bits, unsigned. */
        UINT,
        /** 64 bits, signed. */
        LONG,
        /** 64 bits, unsigned. */
        ULONG,
        /** A position in a file: 64 bits, signed. */
        OFF,
        /** A number of bytes: 64 bits, unsigned. */
        SIZE,
        /** A file descriptor: 32 bits, signed. */
        FD,
        /** A process or thread id: 32 bits, signed. */
        PID,
        /** A user id: 32 bits. */
        UID,
        /** A group id: 32 bits. */
        GID,
        /** A signal number: 32 bits. */
        SIG,
        /** Bits, shown in hexadecimal. */
        FLAGS,
        /** A file mode, shown in octal. */
        MODE,
        /** An address in the process. */
        PTR,
        /** The address of a text that is carried with the event. */
        STR,
        /** What an operation of io_uring does: one of the flag table io_uring_operations. */
        OPCODE,
        /** The address of bytes that the call wrote and that are carried with the event. */
        OUT;

        /** The argument's number in a register, whose upper half is not part of it where the kind has 32 bits. */
        public long number(long register) {
            return switch (this) {
                case INT, FD, PID -> (int) register;
                case UINT, UID, GID, SIG, MODE -> Integer.toUnsignedLong((int) register);
                default -> register;
            };
        }
    }

    /**
     * One argument.
     *
     * @param name as the kernel calls it
     * @param kind what it is
     */
    public record Argument(String name, Kind kind) {
    }

    /** Copies the list. */
    public Signature {
        arguments = List.copyOf(arguments);
    }

    /** Understands {@code name:kind;name:kind}, as in {@code schema/signatures.tsv}; a dash stands for no arguments. */
    public static Signature parse(String cell) {
        if (cell.equals("-")) {
            return NONE;
        }
        List<Argument> arguments = new ArrayList<>();
        for (String argument : cell.split(";")) {
            int colon = argument.indexOf(':');
            arguments.add(new Argument(argument.substring(0, colon),
                    Kind.valueOf(argument.substring(colon + 1).toUpperCase(Locale.ROOT))));
        }
        return new Signature(arguments);
    }

    /** The position of the argument of that name, -1 if there is none. */
    public int index(String name) {
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
