package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles the kernel module against the headers of a kernel. The sources are in this program; make, the compiler and the
 * headers are the target's. Nothing is loaded into a kernel here.
 */
public final class ModuleBuilder {

    private static final String LIST = "kmod/SOURCES";
    private static final String SHARED = "shared/";
    private static final String KMOD = "kmod/";
    private static final long MOST_SECONDS = 900;
    /** How a shell and make(1) say that a program is missing. */
    private static final Pattern MISSING = Pattern.compile(
            "(?m)(?:^|[\\s:])([\\w.+-]+): (?:command not found|not found|No such file or directory)\\s*$");

    private final Path headers;
    private final Path output;
    private final Map<String, String> environment;
    private List<String> warnings = List.of();

    /**
     * Prepares to build.
     *
     * @param headers folder with the headers of a kernel, as {@code /lib/modules/RELEASE/build} is one; null for those of
     *     the running kernel
     * @param output the file to write; null for {@link ModuleFile#defaultPlace} of the kernel that the headers are of
     * @param environment the process's variables: PATH to find make and the compiler, HOME for the default place
     */
    public ModuleBuilder(Path headers, Path output, Map<String, String> environment) {
        this.headers = headers;
        this.output = output;
        this.environment = Map.copyOf(environment);
    }

    /** The names of the module's sources in this program. */
    static List<String> names() throws IOException {
        return new String(ProbeSources.read(LIST), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#")).map(String::strip).toList();
    }

    /**
     * Compiles the module. One that is there already is replaced when the new one is complete.
     *
     * @return the file
     * @throws DriverException if headers, make or a compiler are missing, or the compiler fails; the message names its log
     */
    public Path build() throws IOException {
        KernelHeaders kernel = headers == null ? KernelHeaders.ofRunningKernel() : KernelHeaders.of(headers);
        boolean clang = kernel.madeWithClang();
        String path = environment.getOrDefault("PATH", "/usr/bin:/bin");
        BuildTool.find("make", path);
        BuildTool.find(clang ? "clang" : "gcc", path);
        Path target = output == null ? ModuleFile.defaultPlace(kernel.release(), environment) : output;
        Path place = target.toAbsolutePath().getParent();
        Files.createDirectories(place);
        Path work = Files.createTempDirectory(place, ".build");
        try {
            unpack(work);
            Path log = work.resolve("log");
            List<String> command = new ArrayList<>(List.of("make", "KERNEL=" + kernel.folder(), "RELEASE=" + kernel.release()));
            if (clang) {
                command.add("LLVM=1");
            }
            if (!run(command, work, log)) {
                throw failed(target, log);
            }
            warnings = warnings(log);
            Files.move(work.resolve("build/syscope.ko"), target, StandardCopyOption.REPLACE_EXISTING,
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

    /** The lines of a compiler's log that warn of something. */
    static List<String> warnings(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1).lines().filter(line -> line.contains("warning:")).toList();
    }

    private static void unpack(Path folder) throws IOException {
        for (String name : names()) {
            Path file = folder.resolve(name.startsWith(KMOD) ? name.substring(KMOD.length())
                    : name.startsWith(SHARED) ? name : SHARED + name);
            Files.createDirectories(file.getParent());
            Files.write(file, ProbeSources.read(name));
        }
        if (!folder.resolve("configure").toFile().setExecutable(true)) {
            throw new IOException(folder + ": files in it cannot be made executable");
        }
    }

    private boolean run(List<String> command, Path work, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile())
                .redirectInput(Path.of("/dev/null").toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("LC_ALL", "C");
        // Options of a make that this program runs under are not meant for this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        Process process = builder.start();
        try {
            if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            throw new IOException("kernel module: make does not come to an end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while make ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static DriverException failed(Path target, Path log) throws IOException {
        Path kept = target.resolveSibling(target.getFileName() + ".log");
        Files.move(log, kept, StandardCopyOption.REPLACE_EXISTING);
        String words = Files.readString(kept, StandardCharsets.ISO_8859_1);
        return new DriverException("kernel module: it could not be compiled" + reason(words), hint(words)
                + "all that make said is in " + kept, words, null);
    }

    /** What went wrong first, of all that make and the compiler said; empty if nothing stands out. */
    static String reason(String words) {
        Matcher missing = MISSING.matcher(words);
        if (missing.find()) {
            return ": " + missing.group(1) + " is missing";
        }
        return words.lines().filter(line -> line.contains("error:") || line.startsWith("no kernel headers")
                || line.startsWith("configure: ") || line.contains("*** ")).findFirst()
                .map(line -> ": " + line.strip()).orElse("");
    }

    /** What to do about it, with a semicolon behind it; empty if nothing sensible can be said. */
    static String hint(String words) {
        Matcher missing = MISSING.matcher(words);
        return missing.find() ? "install it: " + Distribution.install(missing.group(1)) + "; " : "";
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
