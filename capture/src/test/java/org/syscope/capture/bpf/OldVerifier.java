package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the verifier of Linux 4.14 forbids and can be seen without it (kernel: {@code kernel/bpf/verifier.c} there): loops,
 * that is edges of the control flow that lead back to where it came from, more than 4096 instructions, calls of functions in
 * programs, helpers that it does not have, instructions of later versions of the machine.
 */
public final class OldVerifier {
    private static final int MOST_INSTRUCTIONS = 4096;
    private static final int CLASS_JMP32 = 6;
    private static final int JUMP_ALWAYS = 0x05;
    private static final int EXIT = 0x95;
    private static final int ATOMIC_ADD = 0;
    private static final int MODE_ATOMIC = 0xc0;
    private static final int INFO_SIZE = 256;
    /** struct bpf_prog_info: verified_insns */
    private static final int VERIFIED = 216;

    private OldVerifier() {
    }

    /** What is wrong with the programs of an object, one line each. */
    public static List<String> complaints(BpfObject object, Set<Integer> helpers) throws BpfException {
        List<String> wrong = new ArrayList<>();
        for (ProgramSpec program : object.programs()) {
            long[] instructions = object.link(program, object.resolver(null)).instructions();
            for (String what : complaints(instructions, helpers)) {
                wrong.add(program.name() + ": " + what);
            }
        }
        return wrong;
    }

    /** Instructions of the longest program. */
    public static int longest(BpfObject object) throws BpfException {
        int longest = 0;
        for (ProgramSpec program : object.programs()) {
            longest = Math.max(longest, object.link(program, object.resolver(null)).instructions().length);
        }
        return longest;
    }

    /**
     * How many instructions the running kernel's verifier walked for each program: that of 4.14 gives up behind 131072.
     *
     * @return by name; 0 where the kernel does not tell (before 5.16)
     */
    public static Map<String, Integer> walked(BpfObject object) throws BpfException {
        Map<String, Integer> walked = new TreeMap<>();
        try (LoadedObject loaded = LoadedObject.load(object); Arena arena = Arena.ofConfined()) {
            for (BpfProgram program : loaded.programs().values()) {
                MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
                long result = new Attribute(arena).word(0, program.fd().number()).word(4, INFO_SIZE).wide(8, info.address())
                        .call(Attribute.INFO);
                walked.put(program.name(), result < 0 ? 0 : info.get(ValueLayout.JAVA_INT, VERIFIED));
            }
        }
        return walked;
    }

    static List<String> complaints(long[] code, Set<Integer> helpers) {
        List<String> wrong = new ArrayList<>();
        if (code.length > MOST_INSTRUCTIONS) {
            wrong.add(code.length + " instructions");
        }
        for (int at = 0; at < code.length; at++) {
            int opcode = Instruction.opcode(code[at]);
            if (opcode == Instruction.LOAD_IMMEDIATE) {
                if (Instruction.source(code[at]) > Instruction.PSEUDO_MAP_FD) {
                    wrong.add(at + " takes the address of data or of a function");
                }
                at++;
            } else if (opcode == Instruction.CALL) {
                if (Instruction.source(code[at]) != 0) {
                    wrong.add(at + " calls a function");
                } else if (!helpers.contains(Instruction.immediate(code[at]))) {
                    wrong.add(at + " calls helper " + Instruction.immediate(code[at]));
                }
            } else if (Instruction.type(code[at]) == CLASS_JMP32) {
                wrong.add(at + " is a jump by 32 bits");
            } else if (Instruction.type(code[at]) == Instruction.CLASS_STX && (opcode & 0xe0) == MODE_ATOMIC
                    && Instruction.immediate(code[at]) != ATOMIC_ADD) {
                wrong.add(at + " is an atomic operation other than an addition");
            }
        }
        loop(code, wrong);
        return wrong;
    }

    /** Depth first, as the kernel goes: an edge to an instruction on the way to this one closes a loop. */
    private static void loop(long[] code, List<String> wrong) {
        int[] state = new int[code.length];
        Deque<int[]> way = new ArrayDeque<>();
        way.push(new int[] {0, 0});
        state[0] = 1;
        while (!way.isEmpty()) {
            int[] here = way.peek();
            int[] next = successors(code, here[0]);
            if (here[1] == next.length) {
                state[here[0]] = 2;
                way.pop();
                continue;
            }
            int to = next[here[1]++];
            if (to < 0 || to >= code.length) {
                wrong.add(here[0] + " leads out of the program");
            } else if (state[to] == 1) {
                wrong.add("a loop from " + here[0] + " to " + to);
            } else if (state[to] == 0) {
                state[to] = 1;
                way.push(new int[] {to, 0});
            }
        }
    }

    private static int[] successors(long[] code, int at) {
        int opcode = Instruction.opcode(code[at]);
        if (opcode == EXIT) {
            return new int[0];
        }
        if (opcode == Instruction.LOAD_IMMEDIATE) {
            return new int[] {at + 2};
        }
        int target = at + 1 + Instruction.offset(code[at]);
        if (opcode == JUMP_ALWAYS) {
            return new int[] {target};
        }
        boolean branch = Instruction.type(code[at]) == Instruction.CLASS_JMP && opcode != Instruction.CALL;
        return branch ? new int[] {at + 1, target} : new int[] {at + 1};
    }
}
