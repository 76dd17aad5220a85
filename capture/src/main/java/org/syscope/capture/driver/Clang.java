package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The C compiler, found by its name in the folders of the PATH: the newest clang from 14 on. */
final class Clang {

    private static final int OLDEST = 14;
    private static final int NEWEST_NAMED = 22;
    private static final long MOST_SECONDS = 300;

    private final Path program;

    private Clang(Path program) {
        this.program = program;
    }

    /**
     * Finds it.
     *
     * @param path the folders to look in, separated by colons
     * @throws DriverException if there is none, or only older ones
     */
    static Clang find(String path) throws IOException {
        List<String> names = new ArrayList<>(List.of("clang"));
        for (int version = NEWEST_NAMED; version >= OLDEST; version--) {
            names.add("clang-" + version);
        }
        String older = "";
        for (String name : names) {
            for (String folder : path.split(":")) {
                Path candidate = Path.of(folder.isEmpty() ? "." : folder, name);
                if (Files.isExecutable(candidate) && Files.isRegularFile(candidate)) {
                    String version = new Clang(candidate).ask("-dumpversion");
                    if (major(version) >= OLDEST) {
                        return new Clang(candidate);
                    }
                    older = candidate + " is of version " + version + ", " + OLDEST + " is needed";
                }
            }
        }
        throw new DriverException("bpf driver: no clang to compile the probe with"
                + (older.isEmpty() ? "" : ": " + older), "install it: " + Distribution.install("clang"), "", null);
    }

    private static int major(String version) {
        int end = 0;
        while (end < version.length() && end < 4 && Character.isDigit(version.charAt(end))) {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
    }

    /** {@return the folder with the compiler's own headers} */
    Path ownHeaders() throws IOException {
        return Path.of(ask("-print-resource-dir"), "include");
    }

    private String ask(String option) throws IOException {
        Process process = new ProcessBuilder(program.toString(), option)
                .redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile())).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        await(process);
        return answer;
    }

    /**
     * Runs it; what it says is added to the log.
     *
     * @return whether it succeeded
     */
    boolean run(Path folder, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Files.writeString(log, String.join(" ", command) + "\n", StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        Process process = new ProcessBuilder(command).directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        return await(process) == 0;
    }

    private int await(Process process) throws IOException {
        try {
            if (process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            throw new IOException(program + " does not come to an end");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", interrupted);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
