package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The tracer in a pid namespace: it refuses, or has the machine's ids from the machine's /proc. */
class PidNamespaceIT {

    @TempDir
    private Path folder;

    @BeforeAll
    static void privileged() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON) && mine.has(Capability.CAP_SYS_ADMIN);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF, CAP_PERFMON and CAP_SYS_ADMIN").isTrue();
        }
        assumeTrue(able, "namespaces and tracing need CAP_SYS_ADMIN, CAP_BPF and CAP_PERFMON");
    }

    @Test
    void whereOnlyTheNamespaceCanBeSeenItRefuses() throws Exception {
        Result result = Launcher.shell("unshare --pid --fork --mount-proc '" + Launcher.PROGRAM + "' -n 1");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.text()).isEmpty();
        assertThat(result.err()).hasLineCount(1).startsWith("syscope: /proc shows a pid namespace, ").contains("HOST_ROOT");
    }

    /** The command's shell tells which id it has in the /proc below {@code root}: all events are its own. */
    private static String traced(String root) {
        return "'" + Launcher.PROGRAM + "' -p '%proc.name %proc.pid %fd.name' evt.type=openat -- sh -c 'read pid rest < " + root
                + "/proc/self/stat; echo self $pid; : < /dev/null; exit 3'";
    }

    private static void check(Result result) {
        assertThat(result.status()).as(result.err()).isEqualTo(3);
        List<String> lines = result.text().lines().toList();
        String pid = lines.stream().filter(line -> line.startsWith("self ")).findFirst().orElseThrow().substring(5);
        assertThat(lines).contains("sh " + pid + " /dev/null")
                .allMatch(line -> line.equals("self " + pid) || line.startsWith("sh " + pid + " "));
    }

    @Test
    void theMachinesProcGivesTheIds() throws Exception {
        check(Launcher.shell("unshare --pid --fork " + traced("")));
    }

    @Test
    void aMountedHostGivesTheIds() throws Exception {
        Path host = folder.resolve("host");
        check(Launcher.shell("unshare --pid --fork --mount sh -c \"mkdir " + host + "; mount --rbind / " + host
                + "; mount -t proc proc /proc; HOST_ROOT=" + host + " exec " + traced(host.toString()).replace("$", "\\$")
                + "\""));
    }
}
