package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs {@code cli/bin/syscope} as a user does, as a process of its own. */
final class Launcher {

    /** The launcher of this checkout. */
    static final Path PROGRAM = Path.of("bin", "syscope").toAbsolutePath();

    private static final long TIMEOUT_SECONDS = 120;

    /**
     * How a run ended.
     *
     * @param status exit status
     * @param out what it wrote to stdout
     * @param err what it wrote to stderr
     */
    record Result(int status, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }

        List<String> errorLines() {
            return err.lines().toList();
        }
    }

    private Launcher() {
    }

    /** Runs the program in the UTC zone with these arguments. */
    static Result run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** The same with more environment variables. */
    static Result run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return run(environment, words);
    }

    /** Runs a shell line in which {@code syscope} is this checkout's. */
    static Result shell(String line) throws IOException, InterruptedException {
        return run(Map.of(), List.of("/bin/sh", "-c", "syscope() { '" + PROGRAM + "' \"$@\"; }\n" + line));
    }

    private static Result run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        Path out = Files.createTempFile("syscope", ".out");
        Path err = Files.createTempFile("syscope", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile())
                    .redirectInput(Path.of("/dev/null").toFile());
            builder.environment().put("TZ", "UTC");
            builder.environment().remove("NO_COLOR");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(words + " did not end within " + TIMEOUT_SECONDS + " s: " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readAllBytes(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** A file of the folder of real captures; skips the test, saying so, where there is none. */
    static Path capture(String name) {
        String folder = System.getProperty("SYSCOPE_CAPTURES", System.getenv("SYSCOPE_CAPTURES"));
        Path file = Path.of(folder == null ? "../../shared/captures" : folder, name);
        Assumptions.assumeTrue(Files.exists(file), () -> "no real captures: " + file + " is missing");
        return file.toAbsolutePath();
    }
}
