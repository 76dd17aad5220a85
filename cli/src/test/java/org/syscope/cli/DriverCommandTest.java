package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code syscope driver} takes, and its one line where something is missing. */
class DriverCommandTest {

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {
    }

    private Run run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = Map.of("HOME", folder.toString(), "PATH", folder.resolve("bin").toString());
        int status = new Program(new StandardOutput(out), new PrintStream(err), environment).run(List.of(words));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void wrong(String message, String... words) {
        Run run = run(words);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains(message);
    }

    private void failed(String message, String... words) {
        Run run = run(words);
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().reduce((first, second) -> second).orElseThrow()).startsWith("syscope: ").contains(message);
    }

    @Test
    void wordsThatMakeNoSense() {
        wrong("takes one of build", "driver");
        wrong("takes one of build", "driver", "install");
        wrong("takes one of build", "driver", "unload", "now");
        wrong("takes one of build", "driver", "load", "a.ko", "b.ko");
        wrong("'universal' is neither bpf nor kmod", "driver", "build", "universal");
        wrong("option --kernel-dir needs an argument", "driver", "build", "kmod", "--kernel-dir");
        wrong("say which driver it is for", "driver", "build", "-o", "out");
    }

    @Test
    void whatIsMissing() throws IOException {
        failed("there is no folder /nowhere", "driver", "build", "kmod", "--kernel-dir=/nowhere");
        failed("has no kernel headers", "driver", "build", "bpf", "--kernel-dir", folder.toString());
        Files.createDirectories(folder.resolve("include/generated"));
        Files.createDirectories(folder.resolve("include/linux"));
        Files.writeString(folder.resolve("include/generated/utsrelease.h"), "#define UTS_RELEASE \"6.1.0-1-test\"\n");
        Files.writeString(folder.resolve("include/linux/sched.h"), "");
        failed("no clang to compile the probe with", "driver", "build", "bpf", "--kernel-dir", folder.toString());
        failed("no make to build it with; install it: ", "driver", "build", "kmod", "--kernel-dir", folder.toString());
        failed("there is no " + folder.resolve("none.ko"), "driver", "load", folder.resolve("none.ko").toString());
    }

    @Test
    void theStatusHasALineForEachDriverAndTool() {
        Run run = run("driver", "status");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]))
                .containsExactly("kernel", "universal", "bpf", "kmod", "module", "headers", "clang", "make", "gcc");
        assertThat(run.out()).contains("bpf        not ready: ").contains("build it: syscope driver build bpf")
                .contains("make       missing; install it: ");
    }
}
