package org.syscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A disk that stalls, in the shape of a pipe that nobody reads before the traced command has ended: what the memory for
 * blocks holds is not lost, what it does not hold is counted.
 */
class StalledDiskIT {

    private static final Pattern TOTALS = Pattern.compile(
            "(?m)^syscope: ([0-9,]+) events?, ([0-9,]+) written, ([0-9,]+) lost");

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsCapabilities() throws IOException {
        RingIT.needsCapabilities();
    }

    /** What a run told, and wrote into {@code trace.scap}. */
    private record Outcome(long events, long written, long lost, String err) {
    }

    /** Traces a shell line; what is recorded is read only once the line is done. */
    private Outcome record(String line, String... options) throws IOException, InterruptedException {
        Path done = folder.resolve("done");
        Path err = folder.resolve("err");
        List<String> words = new ArrayList<>(List.of(Launcher.PROGRAM.toString(), "--buffer-size", "8M", "-w", "-"));
        words.addAll(List.of(options));
        words.addAll(List.of("--", "sh", "-c", line + "; echo > " + done));
        Files.deleteIfExists(done);
        Process process = new ProcessBuilder(words).redirectError(err.toFile()).start();
        try (InputStream in = process.getInputStream()) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
            while (!Files.exists(done)) {
                assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
                assertThat(System.nanoTime()).as("the traced command is kept from going on").isLessThan(deadline);
                process.waitFor(20, TimeUnit.MILLISECONDS);
            }
            Files.write(folder.resolve("trace.scap"), in.readAllBytes());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String told = Files.readString(err);
        assertThat(process.exitValue()).as(told).isZero();
        Matcher totals = TOTALS.matcher(told);
        assertThat(totals.find()).as(told).isTrue();
        return new Outcome(number(totals.group(1)), number(totals.group(2)), number(totals.group(3)), told);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    private long count(String... words) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-r", folder.resolve("trace.scap").toString(), "-p", "*%evt.num"));
        all.addAll(List.of(words));
        Result read = Launcher.run(all.toArray(String[]::new));
        assertThat(read.status()).as(read.err()).isZero();
        return read.text().lines().count();
    }

    /** Several times what a ring holds, but less than the memory: 4 KiB of random bytes take the kernel some time. */
    @ParameterizedTest
    @ValueSource(strings = {"", "-z"})
    void whatTheMemoryHoldsIsNotLost(String option) throws Exception {
        int calls = 120_000;
        String line = "dd if=/dev/urandom of=/dev/null bs=4096 count=" + calls + " 2> /dev/null";
        Outcome outcome = option.isEmpty() ? record(line) : record(line, option);
        assertThat(outcome.lost()).as(outcome.err()).isZero();
        assertThat(outcome.err()).doesNotContain("waited");
        assertThat(Files.size(folder.resolve("trace.scap"))).isGreaterThan(option.isEmpty() ? 3L * (8 << 20) : 1 << 20);
        assertThat(count("proc.name=dd and evt.type in (read, write) and evt.rawres=4096")).isEqualTo(2 * calls);
    }

    /** With only reads sent, everything else that is sent is the same each time. */
    @Test
    void whatItDoesNotHoldIsCountedToTheEvent() throws Exception {
        String line = "dd if=/dev/zero of=/dev/null bs=1 2> /dev/null count=";
        Outcome few = record(line + 1000, "evt.type=read");
        assertThat(few.lost()).as(few.err()).isZero();
        int calls = 2_000_000;
        Outcome many = record(line + calls, "evt.type=read");
        assertThat(many.lost()).as(many.err()).isPositive();
        assertThat(many.err()).contains("(" + Figures.count(many.lost()) + " ring full)")
                .containsPattern("syscope: recording waited [0-9.]+ s for standard output");
        long notifications = count("--debug", "evt.type=drop");
        assertThat(notifications).isPositive();
        assertThat(many.events() - notifications + many.lost()).isEqualTo(few.events() - 1000 + calls);
        assertThat(count("--debug", "evt.type in (read, drop)")).isEqualTo(many.written());
    }
}
