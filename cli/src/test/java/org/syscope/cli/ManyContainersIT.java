package org.syscope.cli;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two hundred containers that run already do not keep the first event back, and all get their names. */
@Timeout(120)
final class ManyContainersIT {

    private static final int CONTAINERS = 200;

    @TempDir
    private Path folder;

    /** A hierarchy of control groups that events tell of: the one of version 1 for CPU time, or the one of version 2. */
    private static Path hierarchy() {
        Path cpu = Path.of("/sys/fs/cgroup/cpu");
        return Files.isDirectory(cpu) ? cpu : Path.of("/sys/fs/cgroup");
    }

    private static String id(int number) {
        return "%012x".formatted(0xC0FFEE000000L + number) + "d".repeat(52);
    }

    /** Says what Docker says of a container: its name is the last digits of the id. */
    private static void answer(SocketChannel client) {
        try (client) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 14);
            StringBuilder request = new StringBuilder();
            while (client.read(bytes) >= 0) {
                request.append(StandardCharsets.US_ASCII.decode(bytes.flip()));
                bytes.clear();
                if (request.indexOf("\r\n\r\n") >= 0) {
                    String path = request.substring(4, request.indexOf(" HTTP"));
                    request.setLength(0);
                    int at = path.indexOf("/containers/");
                    String body = at < 0 ? "{}" : """
                            {"Id":"%s","Name":"/c%s","Config":{"Image":"bb:1"},"State":{"Running":true}}"""
                            .formatted(path.substring(at + 12, at + 24) + "d".repeat(52), path.substring(at + 20, at + 24));
                    client.write(ByteBuffer.wrap(("HTTP/1.1 " + (at < 0 ? "404 Not Found" : "200 OK")
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII)));
                }
            }
        } catch (IOException gone) {
            // the program has ended
        }
    }

    @Test
    void theFirstEventComesAtOnceAndAllAreNamed() throws Exception {
        ContainerTools.need("busybox");
        List<Path> groups = new ArrayList<>();
        List<Process> inhabitants = new ArrayList<>();
        Path parent = hierarchy().resolve("docker-of-a-test");
        Path socket = folder.resolve("docker.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        SocketChannel client = server.accept();
                        Thread.ofVirtual().start(() -> answer(client));
                    }
                } catch (IOException closed) {
                    // the test is over
                }
            });
            for (int i = 0; i < CONTAINERS; i++) {
                Path group = Files.createDirectories(parent.resolve("docker").resolve(id(i)));
                groups.add(group);
                inhabitants.add(new ProcessBuilder("/bin/sh", "-c", "echo $$ > " + group.resolve("cgroup.procs")
                        + "; while :; do sleep 1; done").start());
            }
            long quick = firstLine(folder.resolve("none.sock"), "-p", "%evt.num");
            long named = firstLine(socket, "-p", "%evt.num %container.name");
            assertThat(TimeUnit.NANOSECONDS.toMillis(named - quick)).as("ms later than without names").isLessThan(1000);
            ContainerTrace trace = new ContainerTrace(folder, Map.of("DOCKER_HOST", "unix://" + socket), "--unbuffered",
                    "-p", "%container.name %container.id", "evt.type=execve and container.id startswith c0ffee");
            String last = "c%04x %s".formatted(CONTAINERS - 1, id(CONTAINERS - 1).substring(0, 12));
            trace.untilItSees(last::equals, () -> TimeUnit.MILLISECONDS.sleep(100));
            TimeUnit.MILLISECONDS.sleep(1500);
            trace.stop();
            assertThat(trace.lines().stream().distinct()).hasSize(CONTAINERS)
                    .allMatch(line -> line.matches("c([0-9a-f]{4}) c0ffee00\\1"));
        } finally {
            for (Process process : inhabitants) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().exec(new String[]{"/bin/sh", "-c", "sleep 1.2; find " + parent
                    + " -depth -type d -exec rmdir {} +"}).waitFor();
        }
    }

    /** How long the first line takes, ns. */
    private long firstLine(Path socket, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Launcher.PROGRAM.toString(), "-n", "1"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put("DOCKER_HOST", "unix://" + socket);
        long start = System.nanoTime();
        assertThat(builder.start().waitFor()).isZero();
        return System.nanoTime() - start;
    }
}
