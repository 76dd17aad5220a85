package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import static org.assertj.core.api.Assertions.assertThat;

/** A run of the program, while something happens in containers. */
final class ContainerTrace {

    /** What makes a container do something. */
    @FunctionalInterface
    interface Deed {
        /** Does it, to its end. */
        void run() throws Exception;
    }

    private final Process process;
    private final Path out;
    private final Path err;

    /**
     * Starts it.
     *
     * @param folder for its output
     * @param environment variables that it has beside the usual ones
     */
    ContainerTrace(Path folder, Map<String, String> environment, String... words) throws IOException {
        out = Files.createTempFile(folder, "trace", ".out");
        err = Files.createTempFile(folder, "trace", ".err");
        List<String> command = new ArrayList<>(List.of(Launcher.PROGRAM.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(out);
    }

    String errors() throws IOException {
        return Files.readString(err);
    }

    /** Does something again and again until the trace has shown it: from then on it sees everything. */
    ContainerTrace untilItSees(Predicate<String> line, Deed deed) throws Exception {
        while (lines().stream().noneMatch(line)) {
            assertThat(process.isAlive()).as(this::said).isTrue();
            deed.run();
        }
        return this;
    }

    private String said() {
        try {
            return errors();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Waits until the trace has shown a line. */
    ContainerTrace awaits(Predicate<String> line) throws Exception {
        for (int i = 0; i < 200 && lines().stream().noneMatch(line); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return this;
    }

    ContainerTrace stop() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(this::said).isZero();
        return this;
    }
}
