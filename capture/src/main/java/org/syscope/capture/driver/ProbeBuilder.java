package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles the probe of the classic eBPF driver against the headers of a kernel. The sources are in this program; clang
 * and the headers are the target's. Nothing is loaded into a kernel here.
 *
 * <p>The compiler runs twice: kernel headers hold assembler of the machine, which only the machine's own front end
 * accepts, so that one makes LLVM's intermediate form of them, and eBPF is made of that.
 */
public final class ProbeBuilder {

    private static final String LIST_OF_FEATURES = "classic/features.tsv";

    private final Path headers;
    private final Path output;
    private final Map<String, String> environment;
    private final Map<String, Boolean> forced = new HashMap<>();
    private List<String> warnings = List.of();

    /**
     * Prepares to build.
     *
     * @param headers folder with the headers of a kernel, as {@code /lib/modules/RELEASE/build} is one; null for those of
     *     the running kernel
     * @param output the file to write; null for {@link #defaultPlace(String, Map)} of the kernel that the headers are of
     * @param environment the process's variables: PATH to find clang, HOME for the default place
     */
    public ProbeBuilder(Path headers, Path output, Map<String, String> environment) {
        this.headers = headers;
        this.output = output;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Where the probe of a kernel is put and looked for if nothing else is said: {@code ~/.syscope/RELEASE.bpf.o}.
     *
     * @param release the kernel's, as {@code uname -r} has it; null for the running one
     * @param environment the process's variables, of which HOME is used
     */
    public static Path defaultPlace(String release, Map<String, String> environment) throws IOException {
        String home = environment.getOrDefault("HOME", "");
        if (home.isEmpty()) {
            throw new DriverException("bpf driver: the variable HOME is not set, so there is no default place for the probe",
                    "name the file: -B/path/to/probe.o", "", null);
        }
        return Path.of(home, ".syscope", (release == null ? KernelHeaders.runningRelease() : release) + ".bpf.o");
    }

    /** Says that the kernel has, or lacks, a feature, whatever the headers say. */
    ProbeBuilder force(String feature, boolean there) {
        forced.put(feature, there);
        return this;
    }

    /**
     * Compiles the probe. A probe that is there already is replaced when the new one is complete.
     *
     * @return the file
     * @throws DriverException if headers or clang are missing, or the compiler fails; the message names its log file
     */
    public Path build() throws IOException {
        KernelHeaders kernel = headers == null ? KernelHeaders.ofRunningKernel() : KernelHeaders.of(headers);
        Clang clang = Clang.find(environment.getOrDefault("PATH", "/usr/bin:/bin"));
        Path target = output == null ? defaultPlace(kernel.release(), environment) : output;
        Path place = target.toAbsolutePath().getParent();
        Path work;
        try {
            Files.createDirectories(place);
            work = Files.createTempDirectory(place, ".build");
        } catch (IOException refused) {
            throw new DriverException("bpf driver: nothing can be written to " + place + ": "
                    + refused.getClass().getSimpleName().replace("Exception", ""), "name another file: -o FILE", "", refused);
        }
        try {
            ProbeSources.unpack(work);
            writeConfiguration(kernel, work.resolve("classic/configuration.h"));
            Path log = work.resolve("log");
            if (!compile(clang, kernel, work, log)) {
                throw failed(target, log);
            }
            warnings = ModuleBuilder.warnings(log);
            Files.move(work.resolve("probe.o"), target, StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
            return target;
        } finally {
            delete(work);
        }
    }

    /** What the compiler warned of when it succeeded, a line each; usually nothing. */
    public List<String> warnings() {
        return warnings;
    }

    private static boolean compile(Clang clang, KernelHeaders kernel, Path work, Path log) throws IOException {
        boolean arm = KernelHeaders.machine().equals("arm64");
        List<String> front = new ArrayList<>(List.of("--target=" + (arm ? "aarch64" : "x86_64") + "-linux-gnu",
                "-emit-llvm", "-Xclang", "-disable-llvm-passes", "-O2", "-std=gnu11", "-nostdinc",
                "-isystem", clang.ownHeaders().toString(), "-fno-stack-protector", "-fno-jump-tables", "-fno-strict-aliasing",
                "-fno-asynchronous-unwind-tables", "-fno-pie", "-Iclassic", "-Ishared", "-I.",
                "-D__TARGET_ARCH_" + KernelHeaders.machine()));
        if (!arm) {
            front.add("-mcmodel=kernel");
        }
        front.addAll(kernel.flags());
        // Of the warnings, those about our own lines count; the kernel's headers are made for its own compiler flags.
        front.addAll(List.of("-Wall", "-Wextra", "-Wno-unused-parameter", "-Wno-missing-field-initializers",
                "-c", "classic/syscope.bpf.c", "-o", "probe.bc"));
        return clang.run(work, log, front)
                && clang.run(work, log, List.of("--target=bpf", "-mcpu=v1", "-O2", "-fno-jump-tables",
                        "-Wno-override-module", "-c", "probe.bc", "-o", "probe.o"));
    }

    /** What the sources cannot ask the preprocessor: members of structures and of enumerations. */
    private void writeConfiguration(KernelHeaders kernel, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : new String(ProbeSources.read(LIST_OF_FEATURES), StandardCharsets.UTF_8).split("\n")) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\t");
            Boolean said = forced.get(cells[0]);
            if (said != null ? said : kernel.says(cells[1], Pattern.compile(cells[2]))) {
                text.append("#define HAS_").append(cells[0]).append(" 1\n");
            }
        }
        text.append("#define SYSCOPE_RELEASE \"").append(kernel.release()).append("\"\n");
        text.append("#define SYSCOPE_IDENTITY \"").append(ProbeSources.identity()).append("\"\n");
        Files.writeString(file, text);
    }

    private static DriverException failed(Path target, Path log) throws IOException {
        Path kept = target.resolveSibling(target.getFileName() + ".log");
        Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
        String words = Files.readString(kept, StandardCharsets.ISO_8859_1);
        String first = words.lines().filter(line -> line.contains("error:")).findFirst().orElse("");
        return new DriverException("bpf driver: the probe could not be compiled"
                + (first.isEmpty() ? "" : ": " + first.strip()), "all that the compiler said is in " + kept, words, null);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = new ArrayList<>(walk.toList());
        }
        for (Path file : all.reversed()) {
            Files.delete(file);
        }
    }
}
