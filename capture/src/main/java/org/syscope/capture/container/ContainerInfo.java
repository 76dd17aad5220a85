package org.syscope.capture.container;

import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Text;

/**
 * What an engine says of a container. Texts that it does not say are empty. Made by a {@link ContainerDraft}.
 *
 * @param id the id that threads are matched by
 * @param fullId the whole id
 * @param type the engine as {@code container.type} shows it, for example docker
 * @param name the name
 * @param image the image as the engine names it
 * @param imageId id of the image
 * @param imageRepository repository of the image
 * @param imageTag tag of the image
 * @param imageDigest digest of the image in its registry
 * @param privileged whether it was started privileged; null where the engine does not know the notion
 * @param mounts its mounts, in the engine's order
 * @param ports its ports that the host forwards to
 * @param environment variables it was started with, each {@code NAME=value}
 * @param healthcheck command of the health check; empty if there is none
 * @param livenessProbe command of the liveness probe; empty if there is none
 * @param readinessProbe command of the readiness probe; empty if there is none
 * @param address IPv4 address, 1.2.3.4 as 0x01020304; 0 if not known
 * @param cniJson result of the network plugin for the pod's sandbox
 * @param labels labels of the container
 * @param podSandbox whether it is the sandbox of a pod, not a container that somebody asked for
 * @param podSandboxId whole id of the pod's sandbox; empty outside of Kubernetes
 * @param podLabels labels of the pod
 * @param limits what it may use
 * @param created when it was made, s since the epoch; 0 if not known
 */
public record ContainerInfo(Text id, Text fullId, String type, Text name, Text image, Text imageId, Text imageRepository,
        Text imageTag, Text imageDigest, Boolean privileged, List<Mount> mounts, List<Port> ports, List<Text> environment,
        Text healthcheck, Text livenessProbe, Text readinessProbe, int address, Text cniJson, Map<String, Text> labels,
        boolean podSandbox, Text podSandboxId, Map<String, Text> podLabels, Limits limits, long created) {

    /** Label of the pod's name. */
    public static final String POD_NAME = "io.kubernetes.pod.name";
    /** Label of the pod's namespace. */
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    /** Label of the pod's unique id. */
    public static final String POD_UID = "io.kubernetes.pod.uid";

    /** Copies lists and maps. */
    public ContainerInfo {
        mounts = List.copyOf(mounts);
        ports = List.copyOf(ports);
        environment = List.copyOf(environment);
        labels = Map.copyOf(labels);
        podLabels = Map.copyOf(podLabels);
    }

    /** Whether no more than name and image are known, as of a container that was gone before its engine could describe it. */
    public boolean isNameOnly() {
        return privileged == null && imageId.isEmpty() && created == 0;
    }

    /**
     * A mount.
     *
     * @param source path on the host
     * @param destination path in the container
     * @param mode mode as the engine writes it
     * @param writable whether it can be written to
     * @param propagation propagation as the engine writes it
     */
    public record Mount(Text source, Text destination, Text mode, boolean writable, Text propagation) {
    }

    /**
     * A port that the host forwards.
     *
     * @param hostAddress IPv4 address on the host, 1.2.3.4 as 0x01020304; 0 for all
     * @param hostPort port on the host, 0 to 65535
     * @param containerPort port in the container, 0 to 65535
     */
    public record Port(int hostAddress, int hostPort, int containerPort) {
    }

    /**
     * What a container may use; 0 where nothing is set.
     *
     * @param cpuShares its weight among others, 1024 by default
     * @param cpuQuota CPU time that it may use in a period, microseconds
     * @param cpuPeriod length of that period, microseconds
     * @param cpus how many CPUs it may run on
     * @param memory bytes of memory
     * @param swap bytes of memory and swap together
     */
    public record Limits(long cpuShares, long cpuQuota, long cpuPeriod, int cpus, long memory, long swap) {
        /** Shares of a container that nobody limits. */
        public static final long DEFAULT_SHARES = 1024;
        /** Period of a container that nobody limits, microseconds. */
        public static final long DEFAULT_PERIOD = 100_000;
        /** No limits. */
        public static final Limits NONE = new Limits(DEFAULT_SHARES, 0, DEFAULT_PERIOD, 0, 0, 0);
    }
}
