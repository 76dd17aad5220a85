package org.syscope.capture.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.syscope.capture.event.Text;

/**
 * Containers as JSON, as they are recorded: one object {@code container} whose members are named as in captures of other
 * programs. The members, in their order of appearance over the years:
 *
 * <pre>
 *  id type name image          type is a number, {@link ContainerType#code}
 *  imageid imagerepo imagetag imagedigest
 *  privileged Mounts[{Source Destination Mode RW Propagation}] Healthcheck{exe args} LivenessProbe ReadinessProbe
 *  ip                          "1.2.3.4"
 *  port_mappings[{HostIp HostPort ContainerPort}] labels{} env[] is_pod_sandbox cni_json
 *  memory_limit swap_limit     bytes
 *  cpu_shares cpu_quota cpu_period cpuset_cpu_count     microseconds
 *  created_time                s since the epoch
 *  full_id pod_sandbox_id pod_sandbox_labels{}
 * </pre>
 */
public final class ContainerJson {

    private static final int LOOKUP_SUCCESSFUL = 1;

    private JsonFactory factory;

    private JsonFactory factory() {
        if (factory == null) {
            factory = Json.factory();
        }
        return factory;
    }

    /**
     * Understands a recorded description.
     *
     * @return null if it is not one
     */
    public ContainerInfo read(byte[] json) {
        int length = json.length;
        while (length > 0 && json[length - 1] == 0) {
            length--;
        }
        try {
            return container(Json.read(factory(), json, 0, length).at("container"));
        } catch (IOException notJson) {
            return null;
        }
    }

    /** The description that CONTAINER_E carried. */
    public static ContainerInfo of(Text id, int type, Text name, Text image) {
        ContainerDraft draft = new ContainerDraft(id, typeName(type));
        draft.name = name;
        draft.image(image.toString());
        return draft.build();
    }

    private static ContainerInfo container(Json json) {
        Text id = json.at("id").text();
        if (id.isEmpty()) {
            return null;
        }
        ContainerDraft draft = new ContainerDraft(id, typeName(json.at("type").number(-1)));
        Text fullId = json.at("full_id").text();
        if (!fullId.isEmpty()) {
            draft.fullId = fullId;
        }
        draft.name = json.at("name").text();
        draft.image = json.at("image").text();
        draft.imageId = json.at("imageid").text();
        draft.imageRepository = json.at("imagerepo").text();
        draft.imageTag = json.at("imagetag").text();
        draft.imageDigest = json.at("imagedigest").text();
        draft.privileged = json.at("privileged").bool();
        for (Json mount : json.at("Mounts").items()) {
            draft.mounts.add(mount(mount));
        }
        for (Json port : json.at("port_mappings").items()) {
            draft.ports.add(new ContainerInfo.Port((int) port.at("HostIp").number(0), (int) port.at("HostPort").number(0),
                    (int) port.at("ContainerPort").number(0)));
        }
        json.at("env").items().forEach(variable -> draft.environment.add(variable.text()));
        draft.healthcheck = probe(json.at("Healthcheck"));
        draft.livenessProbe = probe(json.at("LivenessProbe"));
        draft.readinessProbe = probe(json.at("ReadinessProbe"));
        draft.address = json.at("ip").isNumber() ? (int) json.at("ip").number(0)
                : ContainerDraft.address(json.at("ip").string());
        draft.cniJson = json.at("cni_json").text();
        draft.labels = json.at("labels").texts();
        draft.podSandbox = json.at("is_pod_sandbox").isTrue();
        draft.podSandboxId = json.at("pod_sandbox_id").text();
        draft.podLabels = json.at("pod_sandbox_labels").texts();
        draft.limits = new ContainerInfo.Limits(json.at("cpu_shares").number(ContainerInfo.Limits.DEFAULT_SHARES),
                json.at("cpu_quota").number(0), json.at("cpu_period").number(ContainerInfo.Limits.DEFAULT_PERIOD),
                (int) json.at("cpuset_cpu_count").number(0), json.at("memory_limit").number(0),
                json.at("swap_limit").number(0));
        draft.created = json.at("created_time").number(0);
        return draft.build();
    }

