package org.syscope.filters.field;

import java.util.Map;
import java.util.TreeMap;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerLookup;
import org.syscope.capture.event.Text;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.OutputBuffer;

/** The Kubernetes pod of the thread's container, as the labels of container and sandbox tell; no API server is asked. */
final class KubernetesFields extends TableFamily {

    private static final int SHORT_ID = 12;

    private final ContainerLookup containers;

    KubernetesFields(FieldRows rows, FieldEnvironment environment) {
        super("k8s", rows);
        this.containers = environment.containers();
    }

    @FunctionalInterface
    private interface PodGetter {
        boolean get(ContainerInfo container, FieldValue out);
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "k8s.ns.name" -> label(info, ContainerInfo.POD_NAMESPACE);
            case "k8s.pod.name" -> label(info, ContainerInfo.POD_NAME);
            case "k8s.pod.id", "k8s.pod.uid" -> label(info, ContainerInfo.POD_UID);
            case "k8s.pod.sandbox_id" -> pod(info, null, (pod, out) -> {
                out.setBytes(pod.podSandboxId().array(), 0, Math.min(SHORT_ID, pod.podSandboxId().length()));
                return true;
            });
            case "k8s.pod.full_sandbox_id" -> pod(info, null, (pod, out) -> text(out, pod.podSandboxId()));
            case "k8s.pod.label" -> pod(info, argument, (pod, out) -> {
                Text value = sandbox(pod).podLabels().get(argument);
                return value != null && text(out, value);
            });
            case "k8s.pod.labels" -> pod(info, null, (pod, out) -> labels(sandbox(pod).podLabels(), out));
            case "k8s.pod.ip" -> address(info);
            case "k8s.pod.cni.json" -> pod(info, null,
                    (pod, out) -> !sandbox(pod).cniJson().isEmpty() && text(out, sandbox(pod).cniJson()));
            default -> new BoundField(info, argument, (c, out) -> false).only((code, call) -> false);
        };
    }

    private Field pod(FieldInfo info, String argument, PodGetter getter) {
        return thread(info, argument, (t, c, out) -> {
            Text id = c.state().containerId(t);
            ContainerInfo container = id.isEmpty() ? null : containers.find(id);
            return container != null && !container.podSandboxId().isEmpty() && getter.get(container, out);
        });
    }

    private Field label(FieldInfo info, String name) {
        return pod(info, null, (pod, out) -> {
            Text value = pod.labels().get(name);
            return value != null && text(out, value);
        });
    }

    /** The pod's sandbox, which is a container of its own where the engine does not tell of it with each container. */
    private ContainerInfo sandbox(ContainerInfo pod) {
        if (!pod.cniJson().isEmpty() || !pod.podLabels().isEmpty()) {
            return pod;
        }
        Text id = pod.podSandboxId();
        ContainerInfo sandbox = containers.find(Text.copyOf(id.array(), 0, Math.min(SHORT_ID, id.length())));
        return sandbox == null ? pod : sandbox;
    }

    private static boolean labels(Map<String, Text> labels, FieldValue out) {
        out.startBytes();
        boolean first = true;
        for (Map.Entry<String, Text> label : new TreeMap<>(labels).entrySet()) {
            out.append(first ? "" : ", ");
            out.append(label.getKey());
            out.append(':');
            out.append(label.getValue().array(), 0, label.getValue().length());
            first = false;
        }
        return true;
    }

    private Field address(FieldInfo info) {
        OutputBuffer buffer = new OutputBuffer();
        return pod(info, null, (pod, out) -> {
            int address = sandbox(pod).address();
            buffer.clear();
            AddressText.ipv4(buffer, address);
            out.setBytes(buffer.array(), 0, buffer.length());
            return address != 0;
        });
    }
}
