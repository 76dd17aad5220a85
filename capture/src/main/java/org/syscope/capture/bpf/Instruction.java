package org.syscope.capture.bpf;

/**
 * Takes one eBPF instruction apart and puts it together; it is held as a {@code long}, as it lies in memory.
 *
 * <pre>
 *  63            32 31        16 15  12 11   8 7        0
 * +----------------+------------+------+------+----------+
 * |   immediate    |   offset   | src  | dst  |  opcode  |
 * +----------------+------------+------+------+----------+
 * </pre>
 */
final class Instruction {
    static final int BYTES = 8;

    static final int CLASS_LD = 0;
    static final int CLASS_LDX = 1;
    static final int CLASS_ST = 2;
    static final int CLASS_STX = 3;
    static final int CLASS_ALU = 4;
    static final int CLASS_JMP = 5;
    static final int CLASS_ALU64 = 7;

    /** Loads 64 bits: two instructions, the upper half of the value in the second one's immediate. */
    static final int LOAD_IMMEDIATE = 0x18;
    static final int CALL = 0x85;

    static final int PSEUDO_MAP_FD = 1;
    static final int PSEUDO_CALL = 1;
    static final int PSEUDO_MAP_VALUE = 2;
    static final int PSEUDO_FUNCTION = 4;

    private Instruction() {
    }

    static int opcode(long instruction) {
        return (int) instruction & 0xff;
    }

    static int type(long instruction) {
        return (int) instruction & 7;
    }

    static int source(long instruction) {
        return (int) instruction >>> 12 & 15;
    }

    static int offset(long instruction) {
        return (short) (instruction >>> 16);
    }

    static int immediate(long instruction) {
        return (int) (instruction >>> 32);
    }

    static boolean callsFunction(long instruction) {
        return opcode(instruction) == CALL && source(instruction) == PSEUDO_CALL;
    }

    static boolean loadsFunction(long instruction) {
        return opcode(instruction) == LOAD_IMMEDIATE && source(instruction) == PSEUDO_FUNCTION;
    }

    static long withOpcode(long instruction, int opcode) {
        return instruction & ~0xffL | opcode;
    }

    static long withSource(long instruction, int source) {
        return instruction & ~0xf000L | (long) source << 12;
    }

    static long withOffset(long instruction, int offset) {
        return instruction & ~0xffff0000L | (offset & 0xffffL) << 16;
    }

    static long withImmediate(long instruction, int immediate) {
        return instruction & 0xffffffffL | (long) immediate << 32;
    }

    /** {@return a call of a helper that no kernel has: only the verifier's finding it reachable is an error} */
    static long poison(int marker) {
        return withImmediate(CALL, marker);
    }
}
