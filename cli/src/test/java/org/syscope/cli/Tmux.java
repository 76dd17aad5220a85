package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** A terminal that a test types into and looks at: tmux with a server of its own, which nobody's settings reach. */
final class Tmux implements AutoCloseable {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final long LOOK_AGAIN_MILLIS = 30;

    private final Path folder;
    private final String socket;

    /**
     * A terminal with a shell whose prompt is {@code $}.
     *
     * @param environment what the shell has beside PATH, HOME, TZ=UTC and LC_ALL=C.UTF-8
     */
    Tmux(int columns, int rows, Map<String, String> environment) throws IOException, InterruptedException {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/tmux"));
        if (!installed && "true".equals(System.getenv("CI"))) {
            Assertions.fail("CI=true and no tmux: the UI must be tested");
        }
        Assumptions.assumeTrue(installed, "tmux is not installed");
        folder = Files.createTempDirectory("syscope-ui");
        socket = folder.resolve("tmux").toString();
        Path start = folder.resolve("start");
        StringBuilder script = new StringBuilder("#!/bin/sh\nunset NO_COLOR COLORTERM\nexport TZ=UTC LC_ALL=C.UTF-8 PS1='$ '\n");
        environment.forEach((name, value) -> script.append("export ").append(name).append("='").append(value).append("'\n"));
        Files.writeString(start, script.append("cd ").append(folder).append("\nexec /bin/sh\n"));
        tmux("-f", "/dev/null", "new-session", "-d", "-x", Integer.toString(columns), "-y", Integer.toString(rows),
                "sh " + start);
        tmux("set", "-g", "status", "off");
        tmux("set", "-g", "escape-time", "0");
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
        await(screen -> screen.contains("$"));
    }

    /** Where the shell is. */
    Path folder() {
        return folder;
    }

    private String tmux(String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("tmux", "-u", "-S", socket));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().remove("TMUX");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    /** Presses keys, by tmux's names of them. */
    void keys(String... keys) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("send-keys"));
        words.addAll(List.of(keys));
        tmux(words.toArray(String[]::new));
    }

    /** Types a text as it is. */
    void type(String text) throws IOException, InterruptedException {
        tmux("send-keys", "-l", text);
    }

    /** Types a command line. */
    void command(String line) throws IOException, InterruptedException {
        type(line);
        keys("Enter");
    }

    void resize(int columns, int rows) throws IOException, InterruptedException {
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** What a person sees. */
    String screen() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p");
    }

    /** The same with colours. */
    String colored() throws IOException, InterruptedException {
        return tmux("capture-pane", "-p", "-e");
    }

    /** What tmux knows of the terminal, by its format names. */
    String state(String format) throws IOException, InterruptedException {
        return tmux("display-message", "-p", format).strip();
    }

    /** Process id of the Java program that was started in this terminal. */
    long java() {
        return ProcessHandle.allProcesses().filter(each -> each.info().command().orElse("").endsWith("java") && isIn(each))
                .findFirst().orElseThrow().pid();
    }

    private boolean isIn(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd")).equals(folder);
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits until the screen is as wanted; gives it. */
    String await(Predicate<String> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT_NANOS;
        String screen = screen();
        while (!wanted.test(screen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("the screen never got as expected:\n" + screen);
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
            screen = screen();
        }
        return screen;
    }

    /** Waits until the screen holds all of these texts; gives it. */
    String await(String... texts) throws IOException, InterruptedException {
        long end = System.nanoTime() + TIMEOUT_NANOS;
        while (true) {
            String screen = screen();
            String missing = null;
            for (String text : texts) {
                if (!screen.contains(text)) {
                    missing = text;
                }
            }
            if (missing == null) {
                return screen;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("'" + missing + "' never got on the screen:\n" + screen);
            }
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        tmux("kill-server");
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
