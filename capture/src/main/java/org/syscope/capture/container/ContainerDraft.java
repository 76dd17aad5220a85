package org.syscope.capture.container;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Text;

/** A description of a container that is being put together; see {@link ContainerInfo} for what the parts mean. */
final class ContainerDraft {

    private static final String SHA = "sha256:";
    private static final int SHORT_ID = 12;

    final Text id;
    Text fullId;
    String type;
    Text name = Text.EMPTY;
    Text image = Text.EMPTY;
    Text imageId = Text.EMPTY;
    Text imageRepository = Text.EMPTY;
    Text imageTag = Text.EMPTY;
    Text imageDigest = Text.EMPTY;
    Boolean privileged;
    final List<ContainerInfo.Mount> mounts = new ArrayList<>();
    final List<ContainerInfo.Port> ports = new ArrayList<>();
    final List<Text> environment = new ArrayList<>();
    Text healthcheck = Text.EMPTY;
    Text livenessProbe = Text.EMPTY;
    Text readinessProbe = Text.EMPTY;
    int address;
    Text cniJson = Text.EMPTY;
    Map<String, Text> labels = new LinkedHashMap<>();
    boolean podSandbox;
    Text podSandboxId = Text.EMPTY;
    Map<String, Text> podLabels = new LinkedHashMap<>();
    ContainerInfo.Limits limits = ContainerInfo.Limits.NONE;
    long created;

    ContainerDraft(Text id, String type) {
        this.id = id;
        this.fullId = id;
        this.type = type;
    }

    ContainerInfo build() {
        return new ContainerInfo(id, fullId, type, name, image, imageId, imageRepository, imageTag, imageDigest, privileged,
                mounts, ports, environment, healthcheck, livenessProbe, readinessProbe, address, cniJson, labels, podSandbox,
                podSandboxId, podLabels, limits, created);
    }

    /** Sets the image and takes it apart: {@code [registry[:port]/]repository[:tag][@digest]}, or a bare id. */
    void image(String reference) {
        image = Text.of(reference);
        if (reference.isEmpty() || reference.startsWith(SHA)) {
            return;
        }
        String rest = reference;
        int at = rest.indexOf('@');
        if (at >= 0) {
            imageDigest = Text.of(rest.substring(at + 1));
            rest = rest.substring(0, at);
        }
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            imageTag = Text.of(rest.substring(colon + 1));
            rest = rest.substring(0, colon);
        }
        imageRepository = Text.of(rest);
    }

    /** Sets the image's id without the name of its hash. */
    void imageId(String value) {
        imageId = Text.of(value.startsWith(SHA) ? value.substring(SHA.length()) : value);
    }

    /** The first 12 digits of an id, by which threads are matched. */
    static Text shortId(String fullId) {
        return Text.of(fullId.length() > SHORT_ID ? fullId.substring(0, SHORT_ID) : fullId);
    }

    /** A command line as one text. */
    static Text command(String program, List<Json> arguments) {
        StringBuilder line = new StringBuilder(program);
        for (Json argument : arguments) {
            line.append(line.isEmpty() ? "" : " ").append(argument.string());
        }
        return Text.of(line.toString());
    }

    /** An IPv4 address; 0 if the text is none. */
    static int address(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != Integer.BYTES) {
            return 0;
        }
        int address = 0;
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')
                    || Integer.parseInt(part) > 255) {
                return 0;
            }
            address = address << Byte.SIZE | Integer.parseInt(part);
        }
        return address;
    }

    /** How many CPUs a list such as {@code 0-3,7} names; 0 if it names none. */
    static int cpus(String list) {
        int count = 0;
        for (String range : list.split(",")) {
            String[] ends = range.trim().split("-");
            try {
                int first = Integer.parseInt(ends[0]);
                count += ends.length == 1 ? 1 : Math.max(0, Integer.parseInt(ends[1]) - first + 1);
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
        return count;
    }
}
