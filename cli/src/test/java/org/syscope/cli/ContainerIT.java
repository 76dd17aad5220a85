package org.syscope.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Containers of a real Docker engine have their names from the first event, and without an engine still their ids. */
@Timeout(300)
final class ContainerIT {

    /** Threads that ended before the trace could look them up, and those that runc is about to move in, have an empty id. */
    private static final String ANY = "container.id!=host and container.id!=\"\" and evt.type in (execve, openat, open)";

    @TempDir
    private static Path folder;
    private static Path socket;
    private static Process engine;

    /** An engine of our own, that touches no other that may run here. */
    @BeforeAll
    static void startEngine() throws Exception {
        Capabilities mine = Capabilities.ofThisThread();
        need(mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON), "no CAP_BPF and CAP_PERFMON");
        need(mine.has(Capability.CAP_SYS_ADMIN), "no CAP_SYS_ADMIN to run containers");
        need(isInstalled("dockerd") && isInstalled("docker"), "docker.io is not installed");
        need(isInstalled("busybox"), "busybox-static is not installed");
        socket = folder.resolve("docker.sock");
        engine = new ProcessBuilder("dockerd", "--iptables=false", "--bridge=none", "--storage-driver=vfs", "--data-root",
                folder.resolve("data").toString(), "--exec-root", folder.resolve("exec").toString(), "--pidfile",
                folder.resolve("pid").toString(), "--host", "unix://" + socket)
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        for (int i = 0; i < 300 && docker("version").exitValue() != 0; i++) {
            assertThat(engine.isAlive()).as(() -> "dockerd ended: " + log()).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        image();
        must(docker("run", "-d", "--network=none", "--name", "web1", "bb", "sleep", "3000"));
        must(docker("run", "-d", "--network=none", "--name", "web2", "--env", "A=b", "bb", "sleep", "3000"));
    }

