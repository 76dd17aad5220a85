package org.syscope.capture.bpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What live tests share: they need CAP_BPF, and where there is none they skip, except in CI, where that is a failure. */
public final class LiveTest {
    private LiveTest() {
    }

    public static void needsBpf() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        need(mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON), "no CAP_BPF and CAP_PERFMON");
    }

    public static void need(boolean there, String why) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(why).isTrue();
        }
        assumeTrue(there, why);
    }

    /** The output and the exit status of a command. */
    public record Output(int status, String text) {
    }

    public static Output run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Output(process.exitValue(), text);
    }

    public static Output run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }
}
