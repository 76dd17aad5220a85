package org.syscope.capture.container;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.syscope.capture.event.Text;

/**
 * A Kubernetes runtime, containerd or CRI-O, over the Container Runtime Interface. Numbers of fields are those of its
 * {@code api.proto}, the same in v1 and v1alpha2. An id is looked for by lists, which are empty where a question for one
 * container would be refused; its pod's sandbox tells address and labels.
 */
final class CriEngine implements Engine {

    private static final int MAX_ANSWER = 4 << 20;
    private static final String[] VERSIONS = {"v1", "v1alpha2"};
    private static final long NANO = 1_000_000_000;
    private static final String SHA = "sha256:";
    private static final List<String> PROPAGATION = List.of("private", "rslave", "rshared");
    /** {@code verbose} of a status request: field 2, true. */
    private static final byte[] VERBOSE = {0x10, 1};

    private final Path path;
    private final long nanos;
    private final JsonFactory json = Json.factory();
    private String version;
    private ContainerType type;

    /**
     * A runtime.
     *
     * @param nanos how long an answer may take, ns
     */
    CriEngine(Path path, long nanos) {
        this.path = path;
        this.nanos = nanos;
    }

    @Override
    public String socket() {
        return path.toString();
    }

    @Override
    public boolean isThere() {
        return Files.exists(path);
    }

    @Override
    public boolean mayRun(ContainerType other) {
        return other != ContainerType.PODMAN;
    }

    @Override
    public ContainerInfo inspect(String id) throws IOException {
        if (type == null) {
            greet();
        }
        byte[] filter = Protobuf.message(1, Protobuf.message(1, id));
        Protobuf container = must("ListContainers", filter).at(1);
        if (!container.at(1).text().isEmpty()) {
            return container(container);
        }
        Protobuf pod = must("ListPodSandbox", filter).at(1);
        return pod.at(1).text().isEmpty() ? null : sandbox(pod.at(1).string());
    }

    private void greet() throws IOException {
        for (String each : VERSIONS) {
            version = each;
            byte[] answer = call("Version", new byte[0]);
            if (answer != null) {
                String name = Protobuf.of(answer).at(2).string();
                type = name.equals("containerd") ? ContainerType.CONTAINERD
                        : name.equals("cri-o") ? ContainerType.CRIO : ContainerType.CRI;
                return;
            }
        }
        throw new IOException("it does not speak the Container Runtime Interface");
    }

    private byte[] call(String method, byte[] message) throws IOException {
        try (UnixStream stream = UnixStream.connect(path, nanos)) {
            return new Grpc(stream, MAX_ANSWER).call("/runtime." + version + ".RuntimeService/" + method, message);
        }
    }

    private Protobuf must(String method, byte[] message) throws IOException {
        byte[] answer = call(method, message);
        if (answer == null) {
            throw new IOException("it refused " + method);
        }
        return Protobuf.of(answer);
    }

