package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.KernelVersion;

/** Hands linked programs to the kernel, one at a time, and makes one clear line of a refusal. */
final class ProgramLoader {
    private static final int FIRST_LOG = 1 << 20;
    private static final int LARGEST_LOG = 1 << 24;
    private static final int ATTEMPTS = 5;

    private final String license;
    private final KernelVersion version;
    private final Fd types;

    /**
     * Creates a loader.
     *
     * @param license the object's licence
     * @param version the running kernel's
     * @param types the object's types in the kernel, or null if it did not take them
     */
    ProgramLoader(String license, KernelVersion version, Fd types) {
        this.license = license;
        this.version = version;
        this.types = types;
    }

    /**
     * Loads a program.
     *
     * @param spec what it is
     * @param linked its instructions
     * @param maps the maps that were created, by name; all that the program needs
     * @param tracepointType for a typed tracepoint the kernel's type of it, else 0
     * @return the program
     * @throws BpfException if the kernel refuses
     */
    BpfProgram load(ProgramSpec spec, LinkedProgram linked, Map<String, BpfMap> maps, int tracepointType)
            throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            long[] instructions = linked.instructions();
            for (LinkedProgram.MapLoad load : linked.mapLoads()) {
                instructions[load.index()] = Instruction.withImmediate(instructions[load.index()],
                        maps.get(load.map().name()).fd().number());
            }
            MemorySegment code = arena.allocate((long) instructions.length * Instruction.BYTES, Instruction.BYTES);
            MemorySegment.copy(instructions, 0, code, ValueLayout.JAVA_LONG, 0, instructions.length);
            Attribute attribute = new Attribute(arena)
                    .word(0, spec.type().number()).word(4, instructions.length).wide(8, code.address())
                    .text(16, license).word(40, version.code()).name(48, spec.name())
                    .word(68, spec.type().attachType()).word(108, tracepointType);
            boolean described = types != null && !linked.functions().isEmpty();
            if (described) {
                attribute.word(72, types.number())
                        .word(76, 8).copy(80, functions(linked.functions())).word(88, linked.functions().size())
                        .word(92, 16).copy(96, lines(linked.lines())).word(104, linked.lines().size());
            }
            long result = attempt(attribute);
            if (result == -Errno.E2BIG && !described) {
                // Before 4.15 programs had no names.
                long unnamed = attempt(attribute.wide(48, 0).wide(56, 0));
                result = unnamed >= 0 ? unnamed : result;
            }
            if (result < 0) {
                throw refused(spec, linked, attribute, arena, result);
            }
            return new BpfProgram(spec, new Fd((int) result));
        }
    }

    private static long attempt(Attribute attribute) {
        long result = -Errno.EAGAIN;
        // The verifier gives up with EAGAIN when a signal comes in between.
        for (int attempt = 0; attempt < ATTEMPTS && result == -Errno.EAGAIN; attempt++) {
            result = attribute.call(Attribute.PROGRAM_LOAD);
        }
        return result;
    }

    private BpfException refused(ProgramSpec spec, LinkedProgram linked, Attribute attribute, Arena arena,
            long first) {
        String what = "program " + spec.name();
        if (first == -Errno.EPERM) {
            return Refusal.of(BpfException.Kind.PROGRAM_REFUSED, "loading " + what, first);
        }
        String log = log(attribute, arena);
        Errno errno = Errno.of(first);
        String gap = gap(log, linked);
        if (!gap.isEmpty()) {
            return new BpfException(BpfException.Kind.PROGRAM_REFUSED, what + " needs " + gap
                    + ", which this kernel (" + version + ") does not have", "", log, null);
        }
        String last = lastWords(log);
        if (last.isEmpty()) {
            return Refusal.of(BpfException.Kind.PROGRAM_REFUSED, "loading " + what, first);
        }
        if (Refusal.lockedDown()) {
            return Refusal.lockdown("loading " + what);
        }
        String hint = errno.code() == Errno.E2BIG || last.contains("too large") || last.contains("too complex")
                ? "the program is too large for this kernel's verifier"
                : "this kernel (" + version + ") does not allow what the program does";
        return new BpfException(BpfException.Kind.PROGRAM_REFUSED,
                what + " was refused by the kernel: " + errno.name() + ": " + last, hint, log, null);
    }

    private static String log(Attribute attribute, Arena arena) {
        for (int size = FIRST_LOG; size <= LARGEST_LOG; size *= 4) {
            MemorySegment buffer = arena.allocate(size);
            long result = attribute.word(24, 1).word(28, size).wide(32, buffer.address())
                    .call(Attribute.PROGRAM_LOAD);
            if (result >= 0) {
                // It was taken this time; the caller has already failed, so it must not stay.
                new Fd((int) result).close();
                return "";
            }
            if (result != -Errno.ENOSPC || size == LARGEST_LOG) {
                int length = 0;
                while (length < size && buffer.get(ValueLayout.JAVA_BYTE, length) != 0) {
                    length++;
                }
                byte[] text = new byte[length];
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, text, 0, length);
                return new String(text, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** {@return what the kernel lacks, if the verifier stopped at the place of an unresolved relocation; else empty} */
    private static String gap(String log, LinkedProgram linked) {
        for (Map.Entry<Integer, String> gap : linked.absent().entrySet()) {
            if (log.contains("unknown#" + gap.getKey()) || log.contains("invalid func " + gap.getKey())) {
                return gap.getValue();
            }
        }
        return "";
    }

    /** {@return the line of the log that says why: the last one that is no statistics; empty if there is none} */
    private static String lastWords(String log) {
        String last = "";
        for (String line : log.lines().toList()) {
            String words = line.strip();
            if (!words.isEmpty() && !words.startsWith("processed ") && !words.startsWith("verification time")
                    && !words.startsWith("stack depth")) {
                last = words;
            }
        }
        return last;
    }

    private static byte[] functions(List<BtfExt.FunctionInfo> functions) {
        ByteBuffer out = ByteBuffer.allocate(functions.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (BtfExt.FunctionInfo info : functions) {
            out.putInt(info.instruction()).putInt(info.type());
        }
        return out.array();
    }

    private static byte[] lines(List<BtfExt.LineInfo> lines) {
        ByteBuffer out = ByteBuffer.allocate(lines.size() * 16).order(ByteOrder.LITTLE_ENDIAN);
        for (BtfExt.LineInfo line : lines) {
            out.putInt(line.instruction()).putInt(line.file()).putInt(line.text()).putInt(line.position());
        }
        return out.array();
    }
}