    private static void need(boolean there, String why) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(why).isTrue();
        }
        assumeTrue(there, why);
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private static String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static void image() throws Exception {
        must(shell("mkdir -p '" + folder + "/image/bin' '" + folder + "/image/etc' && cd '" + folder + "/image'"
                + " && cp \"$(command -v busybox)\" bin/busybox && for n in sh true sleep cat; do ln -s busybox bin/$n; done"
                + " && echo 'web:x:1234:1234::/:/bin/sh' > etc/passwd && echo 'web:x:1234:' > etc/group"
                + " && tar c . | DOCKER_HOST=unix://" + socket + " docker import - bb"));
    }

    private static Process shell(String line) throws IOException, InterruptedException {
        return ended(new ProcessBuilder("/bin/sh", "-c", line));
    }

    private static Process docker(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DOCKER_HOST", "unix://" + socket);
        return ended(builder);
    }

    private static Process ended(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process;
    }

    private static void must(Process process) {
        assertThat(process.exitValue()).as(() -> {
            try {
                return Files.readString(folder.resolve("out"));
            } catch (IOException unreadable) {
                return unreadable.toString();
            }
        }).isZero();
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            docker("rm", "-f", "web1", "web2");
            engine.destroy();
            if (!engine.waitFor(30, TimeUnit.SECONDS)) {
                engine.destroyForcibly().waitFor();
            }
        }
    }

    /** A run of the program, while something else happens. */
    private static final class Trace {
        private final Process process;
        private final Path out = Files.createTempFile(folder, "trace", ".out");
        private final Path err = Files.createTempFile(folder, "trace", ".err");

        Trace(Path engineSocket, String... words) throws IOException {
            List<String> command = new ArrayList<>(List.of(Launcher.PROGRAM.toString()));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().put("DOCKER_HOST", "unix://" + engineSocket);
            process = builder.start();
        }

        List<String> lines() throws IOException {
            return Files.readAllLines(out);
        }

        String errors() throws IOException {
            return Files.readString(err);
        }

        /** Makes web1 do something until the trace has shown it: from then on it sees everything. */
        Trace untilItSees(Predicate<String> line) throws Exception {
            while (lines().stream().noneMatch(line)) {
                assertThat(process.isAlive()).as(this::said).isTrue();
                must(docker("exec", "web1", "cat", "/etc/passwd"));
            }
            return this;
        }

        private String said() {
            try {
                return errors();
            } catch (IOException unreadable) {
                return unreadable.toString();
            }
        }

        /** Waits until the trace has shown a line. */
        Trace awaits(Predicate<String> line) throws Exception {
            for (int i = 0; i < 200 && lines().stream().noneMatch(line); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            return this;
        }

        Trace stop() throws Exception {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(this::said).isZero();
            return this;
        }
    }

    @Test
    void fiftyOfFiftyShortContainersAreNamed() throws Exception {
        Trace trace = new Trace(socket, "--unbuffered", "-p", "*%container.name %container.id %container.image.repository", ANY)
                .untilItSees(line -> line.startsWith("web1 "));
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            must(docker("run", "--rm", "--network=none", "--name", "short" + i, "bb", "true"));
            expected.add("short" + i);
        }
        trace.awaits(line -> line.startsWith("short49 ")).stop();
        Set<String> named = trace.lines().stream().map(line -> line.split(" ")[0])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).containsAll(expected).doesNotContain("<NA>", "host");
        assertThat(trace.lines()).allMatch(line -> line.endsWith(" bb"));
        TreeMap<String, Set<String>> ids = trace.lines().stream().map(line -> line.split(" ")).collect(
                Collectors.groupingBy(parts -> parts[0], TreeMap::new,
                        Collectors.mapping(parts -> parts[1], Collectors.toSet())));
        assertThat(ids.values()).as("one id for each name").allMatch(each -> each.size() == 1);
        assertThat(trace.errors()).doesNotContain("warning", "Exception");
    }

    @Test
    void aFilterByNameMatchesThatContainerOnly() throws Exception {
        Trace trace = new Trace(socket, "--unbuffered", "-p", "%container.name %evt.type %proc.name", "container.name=web1")
                .untilItSees(line -> line.startsWith("web1 execve"));
        must(docker("exec", "web2", "cat", "/etc/passwd"));
        must(docker("exec", "web1", "cat", "/etc/group"));
        trace.stop();
        assertThat(trace.lines()).isNotEmpty().allMatch(line -> line.startsWith("web1 "));
    }

    @Test
    void aCaptureRemembersContainersAndTheirUsers() throws Exception {
        Path file = folder.resolve("containers.scap");
        Trace trace = new Trace(socket, "-w", file.toString());
        for (int i = 0; i < 200 && (!Files.exists(file) || Files.size(file) == 0); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        for (int i = 0; i < 3; i++) {
            must(docker("exec", "-u", "1234", "web2", "sleep", "0.3"));
        }
        trace.stop();
        Launcher.Result read = Launcher.run("-r", file.toString(),
                "-p", "%container.name %container.image %user.name %group.name",
                "container.name=web2 and proc.name=sleep and evt.type=execve");
        assertThat(read.text().lines()).isNotEmpty().allMatch("web2 bb web web"::equals);
    }

    @Test
    void withoutAnEngineTheIdsAreThere() throws Exception {
        Trace trace = new Trace(folder.resolve("none.sock"), "--unbuffered", "-pc", ANY);
        trace.untilItSees(line -> line.contains(" <NA> (")).stop();
        assertThat(trace.lines()).allMatch(line -> line.matches("\\d+ [0-9:.]+ \\d+ <NA> \\([0-9a-f]{12}\\) .*"));
        assertThat(trace.errors().lines()).as("totals only").hasSize(1);
    }

    @Test
    void anEngineThatHangsCostsOneWarning() throws Exception {
        Path hanging = folder.resolve("hanging.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(hanging));
            Trace trace = new Trace(hanging, "--unbuffered", "-pc", ANY).untilItSees(line -> line.contains(" <NA> ("));
            must(docker("exec", "web2", "true"));
            for (int i = 0; i < 200 && !trace.errors().contains("no answer"); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            trace.stop();
            assertThat(trace.errors().lines().filter(line -> line.contains(hanging.toString()))).hasSize(1)
                    .allMatch(line -> line.contains("no answer within 2000 ms"));
        }
    }
}