    /** The status of a container or sandbox, with all that the runtime knows; nothing if it is gone by now. */
    private Protobuf status(String method, String id) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(Protobuf.message(1, id));
        request.writeBytes(VERBOSE);
        byte[] answer = call(method, request.toByteArray());
        return Protobuf.of(answer == null ? new byte[0] : answer);
    }

    private Json information(Protobuf answer, int field) {
        Text information = answer.texts(field).get("info");
        try {
            return information == null ? Json.NOTHING : Json.read(json, information.array(), 0, information.length());
        } catch (IOException notJson) {
            return Json.NOTHING;
        }
    }

    private ContainerInfo container(Protobuf listed) throws IOException {
        String id = listed.at(1).string();
        ContainerDraft draft = draft(id, listed.at(3, 1).text());
        draft.created = listed.number(7) / NANO;
        draft.labels = listed.texts(8);
        image(draft, listed.at(4, 1).string(), listed.at(5).string());
        Protobuf answer = status("ContainerStatus", id);
        Protobuf status = answer.at(1);
        image(draft, status.at(8, 1).string(), status.at(9).string());
        for (Protobuf mount : status.messages(14)) {
            int propagation = (int) mount.number(5);
            draft.mounts.add(new ContainerInfo.Mount(mount.at(2).text(), mount.at(1).text(), Text.EMPTY, mount.number(3) == 0,
                    Text.of(propagation >= 0 && propagation < PROPAGATION.size() ? PROPAGATION.get(propagation) : "")));
        }
        more(draft, information(answer, 2));
        sandbox(draft, listed.at(2).string());
        new ProbeLabels(draft).apply();
        return draft.build();
    }

    private ContainerDraft draft(String id, Text name) {
        ContainerDraft draft = new ContainerDraft(ContainerDraft.shortId(id), type.typeName());
        draft.fullId = Text.of(id);
        draft.name = name;
        return draft;
    }

    private static void image(ContainerDraft draft, String name, String reference) {
        if (!name.isEmpty() && !name.startsWith(SHA) || draft.image.isEmpty()) {
            draft.image(name.isEmpty() ? reference : name);
        }
        int at = reference.indexOf('@');
        if (at >= 0) {
            draft.imageDigest = Text.of(reference.substring(at + 1));
        } else if (!reference.isEmpty()) {
            draft.imageId(reference);
        }
    }

    /** What the runtime was asked for, in JSON that both runtimes write much alike. */
    private static void more(ContainerDraft draft, Json information) {
        Json security = information.at("config", "linux", "security_context");
        draft.privileged = information.at("privileged").isTrue() || security.at("privileged").isTrue();
        Json specification = information.at("runtimeSpec");
        specification.at("process", "env").items().forEach(variable -> draft.environment.add(variable.text()));
        Json cpu = specification.at("linux", "resources", "cpu");
        Json memory = specification.at("linux", "resources", "memory");
        draft.limits = new ContainerInfo.Limits(cpu.at("shares").number(ContainerInfo.Limits.DEFAULT_SHARES),
                cpu.at("quota").number(0), cpu.at("period").number(ContainerInfo.Limits.DEFAULT_PERIOD),
                ContainerDraft.cpus(cpu.at("cpus").string()), memory.at("limit").number(0), memory.at("swap").number(0));
        String id = information.at("config", "image", "image").string();
        if (draft.imageId.isEmpty() && id.startsWith(SHA)) {
            draft.imageId(id);
        }
    }

    private ContainerInfo sandbox(String id) throws IOException {
        ContainerDraft draft = draft(id, Text.EMPTY);
        draft.podSandbox = true;
        draft.privileged = false;
        Protobuf status = sandbox(draft, id);
        draft.name = status.at(2, 1).text();
        draft.created = status.number(4) / NANO;
        draft.labels.putAll(draft.podLabels);
        return draft.build();
    }

    private Protobuf sandbox(ContainerDraft draft, String id) throws IOException {
        Protobuf answer = status("PodSandboxStatus", id);
        Protobuf status = answer.at(1);
        draft.podSandboxId = Text.of(id);
        draft.podLabels = status.texts(7);
        draft.address = ContainerDraft.address(status.at(5, 1).string());
        Json network = information(answer, 2).at("cniResult", "Interfaces");
        Text annotated = status.texts(8).get("io.kubernetes.cri-o.CNIResult");
        draft.cniJson = annotated != null ? annotated : network.isObject() ? Text.of(network.write()) : Text.EMPTY;
        label(draft, ContainerInfo.POD_NAME, status.at(2, 1).text());
        label(draft, ContainerInfo.POD_UID, status.at(2, 2).text());
        label(draft, ContainerInfo.POD_NAMESPACE, status.at(2, 3).text());
        return status;
    }

    /** The kubelet labels containers with their pod; who else makes pods may not. */
    private static void label(ContainerDraft draft, String name, Text value) {
        if (!value.isEmpty()) {
            draft.labels.putIfAbsent(name, value);
        }
    }

    @Override
    public boolean listen(Consumer<ContainerInfo> told) {
        return false;
    }

    @Override
    public void close() {
        // every call has a connection of its own, and an end
    }
}
