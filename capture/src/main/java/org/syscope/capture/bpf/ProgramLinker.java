package org.syscope.capture.bpf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a program out of functions: applies CO-RE, resolves references to maps and data, and puts every function that
 * is called behind the program, in the order in which the calls come.
 */
final class ProgramLinker {
    /** Number of a helper that no kernel has, as libbpf marks such places; the count of the relocation is added. */
    private static final int POISON = 0x0bad0000;

    private static final int RELOCATE_LOAD = 1;
    private static final int RELOCATE_CALL = 10;
    private static final int LONGEST = 1_000_000;

    private final BpfObject object;
    private final CoreResolver resolver;

    private long[] instructions = new long[256];
    private int length;
    private final Map<Code, Integer> placed = new IdentityHashMap<>();
    private final List<LinkedProgram.MapLoad> mapLoads = new ArrayList<>();
    private final List<BtfExt.FunctionInfo> functions = new ArrayList<>();
    private final List<BtfExt.LineInfo> lines = new ArrayList<>();
    private final Map<Integer, String> absent = new HashMap<>();
    private boolean complete = true;

    /**
     * Creates a linker for one program.
     *
     * @param object where the functions are
     * @param resolver answers CO-RE relocations, or null where the object has none
     */
    ProgramLinker(BpfObject object, CoreResolver resolver) {
        this.object = object;
        this.resolver = resolver;
    }

    LinkedProgram link(ProgramSpec program) throws BpfException {
        place(program.code());
        List<BtfExt.FunctionInfo> types = complete ? functions : List.of();
        return new LinkedProgram(Arrays.copyOf(instructions, length), mapLoads, types,
                types.isEmpty() ? List.of() : lines, absent);
    }

    private void place(Code first) throws BpfException {
        // Depth first, without recursion: a damaged object could nest calls without end.
        List<int[]> open = new ArrayList<>();
        List<Code> codes = new ArrayList<>();
        append(first);
        codes.add(first);
        open.add(new int[] {0});
        while (!codes.isEmpty()) {
            Code code = codes.getLast();
            int[] next = open.getLast();
            Code called = null;
            while (next[0] < code.instructions().length && called == null) {
                called = connect(code, next[0]++);
            }
            if (called != null) {
                codes.add(called);
                open.add(new int[] {0});
            } else {
                codes.removeLast();
                open.removeLast();
            }
        }
    }

    private void append(Code code) throws BpfException {
        int size = code.instructions().length;
        if (length + size > LONGEST) {
            throw object.damaged("program is longer than a million instructions");
        }
        int base = length;
        placed.put(code, base);
        if (base + size > instructions.length) {
            instructions = Arrays.copyOf(instructions, Math.max(2 * instructions.length, base + size));
        }
        System.arraycopy(code.instructions(), 0, instructions, base, size);
        length += size;
        for (CoreRelocation relocation : code.relocations()) {
            apply(relocation, base + relocation.instruction() - code.start(), base + size);
        }
        for (ElfFile.Relocation reference : code.references()) {
            int index = base + reference.offset() / Instruction.BYTES - code.start();
            if (reference.type() == RELOCATE_LOAD && !reference.symbol().function() && !object.isCode(reference)) {
                load(reference, index, base + size);
            }
        }
        describe(code, base);
    }

    private void describe(Code code, int base) {
        boolean lineAtStart = !code.lines().isEmpty() && code.lines().getFirst().instruction() == code.start();
        complete &= code.functionType() != 0 && lineAtStart;
        functions.add(new BtfExt.FunctionInfo(base, code.functionType()));
        for (BtfExt.LineInfo line : code.lines()) {
            lines.add(new BtfExt.LineInfo(base + line.instruction() - code.start(), line.file(), line.text(),
                    line.position()));
        }
    }

    /** Gives a call, or a load of a function's address, its distance; returns the function if it was not there yet. */
    private Code connect(Code code, int at) throws BpfException {
        int index = placed.get(code) + at;
        long instruction = instructions[index];
        ElfFile.Relocation reference = reference(code, at);
        boolean call = Instruction.callsFunction(instruction);
        boolean load = Instruction.opcode(instruction) == Instruction.LOAD_IMMEDIATE && reference != null
                && reference.type() == RELOCATE_LOAD && object.isCode(reference);
        if (!call && !load) {
            if (reference != null && reference.type() == RELOCATE_CALL) {
                throw object.damaged(code.name() + ": call of unknown function '" + reference.symbol().name() + "'");
            }
            return null;
        }
        int target;
        String section;
        if (reference == null) {
            section = code.section();
            target = code.start() + at + 1 + Instruction.immediate(instruction);
        } else if (call && reference.type() == RELOCATE_CALL && object.isCode(reference)) {
            section = object.sectionOf(reference.symbol());
            target = (int) (reference.symbol().value() / Instruction.BYTES) + Instruction.immediate(instruction) + 1;
        } else if (load) {
            section = object.sectionOf(reference.symbol());
            target = (int) (reference.symbol().value() + Instruction.immediate(instruction)) / Instruction.BYTES;
        } else {
            throw object.damaged(code.name() + ": call of unknown function '" + reference.symbol().name() + "'");
        }
        Code called = object.codeAt(section, target);
        if (called == null) {
            throw object.damaged(code.name() + ": call of a place where no function begins");
        }
        boolean there = placed.containsKey(called);
        if (!there) {
            append(called);
        }
        long linked = Instruction.withImmediate(instruction, placed.get(called) - index - 1);
        instructions[index] = call ? linked : Instruction.withSource(linked, Instruction.PSEUDO_FUNCTION);
        return there ? null : called;
    }

