package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What tests need to run real containers: programs that are installed, and a root file system of busybox. */
final class ContainerTools {

    private final Path folder;

    /**
     * Tools of a test.
     *
     * @param folder where its files are
     */
    ContainerTools(Path folder) {
        this.folder = folder;
    }

    /** Skips the test, or with CI=true fails it, unless containers can run here and be traced. */
    static void need(String... programs) throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        need(mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON), "no CAP_BPF and CAP_PERFMON");
        need(mine.has(Capability.CAP_SYS_ADMIN), "no CAP_SYS_ADMIN to run containers");
        for (String program : programs) {
            need(Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, program))), program + " is not installed");
        }
    }

    private static void need(boolean there, String why) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(why).isTrue();
        }
        assumeTrue(there, why);
    }

    /** Runs to the end, within a minute; both outputs are in {@link #said}. */
    Process run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(() -> "still running: " + builder.command()).isTrue();
        return process;
    }

    /** Runs to the end, which must be a good one. */
    void must(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = run(builder);
        assertThat(process.exitValue()).as(() -> builder.command() + ": " + said("out")).isZero();
    }

    /** What a program wrote into a file of this folder. */
    String said(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** Makes a root file system in {@code image}, with a user 1234 named web. */
    void image() throws IOException, InterruptedException {
        must(new ProcessBuilder("/bin/sh", "-c", "mkdir -p image/bin image/etc && cd image"
                + " && cp \"$(command -v busybox)\" bin/busybox && for n in sh true sleep cat; do ln -s busybox bin/$n; done"
                + " && echo 'web:x:1234:1234::/:/bin/sh' > etc/passwd && echo 'web:x:1234:' > etc/group")
                .directory(folder.toFile()));
    }

    /** Ends an engine, by force if it must be. */
    static void end(Process engine) throws InterruptedException {
        if (engine != null) {
            engine.destroy();
            if (!engine.waitFor(30, TimeUnit.SECONDS)) {
                engine.destroyForcibly().waitFor();
            }
        }
    }
}
