package org.syscope.capture.container;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.syscope.capture.event.Text;

/** Understands what Docker and Podman say of a container ({@code GET /containers/ID/json}) and of its image. */
final class DockerDescription {

    private static final long NANO = 1_000_000_000;

    private final Json container;
    private final Json image;

    /**
     * A description.
     *
     * @param image what is said of its image; null if nothing
     */
    DockerDescription(Json container, Json image) {
        this.container = container;
        this.image = image;
    }

    /** What an event says of a container: its name and its image. */
    static ContainerInfo named(String id, Json attributes, ContainerType type) {
        ContainerDraft draft = new ContainerDraft(ContainerDraft.shortId(id), type.typeName());
        draft.fullId = Text.of(id);
        draft.name = attributes.at("name").text();
        draft.image(attributes.at("image").string());
        return draft.build();
    }

    ContainerInfo container(ContainerType type) {
        Json config = container.at("Config");
        Json host = container.at("HostConfig");
        String id = container.at("Id").string();
        ContainerDraft draft = new ContainerDraft(ContainerDraft.shortId(id), type.typeName());
        draft.fullId = Text.of(id);
        String name = container.at("Name").string();
        draft.name = Text.of(name.startsWith("/") ? name.substring(1) : name);
        image(draft, config.at("Image").string());
        draft.privileged = host.at("Privileged").isTrue();
        for (Json mount : container.at("Mounts").items()) {
            draft.mounts.add(ContainerJson.mount(mount));
        }
        config.at("Env").items().forEach(variable -> draft.environment.add(variable.text()));
        draft.healthcheck = healthcheck(config.at("Healthcheck", "Test").items());
        draft.labels = config.at("Labels").texts();
        network(draft);
        limits(draft, host);
        draft.created = seconds(container.at("Created").string());
        draft.podSandbox = "podsandbox".equals(label(draft, "io.kubernetes.docker.type"))
                || draft.name.toString().startsWith("k8s_POD_") || container.at("IsInfra").isTrue();
        draft.podSandboxId = Text.of(label(draft, "io.kubernetes.sandbox.id"));
        new ProbeLabels(draft).apply();
        return draft.build();
    }

    private static String label(ContainerDraft draft, String name) {
        Text value = draft.labels.get(name);
        return value == null ? "" : value.toString();
    }

    private void image(ContainerDraft draft, String reference) {
        draft.image(reference);
        draft.imageId(container.at("Image").string());
        if (image == null) {
            return;
        }
        for (Json tag : image.at("RepoTags").items()) {
            String repository = tag.string().substring(0, Math.max(0, tag.string().lastIndexOf(':')));
            String own = draft.imageRepository.toString();
            if (own.isEmpty() || reference.startsWith(draft.imageId.toString())) {
                draft.imageRepository = Text.of(repository);
                own = repository;
            }
            if (draft.imageTag.isEmpty() && repository.equals(own)) {
                draft.imageTag = Text.of(tag.string().substring(repository.length() + 1));
            }
        }
        for (Json digest : image.at("RepoDigests").items()) {
            int at = digest.string().indexOf('@');
            boolean own = at >= 0 && digest.string().substring(0, at).equals(draft.imageRepository.toString());
            if (at >= 0 && (own || draft.imageDigest.isEmpty())) {
                draft.imageDigest = Text.of(digest.string().substring(at + 1));
            }
        }
    }

    /** {@code ["CMD", program, argument...]}, {@code ["CMD-SHELL", line]} or {@code ["NONE"]}. */
    private static Text healthcheck(List<Json> test) {
        String kind = test.isEmpty() ? "" : test.getFirst().string();
        List<Json> rest = test.isEmpty() ? test : test.subList(1, test.size());
        return switch (kind) {
            case "CMD" -> ContainerDraft.command("", rest);
            case "CMD-SHELL" -> ContainerDraft.command("/bin/sh -c", rest);
            default -> Text.EMPTY;
        };
    }

    private void network(ContainerDraft draft) {
        Json network = container.at("NetworkSettings");
        draft.address = ContainerDraft.address(network.at("IPAddress").string());
        network.at("Networks").forEach((name, each) -> {
            if (draft.address == 0) {
                draft.address = ContainerDraft.address(each.at("IPAddress").string());
            }
        });
        network.at("Ports").forEach((port, bindings) -> {
            for (Json binding : bindings.items()) {
                int inside = port(port.substring(0, Math.max(0, port.indexOf('/'))));
                int outside = port(binding.at("HostPort").string());
                String address = binding.at("HostIp").string();
                if (inside > 0 && outside > 0 && address.indexOf(':') < 0) {
                    draft.ports.add(new ContainerInfo.Port(ContainerDraft.address(address), outside, inside));
                }
            }
        });
    }

    private static int port(String digits) {
        try {
            int port = Integer.parseInt(digits);
            return port > 0 && port <= 0xffff ? port : 0;
        } catch (NumberFormatException notAPort) {
            return 0;
        }
    }

    private static void limits(ContainerDraft draft, Json host) {
        long shares = host.at("CpuShares").number(0);
        long period = host.at("CpuPeriod").number(0);
        long quota = host.at("CpuQuota").number(0);
        long known = period == 0 ? ContainerInfo.Limits.DEFAULT_PERIOD : period;
        long nanoCpus = host.at("NanoCpus").number(0);
        if (quota == 0 && nanoCpus > 0) {
            quota = Math.round((double) nanoCpus / NANO * known);
        }
        draft.limits = new ContainerInfo.Limits(shares == 0 ? ContainerInfo.Limits.DEFAULT_SHARES : shares, quota, known,
                ContainerDraft.cpus(host.at("CpusetCpus").string()), host.at("Memory").number(0),
                host.at("MemorySwap").number(0));
    }

    private static long seconds(String time) {
        try {
            return OffsetDateTime.parse(time).toEpochSecond();
        } catch (DateTimeException unknown) {
            return 0;
        }
    }
}
