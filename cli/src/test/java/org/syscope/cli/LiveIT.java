package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher traces this machine. Skipped only where the driver may not be loaded. */
class LiveIT {

    private static final long CAP_BPF = 1L << 39;
    private static final long CAP_SYS_ADMIN = 1L << 21;

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

    /** Starts the program with its output in files of the folder. */
    private Process start(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(Launcher.PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile()).start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }

    /** Waits until the output holds something, so that the trace is known to run. */
    private void awaitOutput(Process process) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.size(out) == 0) {
            assertThat(process.isAlive()).as(err()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    /** An exec with 4000 bytes of arguments does not fit into a ring of 4 KiB; what the command does then is shown. */
    @Test
    void aCommandWhoseExecWasLostIsNotHidden() throws Exception {
        Result result = Launcher.run("--buffer-size", "4K", "-p", "*%proc.pid %evt.type", "-d", "--", "sh", "-c",
                "sleep 0.05; true", "x".repeat(4000));
        assertThat(result.err()).contains(" ring full)");
        assertThat(result.text().lines()).as(result.err()).last().asString().endsWith(" procexit");
        String pid = result.text().lines().toList().getLast().split(" ")[0];
        assertThat(result.text().lines().filter(line -> line.startsWith(pid + " "))).doesNotContain(pid + " execve")
                .hasSizeGreaterThan(1);
    }

    @Test
    void aCommandIsTracedFromItsFirstCallAndItsStatusPassedOn() throws Exception {
        Result result = Launcher.run("-p", "%evt.type|%proc.name|%fd.name|%evt.res", "evt.type in (execve, openat, read, write)",
                "--", "sh", "-c", "cat /etc/passwd > /dev/null; exit 7");
        assertThat(result.status()).as(result.err()).isEqualTo(7);
        List<String> lines = result.text().lines().toList();
        assertThat(lines).contains("openat|cat|/etc/passwd|SUCCESS", "read|cat|/etc/passwd|SUCCESS",
                "write|cat|/dev/null|SUCCESS");
        assertThat(lines).allMatch(line -> line.contains("|sh|") || line.contains("|cat|"));
        assertThat(result.err()).matches("syscope: [0-9]+ lines left out because %fd.name has no value there; .*\n"
                + "syscope: [0-9,]+ events, [0-9,]+ shown, 0 lost in .* a second\n");
    }

    @Test
    void aCommandThatIsKilledEndsTheProgramLikewise() throws Exception {
        Result result = Launcher.shell("syscope -q -- sh -c 'kill -9 $$'; echo $?");
        assertThat(result.text()).isEqualTo("137\n");
    }

    @Test
    void whatEmptiesTheRingsAndWhatThatWaitsForArePreferredAndTheCommandIsNot() throws Exception {
        Result result = Launcher.run("-q", "--", "sh", "-c",
                "for task in /proc/$PPID/task/*; do [ \"$(sed 's/.*) //' $task/stat | cut -d' ' -f17)\" != -15 ]"
                        + " || cat $task/comm; done; nice");
        List<String> lines = result.text().lines().map(String::strip).toList();
        Assumptions.assumeTrue(!lines.equals(List.of("0")) || "true".equals(System.getenv("CI")), "no CAP_SYS_NICE");
        assertThat(lines).contains("java", "VM Thread", "C1 CompilerThre", "C2 CompilerThre").last().isEqualTo("0");
    }

    @Test
    void latencyIsReal() throws Exception {
        Result result = Launcher.run("-p", "%evt.latency", "evt.type in (nanosleep, clock_nanosleep)", "--", "sleep", "0.2");
        assertThat(Long.parseLong(result.text().strip())).as(result.err()).isBetween(200_000_000L, 2_000_000_000L);
    }

    @Test
    void theNumberOfEventsEndsIt() throws Exception {
        Result result = Launcher.run("-n", "100");
        assertThat(result.text().lines()).hasSize(100);
        assertThat(result.errorLines()).last().asString().startsWith("syscope: ").contains(" 100 shown, ");
    }

    @Test
    void theTimeEndsItEvenIfNothingMatches() throws Exception {
        Result result = Launcher.run("-M", "1", "proc.name=nosuchprocess");
        assertThat(result.status()).isZero();
        assertThat(result.text()).isEmpty();
        assertThat(result.errorLines()).last().asString().contains(" 0 shown, ");
    }

    @Test
    void interruptsEndItWellWithTheFileComplete() throws Exception {
        Path file = folder.resolve("live.scap");
        Process process = start("-p", "*%evt.type");
        awaitOutput(process);
        Process recorder = new ProcessBuilder(Launcher.PROGRAM.toString(), "-w", file.toString())
                .redirectError(folder.resolve("err2").toFile()).start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while ((!Files.exists(file) || Files.size(file) < 200_000) && System.nanoTime() < deadline) {
            recorder.waitFor(20, TimeUnit.MILLISECONDS);
        }
        recorder.destroy();
        assertThat(recorder.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(recorder.exitValue()).isZero();
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(err()).hasLineCount(1).contains(" lost");
        String totals = Files.readString(folder.resolve("err2"));
        Result replayed = Launcher.run("info", file.toString());
        assertThat(replayed.status()).as(replayed.err()).isZero();
        String written = totals.replaceFirst("(?s).* ([0-9,]+) written.*", "$1");
        assertThat(replayed.text()).contains("Events      " + written + "\n");
    }

    @Test
    void usr1PrintsTheTotalsSoFar() throws Exception {
        Process process = start("-p", "*%evt.type");
        awaitOutput(process);
        new ProcessBuilder("kill", "-USR1", Long.toString(process.pid())).start().waitFor();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (err().isEmpty() && System.nanoTime() < deadline) {
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
        assertThat(err()).hasLineCount(1).contains(" shown, ");
        assertThat(process.isAlive()).isTrue();
        process.destroy();
        process.waitFor();
        assertThat(err()).hasLineCount(2);
    }

    @Test
    void aReaderThatLeavesEndsALiveTraceQuietly() throws Exception {
        Result result = Launcher.shell("{ syscope -p '*%evt.type'; echo $? >&2; } | head -n 1");
        assertThat(result.text().lines()).hasSize(1);
        assertThat(result.err()).isEqualTo("0\n");
    }

    /** Where CPUs are few the tracer leaves all but one of them to the command, once it keeps up with much. */
    @Test
    void aTraceThatKeepsUpKeepsToOneCpu() throws Exception {
        String all = cpus(Path.of("/proc/self/status"));
        int count = Runtime.getRuntime().availableProcessors();
        Assumptions.assumeTrue(count >= 2 && count <= 4 && all.matches(".*[-,].*"), count + " CPUs");
        Process tracer = new ProcessBuilder(Launcher.PROGRAM.toString(), "-w", "/dev/null", "--", "dd", "if=/dev/zero",
                "of=/dev/null", "bs=1").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!isBound(tracer, "C2 CompilerThre") && System.nanoTime() < end) {
                assertThat(tracer.waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
            }
            assertThat(isBound(tracer, "C2 CompilerThre")).isTrue();
            ProcessHandle command = tracer.children().findFirst().orElseThrow();
            assertThat(cpus(Path.of("/proc", Long.toString(command.pid()), "status"))).isEqualTo(all);
            assertThat(isBound(tracer, "Signal Dispatch")).isFalse();
        } finally {
            tracer.children().forEach(ProcessHandle::destroyForcibly);
            assertThat(tracer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean isBound(Process process, String thread) throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path task : tasks.toList()) {
                if (Files.readString(task.resolve("comm")).strip().equals(thread)) {
                    return cpus(task.resolve("status")).matches("\\d+");
                }
            }
        } catch (NoSuchFileException ended) {
            return false;
        }
        return false;
    }

    private static String cpus(Path status) throws IOException {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow().substring(18).strip();
        }
    }

    @Test
    void theSnaplenBoundsBuffers() throws Exception {
        String[] rest = {"-v", "-p", "%evt.arg.data", "evt.type=read and fd.name=/etc/passwd and evt.rawres>40", "--", "sh",
            "-c", "cat /etc/passwd > /dev/null"};
        assertThat(snap("8", rest)).isEqualTo(8);
        assertThat(snap("40", rest)).isEqualTo(40);
    }

    private static int snap(String bytes, String... rest) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-s", bytes));
        words.addAll(List.of(rest));
        List<String> lines = Launcher.run(words.toArray(String[]::new)).text().lines().toList();
        return lines.getLast().length();
    }

    @Test
    void largeEnvironmentsAreWholeOnRequest() throws Exception {
        String[] words = {"-p", "%proc.env[LAST]", "evt.type=execve and proc.name=sleep", "--", "env", "-i",
            "FIRST=" + "x".repeat(6000), "LAST=yes", "sleep", "2"};
        assertThat(Launcher.run(words).text()).doesNotContain("yes");
        List<String> large = new ArrayList<>(List.of(words));
        large.add(0, "--large-environment");
        assertThat(Launcher.run(large.toArray(String[]::new)).text()).isEqualTo("yes\n");
    }

    @Test
    void theMachineCanHaveAnotherName() throws Exception {
        Result result = Launcher.run(Map.of("SCAP_HOSTNAME", "node7"), "-n", "1", "-p", "%evt.hostname", "--", "true");
        assertThat(result.text()).as(result.err()).isEqualTo("node7\n");
    }

    @Test
    void pageFaultsAreTracedOnRequest() throws Exception {
        Result without = Launcher.run("-p", "%evt.type", "evt.type=page_fault", "--", "true");
        Result with = Launcher.run("--page-faults", "-p", "%evt.type", "evt.type=page_fault", "--", "true");
        assertThat(without.text()).isEmpty();
        assertThat(with.text()).contains("page_fault");
    }

    @Test
    void ringsCanBeSharedAndTheDriverNamed() throws Exception {
        Result result = Launcher.run("--modern-bpf", "--cpus-for-each-buffer", "2", "--large-environment", "-n", "50");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.text().lines()).hasSize(50);
    }

    @Test
    void theDriverIsSaidFirst() throws Exception {
        Result result = Launcher.run("-v", "-q", "--", "true");
        assertThat(result.errorLines()).as(result.err()).first().isEqualTo("syscope: the universal driver traces");
        assertThat(Launcher.run("--driver", "universal", "-q", "--", "true").status()).isZero();
        assertThat(Launcher.run("--driver", "auto", "--modern-bpf").status()).isEqualTo(2);
    }

    @Test
    void theLocaleOfTheCommandIsItsOwn() throws Exception {
        Result result = Launcher.shell("env -i PATH=\"$PATH\" '" + Launcher.PROGRAM + "' -q -- env");
        assertThat(result.text()).doesNotContain("LC_ALL").doesNotContain("SYSCOPE");
    }
}
