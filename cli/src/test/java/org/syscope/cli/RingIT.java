package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The flight recorder on this machine. Skipped only where the driver may not be loaded. */
class RingIT {

    private static final long CAP_BPF = 1L << 39;
    private static final long CAP_SYS_ADMIN = 1L << 21;
    private static final long SIGUSR1 = 1L << 9;
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsCapabilities() throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream().filter(l -> l.startsWith("CapEff:"))
                .findFirst().orElseThrow();
        boolean capable = (Long.parseUnsignedLong(line.substring(7).strip(), 16) & (CAP_BPF | CAP_SYS_ADMIN)) != 0;
        if (!capable && "true".equals(System.getenv("CI"))) {
            Assertions.fail("CI=true and no CAP_BPF: live tests must run");
        }
        Assumptions.assumeTrue(capable, "no CAP_BPF: this machine cannot be traced");
    }

    @Test
    void aMatchWritesWhatWasBeforeIt() throws Exception {
        String file = folder.resolve("ring.scap").toString();
        Result result = Launcher.run("-w", file, "--ring", "20s", "--dump-on", "evt.type=kill", "--", "sh", "-c",
                "cat /etc/passwd > /dev/null; kill -0 $$; cat /etc/group > /dev/null");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(folder.toFile().list()).containsExactly("ring.scap");
        List<String> lines = Launcher.run("-r", file, "-p", "*%evt.type %proc.name %fd.name").text().lines().toList();
        assertThat(lines).contains("openat cat /etc/passwd").doesNotContain("openat cat /etc/group");
        assertThat(lines.getLast()).startsWith("kill sh");
    }

    @Test
    void usr2WritesAndTheTraceGoesOn() throws Exception {
        Path file = folder.resolve("ring.scap");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(Launcher.PROGRAM.toString(), "-w", file.toString(), "--ring", "50MB", "--sanitize")
                .redirectError(err.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            await(process, "the signals taken over", err, () -> Files.readAllLines(status(process)).stream()
                    .filter(line -> line.startsWith("SigCgt:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGUSR1) != 0));
            await(process, "totals", err, () -> {
                signal(process, "USR1");
                return Files.readString(err).contains(" written, ");
            });
            signal(process, "USR2");
            await(process, "a file", err, () -> Files.readString(err).contains("(SIGUSR2)"));
            assertThat(process.isAlive()).isTrue();
            signal(process, "TERM");
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(err)).contains("ring.scap1: ").contains("(the end)").contains("syscope: sanitized: ");
        for (String name : List.of("ring.scap", "ring.scap1")) {
            Result read = Launcher.run("-r", folder.resolve(name).toString(), "-p", "*%evt.num");
            assertThat(read.err()).isEmpty();
            assertThat(read.text()).isNotEmpty();
        }
    }

    /** What is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    private static Path status(Process process) {
        return Path.of("/proc", Long.toString(process.pid()), "status");
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    private static void await(Process process, String what, Path err, Condition condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (!condition.holds()) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }
}
