package org.syscope.capture.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Engines are asked without waiting for them, and whatever they do the one who asks goes on. */
@Timeout(60)
final class ContainerResolverTest {

    private static final String FULL_ID = "697956520d89" + "0123456789abcdef".repeat(3) + "abcd";
    private static final Text ID = Text.of("697956520d89");
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(300);
    private static final String CONTAINER = """
            {"Id":"%s","Created":"2024-01-02T03:04:05.6Z","Name":"/web1","Image":"sha256:aa11",
             "HostConfig":{"Privileged":true,"CpuShares":0,"NanoCpus":500000000,"CpusetCpus":"0-2,7",
              "Memory":1024,"MemorySwap":-1},
             "Mounts":[{"Source":"/a","Destination":"/b","Mode":"z","RW":true,"Propagation":"rprivate"}],
             "Config":{"Env":["X=y"],"Image":"r.example:5000/nginx","Labels":{"a":"b","io.kubernetes.sandbox.id":"77"},
              "Healthcheck":{"Test":["CMD-SHELL","curl x"]}},
             "NetworkSettings":{"IPAddress":"","Networks":{"n":{"IPAddress":"172.17.0.2"}},
              "Ports":{"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"},{"HostIp":"::","HostPort":"8080"}],"81/tcp":null}}}
            """.formatted(FULL_ID);
    private static final String IMAGE = """
            {"RepoTags":["other:2","r.example:5000/nginx:1"],
             "RepoDigests":["other@sha256:22","r.example:5000/nginx@sha256:11"]}""";

    @TempDir
    private Path folder;
    private final List<String> warnings = new ArrayList<>();
    private ContainerResolver resolver;

    @AfterEach
    void end() {
        if (resolver != null) {
            resolver.close();
        }
    }

    private Path socket(String name) {
        return folder.resolve(name);
    }

    private void resolver(String... sockets) {
        List<Engine> engines = new ArrayList<>();
        for (String name : sockets) {
            engines.add(new DockerEngine(socket(name), ContainerType.DOCKER, PATIENCE));
        }
        resolver = new ContainerResolver(engines, warnings::add);
    }

    private static ContainerId docker(Text id) {
        return new ContainerId(id, ContainerType.DOCKER);
    }

    /** What is found out about the container; null if the search ends without. */
    private ContainerInfo find(Text id) throws InterruptedException {
        resolver.request(docker(id));
        return await(id);
    }

    private ContainerInfo await(Text id) throws InterruptedException {
        ContainerInfo found = resolver.poll();
        while (found == null && resolver.isAwaited(id)) {
            TimeUnit.MILLISECONDS.sleep(1);
            found = resolver.poll();
        }
        return found;
    }

    private static void honest(String path, OutputStream out) throws IOException, InterruptedException {
        if (path.startsWith("/containers/" + ID)) {
            FakeEngine.sendChunked(out, CONTAINER, 100);
        } else if (path.startsWith("/images/sha256:aa11")) {
            FakeEngine.send(out, 200, IMAGE);
        } else if (path.startsWith("/events")) {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            TimeUnit.HOURS.sleep(1);
        } else {
            FakeEngine.send(out, 404, "{\"message\":\"no such container\"}");
        }
    }

