package org.syscope.capture.container;

import java.io.IOException;
import java.util.List;
import org.syscope.capture.event.Text;

/**
 * Finds the commands of a pod's liveness and readiness probes, which no runtime knows: they stand in the specification that
 * {@code kubectl apply} leaves as an annotation, which the runtimes keep as a label.
 */
final class ProbeLabels {

    private static final List<String> LABELS = List.of(
            "annotation.kubectl.kubernetes.io/last-applied-configuration",
            "io.kubernetes.container.last-applied-config");
    private static final String CONTAINER_NAME = "io.kubernetes.container.name";

    private final ContainerDraft draft;

    ProbeLabels(ContainerDraft draft) {
        this.draft = draft;
    }

    /** Sets the probes that the draft's labels tell of. */
    void apply() {
        Text name = draft.labels.get(CONTAINER_NAME);
        for (String label : LABELS) {
            Text specification = draft.labels.get(label);
            if (specification == null) {
                continue;
            }
            try {
                Json root = Json.read(Json.factory(), specification.array(), 0, specification.length());
                List<Json> containers = root.at("spec", "containers").items();
                if (containers.isEmpty()) {
                    containers = root.at("spec", "template", "spec", "containers").items();
                }
                for (Json container : containers) {
                    if (name == null || container.at("name").text().equals(name)) {
                        draft.livenessProbe = command(container.at("livenessProbe"), draft.livenessProbe);
                        draft.readinessProbe = command(container.at("readinessProbe"), draft.readinessProbe);
                    }
                }
            } catch (IOException notJson) {
                // a label is whatever its author wrote
            }
        }
    }

    private static Text command(Json probe, Text otherwise) {
        Text command = ContainerDraft.command("", probe.at("exec", "command").items());
        return command.isEmpty() ? otherwise : command;
    }
}