    /** A mount, whose members Docker names alike. */
    static ContainerInfo.Mount mount(Json mount) {
        return new ContainerInfo.Mount(mount.at("Source").text(), mount.at("Destination").text(), mount.at("Mode").text(),
                mount.at("RW").isTrue(), mount.at("Propagation").text());
    }

    private static Text probe(Json probe) {
        return ContainerDraft.command(probe.at("exe").string(), probe.at("args").items());
    }

    private static String typeName(long code) {
        ContainerType type = ContainerType.of((int) code);
        return type == null ? "" : type.typeName();
    }

    /** A description to be recorded. */
    public byte[] write(ContainerInfo container) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = factory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeObjectFieldStart("container");
            ContainerType type = ContainerType.named(container.type());
            if (type != null) {
                json.writeNumberField("type", type.code());
            }
            string(json, "id", container.id());
            string(json, "full_id", container.fullId());
            string(json, "name", container.name());
            string(json, "image", container.image());
            string(json, "imageid", container.imageId());
            string(json, "imagerepo", container.imageRepository());
            string(json, "imagetag", container.imageTag());
            string(json, "imagedigest", container.imageDigest());
            if (container.privileged() != null) {
                json.writeBooleanField("privileged", container.privileged());
            }
            json.writeBooleanField("is_pod_sandbox", container.podSandbox());
            json.writeNumberField("lookup_state", LOOKUP_SUCCESSFUL);
            json.writeNumberField("created_time", container.created());
            mounts(json, container);
            probe(json, "Healthcheck", container.healthcheck());
            probe(json, "LivenessProbe", container.livenessProbe());
            probe(json, "ReadinessProbe", container.readinessProbe());
            int address = container.address();
            json.writeStringField("ip", (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "."
                    + (address & 0xff));
            string(json, "cni_json", container.cniJson());
            string(json, "pod_sandbox_id", container.podSandboxId());
            texts(json, "pod_sandbox_labels", container.podLabels());
            ports(json, container);
            texts(json, "labels", container.labels());
            json.writeArrayFieldStart("env");
            for (Text variable : container.environment()) {
                json.writeString(variable.toString());
            }
            json.writeEndArray();
            limits(json, container.limits());
            json.writeNumberField("metadata_deadline", 0);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing into memory failed", impossible);
        }
        return bytes.toByteArray();
    }

    private static void string(JsonGenerator json, String name, Text value) throws IOException {
        json.writeStringField(name, value.toString());
    }

    private static void texts(JsonGenerator json, String name, Map<String, Text> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Text> each : new TreeMap<>(values).entrySet()) {
            string(json, each.getKey(), each.getValue());
        }
        json.writeEndObject();
    }

    private static void mounts(JsonGenerator json, ContainerInfo container) throws IOException {
        json.writeArrayFieldStart("Mounts");
        for (ContainerInfo.Mount mount : container.mounts()) {
            json.writeStartObject();
            string(json, "Source", mount.source());
            string(json, "Destination", mount.destination());
            string(json, "Mode", mount.mode());
            json.writeBooleanField("RW", mount.writable());
            string(json, "Propagation", mount.propagation());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Readers put program and arguments together again; a whole line as program reads the same. */
    private static void probe(JsonGenerator json, String name, Text command) throws IOException {
        if (!command.isEmpty()) {
            json.writeObjectFieldStart(name);
            string(json, "exe", command);
            json.writeArrayFieldStart("args");
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void ports(JsonGenerator json, ContainerInfo container) throws IOException {
        json.writeArrayFieldStart("port_mappings");
        for (ContainerInfo.Port port : container.ports()) {
            json.writeStartObject();
            json.writeNumberField("HostIp", Integer.toUnsignedLong(port.hostAddress()));
            json.writeNumberField("HostPort", port.hostPort());
            json.writeNumberField("ContainerPort", port.containerPort());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void limits(JsonGenerator json, ContainerInfo.Limits limits) throws IOException {
        json.writeNumberField("memory_limit", limits.memory());
        json.writeNumberField("swap_limit", limits.swap());
        json.writeNumberField("cpu_shares", limits.cpuShares());
        json.writeNumberField("cpu_quota", limits.cpuQuota());
        json.writeNumberField("cpu_period", limits.cpuPeriod());
        json.writeNumberField("cpuset_cpu_count", limits.cpus());
    }
}