    @Test
    void everythingThatTheEngineSays() throws Exception {
        try (FakeEngine engine = new FakeEngine(socket("a"), ContainerResolverTest::honest)) {
            resolver("a");
            ContainerInfo container = find(ID);
            assertThat(container.id()).isEqualTo(ID);
            assertThat(container.fullId()).hasToString(FULL_ID);
            assertThat(container.type()).isEqualTo("docker");
            assertThat(container.name()).hasToString("web1");
            assertThat(container.image()).hasToString("r.example:5000/nginx");
            assertThat(container.imageId()).hasToString("aa11");
            assertThat(container.imageRepository()).hasToString("r.example:5000/nginx");
            assertThat(container.imageTag()).hasToString("1");
            assertThat(container.imageDigest()).hasToString("sha256:11");
            assertThat(container.privileged()).isTrue();
            assertThat(container.mounts()).containsExactly(
                    new ContainerInfo.Mount(Text.of("/a"), Text.of("/b"), Text.of("z"), true, Text.of("rprivate")));
            assertThat(container.environment()).containsExactly(Text.of("X=y"));
            assertThat(container.labels()).containsEntry("a", Text.of("b"));
            assertThat(container.healthcheck()).hasToString("/bin/sh -c curl x");
            assertThat(container.address()).isEqualTo(0xAC110002);
            assertThat(container.ports()).containsExactly(new ContainerInfo.Port(0, 8080, 80));
            assertThat(container.limits()).isEqualTo(new ContainerInfo.Limits(1024, 50_000, 100_000, 4, 1024, -1));
            assertThat(container.created()).isEqualTo(1704164645);
            assertThat(container.podSandboxId()).hasToString("77");
            assertThat(engine.asked).contains("/containers/697956520d89/json");
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void anUnknownContainerIsNotAskedForAtEachEvent() throws Exception {
        try (FakeEngine engine = new FakeEngine(socket("a"), ContainerResolverTest::honest)) {
            resolver("a");
            Text stranger = Text.of("ffffffffffff");
            assertThat(find(stranger)).isNull();
            for (int i = 0; i < 1000; i++) {
                assertThat(resolver.request(docker(stranger))).isFalse();
            }
            assertThat(engine.asked.stream().filter(path -> path.contains("ffffffffffff"))).hasSize(1);
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void noSocketIsNoFault() throws Exception {
        resolver("none");
        assertThat(find(ID)).isNull();
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hangs", "hangs in its head", "closes", "garbage", "not json", "half", "10 MB", "endless head",
        "error", "no container", "deep", "slow"})
    void whateverASocketDoes(String what) throws Exception {
        try (FakeEngine bad = new FakeEngine(socket("bad"), (path, out) -> misbehave(what, out));
                FakeEngine good = new FakeEngine(socket("good"), ContainerResolverTest::honest)) {
            resolver("bad", "good");
            long start = System.nanoTime();
            ContainerInfo found = find(ID);
            assertThat(found).as("the other engine's answer").isNotNull();
            assertThat(found.name()).hasToString("web1");
            while (resolver.isAwaited(ID)) {
                resolver.poll();
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
            for (int i = 0; i < 5; i++) {
                find(Text.of("00000000000" + i));
            }
            resolver.poll();
            assertThat(warnings).as("one warning for the socket").hasSize(1);
            assertThat(warnings.getFirst()).startsWith("containers of " + socket("bad") + " have no names: ")
                    .doesNotContain("\n");
            assertThat(good.asked).isNotEmpty();
            assertThat(bad.asked).isNotEmpty();
        }
    }

    private static void misbehave(String what, OutputStream out) throws IOException, InterruptedException {
        byte[] block = "x".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        switch (what) {
            case "hangs" -> TimeUnit.HOURS.sleep(1);
            case "hangs in its head" -> {
                out.write("HTTP/1.1 200 OK\r\nContent-".getBytes(StandardCharsets.US_ASCII));
                TimeUnit.HOURS.sleep(1);
            }
            case "closes" -> out.flush();
            case "garbage" -> out.write(new byte[]{(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13});
            case "not json" -> FakeEngine.send(out, 200, "<html>");
            case "half" -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"Id\":".getBytes(StandardCharsets.US_ASCII));
            case "10 MB" -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n{\"Id\":\"".getBytes(StandardCharsets.US_ASCII));
                for (int i = 0; i < 160; i++) {
                    out.write(block);
                }
            }
            case "endless head" -> {
                out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write("A: b\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
            case "error" -> FakeEngine.send(out, 500, "{}");
            case "no container" -> FakeEngine.send(out, 200, "{\"x\":1}");
            case "deep" -> FakeEngine.send(out, 200, "[".repeat(100_000));
            case "slow" -> {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write(' ');
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            default -> throw new IllegalArgumentException(what);
        }
    }

    @Test
    void anEngineThatStartsAgainIsUsedAgain() throws Exception {
        resolver("a");
        FakeEngine first = new FakeEngine(socket("a"), ContainerResolverTest::honest);
        assertThat(find(ID)).isNotNull();
        first.close();
        assertThat(find(Text.of("eeeeeeeeeeee"))).isNull();
        try (FakeEngine second = new FakeEngine(socket("a"), ContainerResolverTest::honest)) {
            assertThat(find(Text.of(ID + "0"))).isNotNull();
            assertThat(second.asked).isNotEmpty();
        }
    }

    @Test
    void containersAreKnownBeforeTheyAreAskedFor() throws Exception {
        try (FakeEngine engine = new FakeEngine(socket("a"), (path, out) -> {
            if (path.startsWith("/events")) {
                FakeEngine.sendChunked(out, """
                        {"Type":"container","Action":"exec_start: sh","Actor":{"ID":"0000"}}
                        {"Type":"container","Action":"create","Actor":{"ID":"%s"}}
                        """.formatted(FULL_ID), 7);
                TimeUnit.HOURS.sleep(1);
            } else {
                honest(path, out);
            }
        })) {
            resolver("a");
            ContainerInfo told = resolver.poll();
            while (told == null) {
                TimeUnit.MILLISECONDS.sleep(1);
                told = resolver.poll();
            }
            assertThat(told.name()).hasToString("web1");
            assertThat(engine.asked).doesNotContain("/containers/0000/json");
        }
    }

    /** Podman refuses to describe a container that it is taking down; it goes on telling of others. */
    @Test
    void aContainerThatIsGoneIsNamedAsItWasTold() throws Exception {
        try (FakeEngine engine = new FakeEngine(socket("a"), (path, out) -> {
            if (path.startsWith("/events")) {
                FakeEngine.sendChunked(out, """
                        {"Action":"create","Actor":{"ID":"feed01","Attributes":{"name":"brief","image":"r.example/bb:1"}}}
                        {"Action":"create","Actor":{"ID":"feed02"}}
                        {"Action":"create","Actor":{"ID":"%s"}}
                        """.formatted(FULL_ID), 7);
                TimeUnit.HOURS.sleep(1);
            } else if (path.contains("feed")) {
                FakeEngine.send(out, 500, "{\"message\":\"container state improper\"}");
            } else {
                honest(path, out);
            }
        })) {
            resolver("a");
            List<ContainerInfo> told = new ArrayList<>();
            while (told.size() < 2) {
                ContainerInfo next = resolver.poll();
                if (next == null) {
                    TimeUnit.MILLISECONDS.sleep(1);
                } else {
                    told.add(next);
                }
            }
            assertThat(told).extracting(each -> each.name().toString()).containsExactly("brief", "web1");
            assertThat(told).extracting(ContainerInfo::isNameOnly).containsExactly(true, false);
            assertThat(told.getFirst().imageRepository()).hasToString("r.example/bb");
            assertThat(told.getFirst().imageTag()).hasToString("1");
            assertThat(engine.asked.stream().filter(path -> path.startsWith("/events"))).hasSize(1);
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void whoRefusesOnceIsAskedAgainAtOnce() throws Exception {
        AtomicInteger refusals = new AtomicInteger();
        try (FakeEngine engine = new FakeEngine(socket("a"), (path, out) -> {
            if (path.startsWith("/containers") && refusals.getAndIncrement() == 0) {
                FakeEngine.send(out, 409, "{\"message\":\"being made\"}");
            } else {
                honest(path, out);
            }
        })) {
            resolver("a");
            assertThat(find(ID).name()).hasToString("web1");
            assertThat(engine.asked.stream().filter(path -> path.startsWith("/containers"))).hasSize(2);
            assertThat(warnings).isEmpty();
        }
    }

    /** Its containers may all be in a bad way: the next one is asked for without a rest, and what it says is passed on. */
    @Test
    void whoAlwaysRefusesIsQuoted() throws Exception {
        String reason = "locked\u001b[2J" + "x".repeat(5000);
        try (FakeEngine engine = new FakeEngine(socket("a"),
                (path, out) -> FakeEngine.send(out, 500, "{\"message\":\"" + reason.replace("\u001b", "\\u001b") + "\"}"))) {
            resolver("a");
            for (int i = 0; i < 4; i++) {
                assertThat(find(Text.of("00000000000" + i))).isNull();
            }
            resolver.poll();
            assertThat(warnings).containsExactly(
                    "containers of " + socket("a") + " have no names: it answered with status 500: locked");
            assertThat(engine.asked).contains("/containers/000000000003/json");
        }
    }

    @Test
    void whatIsNamedByItsPathNeedsNoEngine() {
        resolver();
        resolver.request(new ContainerId(Text.of("box"), ContainerType.LXC));
        ContainerInfo container = resolver.poll();
        assertThat(container.name()).hasToString("box");
        assertThat(container.type()).isEqualTo("lxc");
    }
}
