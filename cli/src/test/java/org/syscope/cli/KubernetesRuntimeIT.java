package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

/** Containers that a real containerd runs for Kubernetes have the names that its runtime interface tells, and their pods'. */
@Timeout(300)
final class KubernetesRuntimeIT {

    private static final String FORMAT = "%container.name %container.type %container.image.repository:%container.image.tag"
            + " %k8s.pod.name %k8s.ns.name %k8s.pod.label.app";

    @TempDir
    private static Path folder;
    private static Path socket;
    private static Process engine;
    private static ContainerTools tools;
    private static CriClient kubelet;

    /** A containerd of our own; without CAP_SYS_RESOURCE it may not make processes less likely to be killed. */
    @BeforeAll
    static void startEngine() throws Exception {
        ContainerTools.need("containerd", "ctr", "runc", "busybox", "curl");
        tools = new ContainerTools(folder);
        socket = folder.resolve("containerd.sock");
        Files.writeString(folder.resolve("config.toml"), """
                version = 2
                root = "%1$s/root"
                state = "%1$s/state"
                [grpc]
                  address = "%1$s/containerd.sock"
                [plugins."io.containerd.grpc.v1.cri"]
                  sandbox_image = "localhost/pause:1"
                  disable_apparmor = true
                  restrict_oom_score_adj = true
                [plugins."io.containerd.grpc.v1.cri".containerd]
                  snapshotter = "native"
                """.formatted(folder));
        kubelet = new CriClient(tools, folder, socket);
        start();
        tools.image();
        image("localhost/pause:1");
        image("localhost/bb:1");
        kubelet.start("busy", "localhost/bb:1", "sh", "-c", "while true; do /bin/cat /etc/passwd; sleep 0.1; done");
    }

    private static void start() throws Exception {
        engine = new ProcessBuilder("containerd", "-c", folder.resolve("config.toml").toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        for (int i = 0; i < 300 && !kubelet.isReady(); i++) {
            assertThat(engine.isAlive()).as(() -> "containerd ended: " + tools.said("log")).isTrue();
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private static ProcessBuilder control(String... words) {
        ProcessBuilder builder = new ProcessBuilder("ctr", "-a", socket.toString(), "-n", "k8s.io");
        builder.command().addAll(List.of(words));
        return builder;
    }

    /** An image of one layer in the form that {@code docker save} writes. */
    private static void image(String name) throws IOException, InterruptedException, NoSuchAlgorithmException {
        Path archive = Files.createDirectories(folder.resolve("archive"));
        tools.must(new ProcessBuilder("tar", "cf", archive + "/layer.tar", "-C", folder + "/image", "."));
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(Files.readAllBytes(archive.resolve("layer.tar"))));
        Files.writeString(archive.resolve("config.json"), """
                {"architecture":"amd64","os":"linux","config":{"Cmd":["sleep","3000"],"Env":["PATH=/bin"]},
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},"history":[{"created_by":"a test"}]}""".formatted(digest));
        Files.writeString(archive.resolve("manifest.json"), """
                [{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]""".formatted(name));
        tools.must(new ProcessBuilder("tar", "cf", folder + "/archive.tar", "-C", archive.toString(), "."));
        tools.must(control("image", "import", "--snapshotter", "native", folder + "/archive.tar"));
    }

    @AfterAll
    static void stopEngine() throws Exception {
        if (engine != null) {
            kubelet.removeAll();
            ContainerTools.end(engine);
        }
    }

    private static ContainerTrace trace(String... words) throws IOException {
        String[] all = new String[words.length + 3];
        all[0] = "--cri";
        all[1] = socket.toString();
        all[2] = "--unbuffered";
        System.arraycopy(words, 0, all, 3, words.length);
        return new ContainerTrace(folder, Map.of(), all);
    }

    @Test
    void shortContainersAndTheirPodsAreNamed() throws Exception {
        ContainerTrace trace = trace("-p", FORMAT, "container.id!=host and container.id!=\"\" and proc.name in (cat, true)"
                + " and evt.type=execve");
        trace.untilItSees(line -> line.startsWith("busy "), () -> TimeUnit.MILLISECONDS.sleep(50));
        Set<String> expected = new TreeSet<>();
        for (int i = 0; i < 20; i++) {
            kubelet.start("short" + i, "localhost/bb:1", "/bin/true");
            expected.add("short" + i + " containerd localhost/bb:1 pod-short" + i + " shop web");
        }
        trace.awaits(line -> line.startsWith("short19 ")).stop();
        assertThat(trace.lines().stream().filter(line -> line.startsWith("short")).collect(Collectors.toSet()))
                .isEqualTo(expected);
        assertThat(trace.errors()).doesNotContain("warning", "Exception");
    }

    @Test
    void filtersByImageAndPodMatchThoseOnly() throws Exception {
        ContainerTrace trace = trace("-p", "%container.name", "container.image.repository=localhost/bb"
                + " and k8s.pod.name=pod-busy and k8s.pod.label.app=web");
        trace.untilItSees("busy"::equals, () -> kubelet.start("other" + System.nanoTime(), "localhost/bb:1", "/bin/true")).stop();
        assertThat(trace.lines()).isNotEmpty().allMatch("busy"::equals);
    }

    /** Containers live on without it: their events keep the name; new ones are named once it is back. */
    @Test
    void aRuntimeMayRestartDuringTheTrace() throws Exception {
        ContainerTrace trace = trace("-p", "%container.name %container.id %proc.name", "container.id!=host"
                + " and container.id!=\"\" and evt.type=execve and proc.name in (cat, true)");
        trace.untilItSees(line -> line.startsWith("busy "), () -> TimeUnit.MILLISECONDS.sleep(50));
        ContainerTools.end(engine);
        int before = trace.lines().size();
        for (int i = 0; i < 200 && trace.lines().size() < before + 3; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        start();
        kubelet.start("later", "localhost/bb:1", "/bin/true");
        trace.awaits(line -> line.startsWith("later ")).stop();
        assertThat(trace.lines().size()).isGreaterThan(before + 3);
        assertThat(trace.lines()).allMatch(line -> line.matches("(busy|later) [0-9a-f]{12} (cat|true)"))
                .anyMatch(line -> line.startsWith("later "));
        assertThat(trace.errors().lines().filter(line -> line.contains("warning")).count()).isLessThanOrEqualTo(1);
    }
}
