package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A capture of 5 million events: the memory that the UI takes while it reads it, and how soon it answers meanwhile. */
class UiLongIT {

    private static final long EVENTS = 5_000_000;
    private static final long MOST_KB = 300 << 10;
    private static final long ANSWER_MILLIS = 100;

    @TempDir
    private Path folder;

    @Test
    void memoryIsBoundedAndKeysAreAnsweredWhileItLoads() throws Exception {
        Path capture = folder.resolve("long.scap");
        LongCapture.write(Launcher.capture("sample.scap"), capture, EVENTS);
        try (Tmux terminal = new Tmux(120, 30, Map.of("SYSCOPE", Launcher.PROGRAM.toString()))) {
            terminal.command("$SYSCOPE ui -r " + capture + "; echo ended");
            terminal.await("Viewing: ", "reading ");
            Path status = Path.of("/proc", Long.toString(terminal.java()), "status");
            List<Long> answers = new ArrayList<>();
            boolean loading = true;
            while (loading && answers.size() < 200) {
                answers.add(answer(terminal, "Down", "h", "Help"));
                terminal.keys("q");
                loading = terminal.await(screen -> !screen.contains("\nHelp")).contains("reading ");
            }
            assertThat(answers).as("keys while it loads").hasSizeGreaterThan(3);
            Collections.sort(answers);
            assertThat(answers.get(answers.size() / 2)).as("ms until a key is answered: %s", answers).isLessThan(ANSWER_MILLIS);
            terminal.await(screen -> screen.startsWith("Viewing: Processes") && !screen.contains("reading "));
            terminal.keys("F6");
            terminal.await(screen -> screen.startsWith("Viewing: Events") && !screen.contains("reading "));
            assertThat(highest(status)).as("KB resident at most").isLessThan(MOST_KB);
            terminal.keys("F10");
            terminal.await("ended");
        }
    }

    /** How long it takes until a key is answered, ms, the terminal's own time included. */
    private static long answer(Tmux terminal, String before, String key, String answer) throws IOException, InterruptedException {
        terminal.keys(before);
        long start = System.nanoTime();
        terminal.keys(key);
        terminal.await(answer);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static long highest(Path status) throws IOException {
        return Files.readAllLines(status).stream().filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", ""))).findFirst().orElseThrow();
    }
}
