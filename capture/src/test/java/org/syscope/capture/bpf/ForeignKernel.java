package org.syscope.capture.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An object and the types of a kernel that does not run here, of another architecture too: whether all programs of the one
 * can be relocated for the other.
 */
final class ForeignKernel {

    private final BpfObject object;
    private final Btf kernel;

    ForeignKernel(byte[] object, byte[] types) throws BpfException {
        this.object = BpfObject.parse("object", object);
        this.kernel = Btf.parse("kernel", types);
    }

    /**
     * Relocates every program.
     *
     * @return one line for each: its name, whether its tracepoint exists, and which fields the kernel lacks
     * @throws BpfException if one cannot be relocated
     */
    List<String> report() throws BpfException {
        List<String> lines = new ArrayList<>();
        for (ProgramSpec program : object.programs()) {
            int instructions = object.relocate(program.name(), kernel).length;
            Set<String> missing = object.missing(program.name(), kernel);
            boolean attached = program.type() == ProgramSpec.Type.TRACING;
            boolean found = !attached || kernel.find(Btf.TYPEDEF, BpfObject.typedTracepoint(program)) != 0;
            lines.add(program.name() + ": " + instructions + " instructions" + (found ? "" : ", no such tracepoint")
                    + (missing.isEmpty() ? "" : ", without " + String.join(", ", missing)));
        }
        return lines;
    }

    /** Prints the report on an object (first argument) and a file of BTF (second). */
    public static void main(String[] arguments) throws BpfException, IOException {
        byte[] object = Files.readAllBytes(Path.of(arguments[0]));
        byte[] types = Files.readAllBytes(Path.of(arguments[1]));
        new ForeignKernel(object, types).report().forEach(System.out::println);
    }
}