    private static ElfFile.Relocation reference(Code code, int at) {
        int offset = (code.start() + at) * Instruction.BYTES;
        List<ElfFile.Relocation> all = code.references();
        int low = 0;
        int high = all.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = all.get(middle).offset();
            if (found == offset) {
                return all.get(middle);
            }
            if (found < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return null;
    }

    private void load(ElfFile.Relocation reference, int index, int end) throws BpfException {
        long instruction = instructions[index];
        if (Instruction.opcode(instruction) != Instruction.LOAD_IMMEDIATE || index + 1 >= end) {
            throw object.damaged("reference to '" + reference.symbol().name() + "' outside of a 64-bit load");
        }
        ElfFile.Symbol symbol = reference.symbol();
        MapSpec map = object.mapOf(symbol);
        if (map == null) {
            throw object.damaged("unknown external '" + symbol.name() + "'");
        }
        if (map.contents() == null || map.plain()) {
            instructions[index] = Instruction.withImmediate(
                    Instruction.withSource(instruction, Instruction.PSEUDO_MAP_FD), 0);
        } else {
            long offset = symbol.value() + Instruction.immediate(instruction);
            instructions[index] = Instruction.withImmediate(
                    Instruction.withSource(instruction, Instruction.PSEUDO_MAP_VALUE), 0);
            instructions[index + 1] = Instruction.withImmediate(instructions[index + 1], (int) offset);
        }
        mapLoads.add(new LinkedProgram.MapLoad(index, map));
    }

    private void apply(CoreRelocation relocation, int index, int end) throws BpfException {
        CoreResolver.Answer answer = resolver.resolve(relocation.question());
        long instruction = instructions[index];
        boolean wide = Instruction.opcode(instruction) == Instruction.LOAD_IMMEDIATE;
        if (wide && index + 1 >= end) {
            throw object.damaged("a 64-bit load is cut off");
        }
        if (answer.absent()) {
            poison(index, wide, answer.subject());
            return;
        }
        long now = answer.after();
        switch (Instruction.type(instruction)) {
            case Instruction.CLASS_ALU, Instruction.CLASS_ALU64 -> {
                if ((Instruction.opcode(instruction) & 8) != 0) {
                    throw object.damaged("CO-RE relocation of an instruction without a number");
                }
                expect(answer, Instruction.immediate(instruction));
                instructions[index] = Instruction.withImmediate(instruction, (int) now);
            }
            case Instruction.CLASS_LDX, Instruction.CLASS_ST, Instruction.CLASS_STX -> {
                expect(answer, Instruction.offset(instruction));
                if (now > Short.MAX_VALUE) {
                    throw new BpfException(BpfException.Kind.RELOCATION, answer.subject() + " lies " + now
                            + " bytes from the start, beyond the reach of an access", "");
                }
                if (answer.resizable()) {
                    instructions[index] = resize(Instruction.withOffset(instruction, (int) now), answer);
                } else {
                    poison(index, false, answer.subject() + " in the size that it has on this kernel");
                }
            }
            case Instruction.CLASS_LD -> {
                if (!wide) {
                    throw object.damaged("CO-RE relocation of an unknown instruction");
                }
                long before = (Instruction.immediate(instruction) & 0xffffffffL)
                        | (long) Instruction.immediate(instructions[index + 1]) << 32;
                expect(answer, before);
                instructions[index] = Instruction.withImmediate(instruction, (int) now);
                instructions[index + 1] = Instruction.withImmediate(instructions[index + 1], (int) (now >>> 32));
            }
            default -> throw object.damaged("CO-RE relocation of an unknown instruction");
        }
    }

    private void expect(CoreResolver.Answer answer, long found) throws BpfException {
        // The compiler's number is a 64-bit one, the instruction may hold only its lower half.
        if (answer.checked() && found != answer.before() && found != (int) answer.before()) {
            throw object.damaged("CO-RE relocation of " + answer.subject() + ": the instruction has " + found
                    + " where the types say " + answer.before());
        }
    }

    private long resize(long instruction, CoreResolver.Answer answer) throws BpfException {
        if (answer.sizeBefore() == answer.sizeAfter()) {
            return instruction;
        }
        int opcode = Instruction.opcode(instruction);
        int[] sizes = {4, 2, 1, 8};
        if (sizes[opcode >> 3 & 3] != answer.sizeBefore()) {
            throw object.damaged("access of another size than " + answer.subject());
        }
        for (int code = 0; code < sizes.length; code++) {
            if (sizes[code] == answer.sizeAfter()) {
                return Instruction.withOpcode(instruction, opcode & ~0x18 | code << 3);
            }
        }
        throw object.damaged(answer.subject() + " has " + answer.sizeAfter() + " bytes, which no access has");
    }

    private void poison(int index, boolean wide, String subject) {
        int marker = POISON + absent.size();
        absent.put(marker, subject);
        instructions[index] = Instruction.poison(marker);
        if (wide) {
            instructions[index + 1] = Instruction.poison(marker);
        }
    }
}
