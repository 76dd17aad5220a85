package org.syscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.chisels.ChiselInfo;
import org.syscope.chisels.ChiselLibrary;
import org.syscope.chisels.ChiselPath;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Chisels on a command that is traced live: what is known to have happened is what they print. */
class LiveChiselIT {

    private static final int CAP_BPF = 39;

    @TempDir
    private Path folder;

    @BeforeAll
    static void mayTrace() throws Exception {
        String capabilities = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("CapEff:")).findFirst().orElseThrow().substring(7).strip();
        boolean able = (Long.parseUnsignedLong(capabilities, 16) >>> CAP_BPF & 1) != 0;
        if (!able && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("this must run with CAP_BPF");
        }
        Assumptions.assumeTrue(able, "live tracing needs CAP_BPF");
    }

    private Result trace(List<String> options, String command) throws Exception {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("--", "sh", "-c", command));
        Result result = Launcher.run(words.toArray(String[]::new));
        assertThat(result.err()).doesNotContain("error");
        return result;
    }

    /** Whoever ends a table that is drawn anew every second wants to read it. */
    @Test
    void theLastTableStaysOnTheTerminal() throws Exception {
        try (Tmux terminal = new Tmux(100, 30, Map.of("SYSCOPE", Launcher.PROGRAM.toString()))) {
            terminal.command("$SYSCOPE -c topscalls -- sh -c 'while :; do sleep 0.1; done'");
            terminal.await("# Calls", "clock_nanosleep");
            terminal.keys("C-c");
            terminal.await("# Calls", "clock_nanosleep", " a second");
            assertThat(terminal.state("#{cursor_flag}")).isEqualTo("1");
            terminal.command("clear; $SYSCOPE -c topscalls -- true");
            terminal.await("# Calls", "execve", " a second");
        }
    }

    @Test
    void newChiselsTellWhatHappened() throws Exception {
        Path file = folder.resolve("one");
        Path other = folder.resolve("two");
        String text = trace(List.of("-c", "errors", "-c", "files_touched", "-c", "procs_tree", "-c", "who_killed"),
                "cat /nonexistent/x; echo > " + file + "; mv " + file + " " + other + "; rm " + other
                        + "; sh -c 'exit 3'; sleep 100 & kill -9 $!; wait").text();
        assertThat(text).containsPattern("1 +cat +openat +ENOENT +/nonexistent/x\n");
        assertThat(text).containsPattern("1 +create +sh +[0-9]+ +" + file + "\n");
        assertThat(text).containsPattern("1 +rename +mv +[0-9]+ +" + file + " -> " + other + "\n");
        assertThat(text).containsPattern("1 +delete +rm +[0-9]+ +" + other + "\n");
        assertThat(text).containsPattern("exit 3 +sh -c exit 3\n");
        assertThat(text).containsPattern("signal 9 +s");
        assertThat(text).containsPattern("sleep \\([0-9]+\\) +SIGKILL +sh \\([0-9]+\\), kill\n|sh \\([0-9]+\\) +SIGKILL +sh");
    }

    @Test
    void tablesAddUpWhatWasWritten() throws Exception {
        Path file = folder.resolve("data");
        String text = trace(
                List.of("-c", "topfiles_bytes", "-c", "topprocs_file", "-c", "fdbytes_by", "fd.name", "-c", "topscalls"),
                "dd if=/dev/zero of=" + file + " bs=1024 count=300 2>/dev/null").text();
        assertThat(text).contains("300.00KB            " + file + "\n");
        assertThat(text).containsPattern("[0-9]{3}\\.[0-9]{2}KB +dd +[0-9]+\n");
        assertThat(text).containsPattern("30[0-9] +write\n");
    }

    @Test
    void everyStockChiselRunsLive() throws Exception {
        List<String> options = new ArrayList<>();
        for (ChiselInfo chisel : new ChiselLibrary(new ChiselPath(List.of(), List.of())).list(problem -> {
        })) {
            switch (chisel.name()) {
                case "around", "udp_extract", "table_generator", "lsof", "ps", "netstat", "lscontainers" -> {
                    // files only, made for others, or ending the run at the first event
                }
                case "fdbytes_by", "fdcount_by", "fdtime_by" -> options.addAll(List.of("-c", chisel.name(), "proc.name"));
                case "fileslower", "netlower", "scallslower" -> options.addAll(List.of("-c", chisel.name(), "0"));
                case "spy_ip" -> options.addAll(List.of("-c", "spy_ip", "127.0.0.1"));
                case "spy_port" -> options.addAll(List.of("-c", "spy_port", "80"));
                default -> options.addAll(List.of("-c", chisel.name()));
            }
        }
        Result result = trace(options, "cat /etc/hosts > /dev/null");
        assertThat(result.status()).isZero();
        assertThat(result.text()).contains("/etc/hosts", "<svg", "PROCNAME", "Bytes");
    }

    @Test
    void theStateOfTheSystemIsListed() throws Exception {
        assertThat(trace(List.of("-c", "ps"), "true").text()).startsWith("TID     PID     USER ").containsPattern("\n1 +1 +");
        assertThat(trace(List.of("-c", "lsof", "proc.name=sh"), "true").text()).startsWith("COMMAND ");
        assertThat(trace(List.of("-c", "netstat"), "true").text()).startsWith("Proto Server Address ");
    }

    @Test
    void cpuTimeIsAccountedFor() throws Exception {
        String text = trace(List.of("-c", "topprocs_cpu"),
                "i=0; end=$(($(date +%s) + 4)); while [ $(date +%s) -lt $end ]; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); "
                        + "done; done").text();
        assertThat(text).containsPattern("\n[1-9][0-9]*\\.[0-9]{2}% +sh +[0-9]+\n");
    }
}
