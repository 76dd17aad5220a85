package org.syscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Options of a live trace: whom it follows, what the driver sends, and what is said of losses. */
class LiveOptionsIT {

    private static final long SIGUSR1 = 1L << 9;
    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    @BeforeAll
    static void privileged() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF and CAP_PERFMON").isTrue();
        }
        assumeTrue(able, "no CAP_BPF and CAP_PERFMON");
    }

    @Test
    void enterEventsComeInFrontOfTheirExitEvents() throws Exception {
        Result result = Launcher.run("--enter", "-p", "%evt.dir %evt.type %evt.arg.name", "evt.type=openat", "--", "cat",
                "/dev/null");
        List<String> lines = result.text().lines().toList();
        assertThat(lines).hasSizeGreaterThan(3).contains("> openat /dev/null", "< openat /dev/null");
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).startsWith(i % 2 == 0 ? ">" : "<");
        }
        assertThat(Launcher.run("evt.type=openat", "--", "cat", "/dev/null").text()).doesNotContain(" > openat");
    }

    @Test
    void aFormatThatNamesTheDirectionGetsBoth() throws Exception {
        Result result = Launcher.run("-p", "%evt.dir", "evt.type=openat", "--", "cat", "/etc/hostname");
        assertThat(result.text().lines()).contains("<", ">");
    }

    @Test
    void withoutTheEntryHookNoLatencyIsKnown() throws Exception {
        String[] sleep = {"-p", "%evt.latency", "evt.type in (nanosleep, clock_nanosleep)", "--", "sleep", "0.1"};
        List<String> words = new ArrayList<>(List.of(sleep));
        assertThat(Long.parseLong(Launcher.run(sleep).text().strip())).isGreaterThan(100_000_000L);
        words.addFirst("--no-latency");
        assertThat(Launcher.run(words.toArray(String[]::new)).text().strip()).isEqualTo("0");
    }

    @Test
    void lossesFailTheRunIfAskedTo() throws Exception {
        String[] words = {"--buffer-size", "5000", "-q", "--", "sh", "-c",
            "dd if=/dev/zero of=/dev/null bs=1 count=100000 2> /dev/null; exit 3"};
        Result lossy = Launcher.run(words);
        assertThat(lossy.status()).isEqualTo(3);
        assertThat(lossy.errorLines().getFirst()).isEqualTo(
                "syscope: --buffer-size 5000: rings of 8.0 KiB: the kernel takes powers of two from 4096 bytes on");
        assertThat(lossy.err()).contains(" ring full)");
        List<String> strict = new ArrayList<>(List.of(words));
        strict.addFirst("--fail-on-drop");
        Result failed = Launcher.run(strict.toArray(String[]::new));
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.errorLines().getLast()).matches("syscope: --fail-on-drop: [0-9,]+ events lost; .*");
        Result well = Launcher.run("--fail-on-drop", "-q", "--", "sh", "-c", "exit 3");
        assertThat(well.status()).as(well.err()).isEqualTo(3);
    }

    @Test
    void runningProcessesAreFollowedWithTheirChildren() throws Exception {
        Path gate = folder.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
        // The child waits at the gate; behind it, it starts a grandchild, which outlives both.
        String line = "(read go < " + gate + "; cat /etc/hostname; (sleep 0.3; cat /etc/group) &) & wait";
        Process parent = new ProcessBuilder("sh", "-c", line).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Process neighbour = new ProcessBuilder("sh", "-c", "while cat /etc/passwd; do sleep 0.05; done")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process tracer = new ProcessBuilder(Launcher.PROGRAM.toString(), "--pid", Long.toString(parent.pid()), "-p",
                "%proc.name %fd.name", "evt.type=openat").redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        try {
            awaitTracing(tracer, err);
            try (OutputStream go = Files.newOutputStream(gate)) {
                go.write('\n');
            }
            assertThat(tracer.waitFor(60, TimeUnit.SECONDS)).as("it ends when the last of them has").isTrue();
        } finally {
            tracer.destroyForcibly();
            neighbour.destroyForcibly();
            parent.destroyForcibly();
        }
        assertThat(tracer.exitValue()).as(Files.readString(err)).isZero();
        assertThat(Files.readAllLines(out)).contains("sh " + gate, "cat /etc/hostname", "cat /etc/group")
                .doesNotContain("cat /etc/passwd");
    }

    @Test
    void callsInFlightAreListedWithTheirArguments() throws Exception {
        Path gate = folder.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
        // One call was there before the trace, one begins in it, and one is too young for the list.
        Process reader = new ProcessBuilder("cat", "/proc/self/comm", "-").start();
        assertThat(reader.inputReader().readLine()).isEqualTo("cat");
        Path err = folder.resolve("err");
        Process tracer = new ProcessBuilder(Launcher.PROGRAM.toString(), "-q", "--pending=300ms", "--pid",
                Long.toString(reader.pid()), "--", "sh", "-c", "cat " + gate).redirectError(err.toFile()).start();
        try {
            String late = "openat dfd=-100(AT_FDCWD) filename=" + gate + " flags=0 mode=0";
            awaitList(tracer, err, late);
            String early = "read fd=0(<p>pipe:[";
            awaitList(tracer, err, early);
            List<String> lines = Files.readAllLines(err);
            assertThat(lines).anyMatch(line -> line.matches("syscope: [1-3] calls? in flight for 300 ms or longer:"));
            assertThat(lines).filteredOn(line -> line.endsWith(late)).isNotEmpty()
                    .allMatch(line -> line.matches(" +[0-9.]+ m?s  [0-9:.]{18}  cat +[0-9]+ +[0-9]+  openat .*"));
            assertThat(lines).filteredOn(line -> line.contains(early)).isNotEmpty().allMatch(line -> line.matches(
                    " +>[0-9.]+ m?s  before the trace +cat +" + reader.pid() + " +" + reader.pid() + "  read .*"));
            reader.outputWriter().close();
            Files.newOutputStream(gate).close();
            assertThat(tracer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            tracer.destroyForcibly();
            reader.destroyForcibly();
        }
        assertThat(Files.readString(err)).contains("syscope: no call in flight for 300 ms or longer\n");
    }

    @Test
    void theFilterDecidesWhichCallsInFlightAreListed() throws Exception {
        String sleepers = "sleep 5 & cat " + folder.resolve("stalled") + " & tail -f /dev/null & wait";
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("stalled").toString()).start().waitFor()).isZero();
        for (Map.Entry<String, String> filter : Map.of("proc.name=cat and evt.type!=close", "cat",
                "proc.name in (sleep, cat) and evt.type contains nanosleep", "sleep",
                "(evt.type=openat and fd.name contains x) and proc.name=cat", "cat").entrySet()) {
            Path err = folder.resolve("filtered");
            Process tracer = new ProcessBuilder(Launcher.PROGRAM.toString(), "-q", "--pending=200ms", filter.getKey(), "--",
                    "sh", "-c", sleepers).redirectError(err.toFile()).start();
            try {
                awaitList(tracer, err, " in flight for 200 ms or longer:");
                List<String> calls = Files.readAllLines(err).stream().filter(line -> line.startsWith("   ")
                        && !line.contains("PROCESS")).map(line -> line.strip().split(" +")[3]).distinct().toList();
                assertThat(calls).as(filter.getKey()).containsExactly(filter.getValue());
            } finally {
                tracer.children().forEach(child -> child.descendants().forEach(ProcessHandle::destroy));
                tracer.children().forEach(ProcessHandle::destroy);
                tracer.destroyForcibly();
            }
        }
    }

    /** In a storm of events that a tiny ring cannot hold, files are opened, a directory changed and a program executed. */
    @Test
    void namesAreRightAgainAfterALoss() throws Exception {
        Path files = Files.createDirectory(folder.resolve("files"));
        Path inner = folder.resolve("inner");
        String storm = "mkdir " + inner + "; dd if=/dev/zero of=/dev/null bs=1 count=300000 2> /dev/null & "
                + "for i in 0 1 2 3 4 5 6 7 8 9; do for j in 0 1 2 3 4 5 6 7 8 9; do "
                + "echo x > " + files + "/$i$j; exec 5< " + files + "/$i$j; done; done; cd " + inner + "; exec python3 -c '" + """
                import os, time
                time.sleep(1.5)
                for i in range(20):
                    os.pread(5, 1, 0)
                    time.sleep(0.05)
                '""".stripIndent();
        Result result = Launcher.run("-d", "--buffer-size", "8K", "--cpus-for-each-buffer", "8192", "-p",
                "%proc.name %proc.exepath %proc.cwd %fd.name", "evt.type=pread", "--", "sh", "-c", storm);
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).contains(" ring full)");
        List<String> lines = result.text().lines().toList();
        assertThat(lines.getLast()).matches("python3\\S* \\S*/python3\\S* \\S+ \\S+")
                .endsWith(" " + inner.toRealPath() + "/ " + files.toRealPath() + "/99");
    }

    @Test
    void aCommandAndAProcessAreFollowedTogether() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "300").start();
        Result result = Launcher.run("-p", "%proc.name", "evt.type=procexit", "--pid", Long.toString(sleep.pid()), "--", "sh",
                "-c", "kill " + sleep.pid() + "; exit 4");
        assertThat(result.status()).isEqualTo(4);
        assertThat(result.text().lines()).containsExactlyInAnyOrder("sh", "sleep");
    }

    @Test
    void aProcessThatIsNotThereIsNamed() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Result result = Launcher.run("--pid", Long.toString(gone.pid()));
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("syscope: --pid " + gone.pid() + ": there is no such process\n");
    }

    private static void awaitList(Process process, Path err, String part) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        awaitTracing(process, err);
        while (!Files.readString(err).contains(part)) {
            assertThat(System.nanoTime()).as(Files.readString(err)).isLessThan(deadline);
            new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    /** Asks for totals until there are some: then events are being handled. */
    private static void awaitTracing(Process process, Path err) throws IOException, InterruptedException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        boolean caught = false;
        while (!Files.readString(err).contains(" lost in ")) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            caught = caught || Files.readAllLines(status).stream().filter(line -> line.startsWith("SigCgt:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGUSR1) != 0);
            if (caught) {
                new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();
            }
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }
}
