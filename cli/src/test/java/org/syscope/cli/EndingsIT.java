package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** However a run ends, its totals are the same line; who cannot wait for them asks a second time. */
class EndingsIT {

    private static final String TOTALS =
            "syscope: [0-9,]+ events?, [0-9,]+ shown, [0-9,]+ lost.* in [0-9.,]+ s, [0-9,]+ a second";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsCapabilities() throws IOException {
        RingIT.needsCapabilities();
    }

    private Process start(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(Launcher.PROGRAM.toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile()).start();
    }

    private String err() throws IOException {
        return Files.readString(folder.resolve("err"));
    }

    private void awaitOutput(Process process) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Files.size(folder.resolve("out")) == 0) {
            assertThat(process.isAlive()).as(err()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    @Test
    void timeNumberAndInterruptEndInTheSameTotals() throws Exception {
        Result time = Launcher.run("-M", "1", "-p", "*%evt.type");
        Result number = Launcher.run("-n", "50", "-p", "*%evt.type");
        Process interrupted = start("-p", "*%evt.type");
        awaitOutput(interrupted);
        signal("INT", interrupted.pid());
        assertThat(interrupted.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted.exitValue()).isZero();
        assertThat(time.status() + number.status()).isZero();
        for (String told : List.of(time.err(), number.err(), err())) {
            assertThat(told).matches(TOTALS + "\n");
        }
        long lines;
        try (var out = Files.lines(folder.resolve("out"))) {
            lines = out.count();
        }
        assertThat(err()).contains(", " + Figures.count(lines) + " shown, ");
    }

    @Test
    void aCommandThatIsNoneIsNamed() throws Exception {
        Path plain = Files.createFile(folder.resolve("plain"));
        Result none = Launcher.run("-q", "--", "no-such-command");
        assertThat(none.err()).isEqualTo("syscope: no-such-command: no such command in any folder of PATH\n");
        assertThat(none.status()).isEqualTo(127);
        assertThat(Launcher.run("--", "/no/such/command").err()).isEqualTo("syscope: /no/such/command: no such command\n");
        Result denied = Launcher.run("--", plain.toString());
        assertThat(denied.err()).isEqualTo("syscope: " + plain + ": no permission to execute it\n");
        assertThat(denied.status()).isEqualTo(126);
        assertThat(Launcher.run("--", folder.toString()).err()).isEqualTo("syscope: " + folder + ": is a directory\n");
    }

    /** The first interrupt waits for the command that is traced, the second does not. */
    @Test
    void theSecondInterruptEndsItAtOnce() throws Exception {
        Process process = start("-p", "*%evt.type", "--", "sh", "-c", "trap '' INT; cat /dev/null; sleep 300");
        awaitOutput(process);
        List<ProcessHandle> traced = process.descendants().toList();
        try {
            signal("INT", process.pid());
            assertThat(process.waitFor(2, TimeUnit.SECONDS)).as("ends only with the command: " + err()).isFalse();
            signal("INT", process.pid());
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            traced.forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
