package org.syscope.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Containers of a real Docker engine have their names from the first event, and without an engine still their ids. */
@Timeout(300)
final class ContainerIT {

    /** Threads that ended before the trace could look them up, and those that runc is about to move in, have an empty id. */
    private static final String ANY = "container.id!=host and container.id!=\"\" and evt.type in (execve, openat, open)";

    @TempDir
    private static Path folder;
    private static Path socket;
    private static Process engine;
    private static ContainerTools tools;

    /** An engine of our own, that touches no other that may run here. */
    @BeforeAll
    static void startEngine() throws Exception {
        ContainerTools.need("dockerd", "docker", "busybox");
        tools = new ContainerTools(folder);
        socket = folder.resolve("docker.sock");
        engine = new ProcessBuilder("dockerd", "--iptables=false", "--bridge=none", "--storage-driver=vfs", "--data-root",
                folder.resolve("data").toString(), "--exec-root", folder.resolve("exec").toString(), "--pidfile",
                folder.resolve("pid").toString(), "--host", "unix://" + socket)
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        for (int i = 0; i < 300 && tools.run(docker("version")).exitValue() != 0; i++) {
            assertThat(engine.isAlive()).as(() -> "dockerd ended: " + tools.said("log")).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        tools.image();
        tools.must(new ProcessBuilder("tar", "cf", folder + "/bb.tar", "-C", folder + "/image", "."));
        must("import", folder + "/bb.tar", "bb");
        must("run", "-d", "--network=none", "--name", "web1", "bb", "sleep", "3000");
        must("run", "-d", "--network=none", "--name", "web2", "--env", "A=b", "bb", "sleep", "3000");
    }

    private static ProcessBuilder docker(String... words) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("DOCKER_HOST", "unix://" + socket);
        return builder;
    }

    private static void must(String... words) throws Exception {
        tools.must(docker(words));
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            tools.run(docker("rm", "-f", "web1", "web2"));
            ContainerTools.end(engine);
        }
    }

    private static ContainerTrace trace(Path engineSocket, String... words) throws IOException {
        return new ContainerTrace(folder, Map.of("DOCKER_HOST", "unix://" + engineSocket), words);
    }

    /** Makes web1 do something. */
    private static void touch() throws Exception {
        must("exec", "web1", "cat", "/etc/passwd");
    }

    @Test
    void fiftyOfFiftyShortContainersAreNamed() throws Exception {
        ContainerTrace trace = trace(socket, "--unbuffered", "-p",
                "*%container.name %container.id %container.image.repository", ANY)
                .untilItSees(line -> line.startsWith("web1 "), ContainerIT::touch);
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 50; i++) {
            must("run", "--rm", "--network=none", "--name", "short" + i, "bb", "true");
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
        ContainerTrace trace = trace(socket, "--unbuffered", "-p", "%container.name %evt.type %proc.name", "container.name=web1")
                .untilItSees(line -> line.startsWith("web1 execve"), ContainerIT::touch);
        must("exec", "web2", "cat", "/etc/passwd");
        must("exec", "web1", "cat", "/etc/group");
        trace.stop();
        assertThat(trace.lines()).isNotEmpty().allMatch(line -> line.startsWith("web1 "));
    }

    @Test
    void aCaptureRemembersContainersAndTheirUsers() throws Exception {
        Path file = folder.resolve("containers.scap");
        ContainerTrace trace = trace(socket, "-w", file.toString());
        for (int i = 0; i < 200 && (!Files.exists(file) || Files.size(file) == 0); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        for (int i = 0; i < 3; i++) {
            must("exec", "-u", "1234", "web2", "sleep", "0.3");
        }
        trace.stop();
        Launcher.Result read = Launcher.run("-r", file.toString(),
                "-p", "%container.name %container.image %user.name %group.name",
                "container.name=web2 and proc.name=sleep and evt.type=execve");
        assertThat(read.text().lines()).isNotEmpty().allMatch("web2 bb web web"::equals);
    }

    /** Each file of a rotation names the containers and their users, whichever file they were first seen in. */
    @Test
    void everyFileOfARotationRemembersContainers() throws Exception {
        Path file = folder.resolve("part.scap");
        ContainerTrace trace = trace(socket, "-w", file.toString(), "-e", "5", "-W", "1000",
                "container.name=web2 and proc.name=cat");
        while (!Files.exists(folder.resolve("part.scap0005"))) {
            must("exec", "-u", "1234", "web2", "cat", "/etc/passwd");
        }
        trace.stop();
        try (Stream<Path> parts = Files.list(folder)) {
            List<Path> files = parts.filter(path -> path.getFileName().toString().matches("part\\.scap\\d+")).sorted().toList();
            Path late = files.get(4);
            Launcher.Result read = Launcher.run("-r", late.toString(), "-p", "%container.name %container.image %user.name",
                    "container.id!=host");
            assertThat(read.text().lines()).as(late.toString()).isNotEmpty().allMatch("web2 bb web"::equals);
        }
    }

    @Test
    void healthChecksAreTold() throws Exception {
        ContainerTrace trace = trace(socket, "--unbuffered", "-p", "%proc.is_container_healthcheck %proc.args",
                "container.name=checked and evt.type=execve");
        must("run", "-d", "--network=none", "--name", "checked", "--health-interval=1s", "--health-cmd", "cat /etc/passwd",
                "bb", "sleep", "3000");
        trace.untilItSees("true /etc/passwd"::equals, () -> must("exec", "checked", "cat", "/etc/group")).stop();
        must("rm", "-f", "checked");
        assertThat(trace.lines()).contains("true -c cat /etc/passwd", "false /etc/group")
                .doesNotContain("false /etc/passwd", "true /etc/group", "true 3000");
    }

    @Test
    void withoutAnEngineTheIdsAreThere() throws Exception {
        ContainerTrace trace = trace(folder.resolve("none.sock"), "--unbuffered", "-pc", ANY);
        trace.untilItSees(line -> line.contains(" <NA> ("), ContainerIT::touch).stop();
        assertThat(trace.lines()).allMatch(line -> line.matches("\\d+ [0-9:.]+ \\d+ <NA> \\([0-9a-f]{12}\\) .*"));
        assertThat(trace.errors().lines().filter(line -> !line.contains(" of /run/")))
                .as("totals, beside what engines of this machine may not answer").hasSize(1);
        assertThat(trace.errors()).doesNotContain("none.sock");
    }

    @Test
    void anEngineThatHangsCostsOneWarning() throws Exception {
        Path hanging = folder.resolve("hanging.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(hanging));
            ContainerTrace trace = trace(hanging, "--unbuffered", "-pc", ANY)
                    .untilItSees(line -> line.contains(" <NA> ("), ContainerIT::touch);
            must("exec", "web2", "true");
            for (int i = 0; i < 200 && !trace.errors().contains("no answer"); i++) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            trace.stop();
            assertThat(trace.errors().lines().filter(line -> line.contains(hanging.toString()))).hasSize(1)
                    .allMatch(line -> line.contains("no answer within 2000 ms"));
        }
    }
}
