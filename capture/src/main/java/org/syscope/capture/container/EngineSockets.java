package org.syscope.capture.container;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where engines listen: the usual places of Docker, Podman, containerd and CRI-O, also of those that users run without being
 * root, and what the environment says ({@code DOCKER_HOST}, {@code CONTAINER_HOST}, {@code CONTAINER_RUNTIME_ENDPOINT}, each
 * {@code unix://PATH}).
 */
public final class EngineSockets {

    private static final String UNIX = "unix://";
    private static final List<String> RUNTIMES = List.of("/run/containerd/containerd.sock",
            "/run/k3s/containerd/containerd.sock", "/run/k0s/containerd.sock", "/run/crio/crio.sock", "/run/cri-dockerd.sock");

    private final Map<Path, ContainerType> sockets = new LinkedHashMap<>();
    private final long nanos;
    private final long runtimeNanos;

    private EngineSockets(long nanos, long runtimeNanos) {
        this.nanos = nanos;
        this.runtimeNanos = runtimeNanos;
    }

    /**
     * The sockets of this machine. An engine may start later: its socket need not be there yet, except those of users.
     *
     * @param root where the host's file system is mounted; empty for this one
     * @param environment the variables that may name more
     * @param runtimes sockets of Kubernetes runtimes that are asked instead of those at the usual places; may be empty
     * @param nanos how long an answer of Docker or Podman may take, ns
     * @param runtimeNanos how long one of a Kubernetes runtime may take, ns
     */
    public static EngineSockets of(String root, Map<String, String> environment, List<String> runtimes, long nanos,
            long runtimeNanos) {
        EngineSockets found = new EngineSockets(nanos, runtimeNanos);
        found.named(environment.get("DOCKER_HOST"), ContainerType.DOCKER);
        found.named(environment.get("CONTAINER_HOST"), ContainerType.PODMAN);
        found.add(Path.of(root + "/run/docker.sock"), ContainerType.DOCKER);
        found.add(Path.of(root + "/run/podman/podman.sock"), ContainerType.PODMAN);
        try (DirectoryStream<Path> users = Files.newDirectoryStream(Path.of(root + "/run/user"))) {
            for (Path user : users) {
                found.ifThere(user.resolve("docker.sock"), ContainerType.DOCKER);
                found.ifThere(user.resolve("podman/podman.sock"), ContainerType.PODMAN);
            }
        } catch (IOException nobodyLoggedIn) {
            // as on most servers
        }
        found.named(environment.get("CONTAINER_RUNTIME_ENDPOINT"), ContainerType.CRI);
        for (String path : runtimes.isEmpty() ? RUNTIMES : runtimes) {
            found.add(Path.of(root + path), ContainerType.CRI);
        }
        return found;
    }

    private void named(String url, ContainerType type) {
        if (url != null && url.startsWith(UNIX)) {
            add(Path.of(url.substring(UNIX.length())), type);
        }
    }

    private void ifThere(Path path, ContainerType type) {
        if (Files.exists(path)) {
            add(path, type);
        }
    }

    private void add(Path path, ContainerType type) {
        sockets.putIfAbsent(path, type);
    }

    List<Engine> engines() {
        List<Engine> engines = new ArrayList<>();
        sockets.forEach((path, type) -> engines.add(type == ContainerType.CRI ? new CriEngine(path, runtimeNanos)
                : new DockerEngine(path, type, nanos)));
        return engines;
    }
}
