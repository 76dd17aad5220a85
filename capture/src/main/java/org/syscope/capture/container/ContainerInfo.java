package org.syscope.capture.container;

import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Text;

/**
 * What an engine says of a container. Texts that it does not say are empty.
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
 * @param healthcheck command of the health check; empty if there is none
 * @param livenessProbe command of the liveness probe; empty if there is none
 * @param readinessProbe command of the readiness probe; empty if there is none
 * @param address IPv4 address, 1.2.3.4 as 0x01020304; 0 if not known
 * @param cniJson result of the network plugin for the pod's sandbox
 * @param labels labels of the container
 * @param podSandboxId whole id of the pod's sandbox; empty outside of Kubernetes
 * @param podLabels labels of the pod
 */
public record ContainerInfo(Text id, Text fullId, String type, Text name, Text image, Text imageId, Text imageRepository,
        Text imageTag, Text imageDigest, Boolean privileged, List<Mount> mounts, Text healthcheck, Text livenessProbe,
        Text readinessProbe, int address, Text cniJson, Map<String, Text> labels, Text podSandboxId,
        Map<String, Text> podLabels) {

    /** Label of the pod's name. */
    public static final String POD_NAME = "io.kubernetes.pod.name";
    /** Label of the pod's namespace. */
    public static final String POD_NAMESPACE = "io.kubernetes.pod.namespace";
    /** Label of the pod's unique id. */
    public static final String POD_UID = "io.kubernetes.pod.uid";

    /** Copies lists and maps. */
    public ContainerInfo {
        mounts = List.copyOf(mounts);
        labels = Map.copyOf(labels);
        podLabels = Map.copyOf(podLabels);
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
}
