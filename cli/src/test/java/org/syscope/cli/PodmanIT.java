package org.syscope.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Containers of a real Podman have the names that its service tells. */
@Timeout(300)
final class PodmanIT {

    @TempDir
    private static Path folder;
    private static Path socket;
    private static Process service;
    private static ContainerTools tools;

    @BeforeAll
    static void startService() throws Exception {
        ContainerTools.need("podman", "runc", "busybox");
        tools = new ContainerTools(folder);
        socket = folder.resolve("podman.sock");
        tools.image();
        tools.must(new ProcessBuilder("tar", "cf", folder + "/bb.tar", "-C", folder + "/image", "."));
        tools.must(podman("import", folder + "/bb.tar", "localhost/bb:1"));
        service = podman("system", "service", "-t", "0", "unix://" + socket)
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        for (int i = 0; i < 300 && !Files.exists(socket); i++) {
            assertThat(service.isAlive()).as(() -> "podman ended: " + tools.said("log")).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        tools.must(run("-d", "--name", "web1", "localhost/bb:1", "/bin/sh", "-c",
                "while true; do /bin/cat /etc/passwd; /bin/sleep 0.1; done"));
    }

    /** A Podman with a store of its own; the runtime that works where control groups are of both versions. */
    private static ProcessBuilder podman(String... words) {
        List<String> command = new ArrayList<>(List.of("podman", "--root", folder + "/root", "--runroot", folder + "/run",
                "--storage-driver", "vfs", "--runtime", runtime(), "--cgroup-manager=cgroupfs"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private static String runtime() {
        return Files.isExecutable(Path.of("/usr/sbin/runc")) ? "/usr/sbin/runc" : "/usr/bin/runc";
    }

    private static ProcessBuilder run(String... words) {
        ProcessBuilder builder = podman("run", "--network=none", "--ulimit", "nofile=1024:1024", "--ulimit",
                "nproc=1000:1000");
        builder.command().addAll(List.of(words));
        return builder;
    }

    @AfterAll
    static void stopService() throws Exception {
        if (service != null) {
            tools.must(podman("rm", "-f", "-t", "0", "web1"));
            ContainerTools.end(service);
            tools.must(podman("system", "reset", "-f"));
        }
    }

    @Test
    void shortContainersAreNamed() throws Exception {
        ContainerTrace trace = new ContainerTrace(folder, Map.of("CONTAINER_HOST", "unix://" + socket), "--unbuffered", "-p",
                "%container.name %container.type %container.image", "container.id!=host and container.id!=\"\""
                + " and evt.type=execve and proc.name in (cat, true)");
        trace.untilItSees(line -> line.startsWith("web1 "), () -> TimeUnit.MILLISECONDS.sleep(50));
        Set<String> expected = new TreeSet<>(Set.of("web1 podman localhost/bb:1"));
        for (int i = 0; i < 5; i++) {
            tools.must(run("--rm", "--name", "short" + i, "localhost/bb:1", "/bin/true"));
            expected.add("short" + i + " podman localhost/bb:1");
        }
        trace.awaits(line -> line.startsWith("short4 ")).stop();
        assertThat(trace.lines().stream().collect(Collectors.toSet())).as(trace.errors()).isEqualTo(expected);
        assertThat(trace.errors()).doesNotContain("warning", "Exception");
    }
}
