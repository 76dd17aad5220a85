package org.syscope.filters.field;

import java.util.List;
import org.syscope.capture.container.ContainerId;
import org.syscope.capture.container.ContainerInfo;
import org.syscope.capture.container.ContainerLookup;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.OutputBuffer;

/** The container that the thread runs in: its id from the thread's control groups, the rest from the engine. */
final class ContainerFields extends TableFamily {

    private static final Text HOST = Text.of("host");
    private static final Text NO_PROBE = Text.of("NONE");

    private final ContainerLookup containers;

    ContainerFields(FieldRows rows, FieldEnvironment environment) {
        super("container", rows);
        this.containers = environment.containers();
    }

    @FunctionalInterface
    private interface ContainerText {
        Text of(ContainerInfo container);
    }

    @FunctionalInterface
    private interface MountText {
        Text of(ContainerInfo.Mount mount);
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "container.id" -> thread(info, null, (t, c, out) -> text(out, isHost(t, c) ? HOST : id(t, c)));
            case "container.full_id" -> named(info, ContainerInfo::fullId);
            case "container.name" -> named(info, ContainerInfo::name);
            case "container.type" -> thread(info, null, (t, c, out) -> {
                if (isHost(t, c)) {
                    return text(out, HOST);
                }
                ContainerInfo container = container(t, c);
                if (container != null) {
                    return ascii(out, container.type());
                }
                ContainerId id = c.state().container(t);
                return id != null && ascii(out, id.type().typeName());
            });
            case "container.image" -> known(info, ContainerInfo::image);
            case "container.image.id" -> known(info, ContainerInfo::imageId);
            case "container.image.repository" -> known(info, ContainerInfo::imageRepository);
            case "container.image.tag" -> known(info, ContainerInfo::imageTag);
            case "container.image.digest" -> known(info, ContainerInfo::imageDigest);
            case "container.healthcheck" -> known(info, container -> probe(container.healthcheck()));
            case "container.liveness_probe" -> known(info, container -> probe(container.livenessProbe()));
            case "container.readiness_probe" -> known(info, container -> probe(container.readinessProbe()));
            case "container.cni.json" -> known(info, ContainerInfo::cniJson);
            case "container.privileged" -> thread(info, null, (t, c, out) -> {
                ContainerInfo container = container(t, c);
                return container != null && container.privileged() != null && bool(out, container.privileged());
            });
            case "container.mounts" -> thread(info, null, this::mounts);
            case "container.mount" -> mount(info, argument, false, null);
            case "container.mount.source" -> mount(info, argument, true, ContainerInfo.Mount::source);
            case "container.mount.dest" -> mount(info, argument, false, ContainerInfo.Mount::destination);
            case "container.mount.mode" -> mount(info, argument, false, ContainerInfo.Mount::mode);
            case "container.mount.rdwr" -> mount(info, argument, false, ContainerFields::writable);
            case "container.mount.propagation" -> mount(info, argument, false, ContainerInfo.Mount::propagation);
            case "container.start_ts" -> thread(info, null, (t, c, out) -> !isHost(t, c) && nonZero(out, t.pidnsInitStart));
            case "container.duration" -> thread(info, null, (t, c, out) -> !isHost(t, c) && t.pidnsInitStart != 0
                    && number(out, c.event().timestamp() - t.pidnsInitStart));
            case "container.ip" -> address(info);
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private static Text id(ThreadInfo thread, EventContext context) {
        return context.state().containerId(thread);
    }

    private static boolean isHost(ThreadInfo thread, EventContext context) {
        return id(thread, context).isEmpty() && !thread.inPidNamespace() && !thread.isInvalid();
    }

    private ContainerInfo container(ThreadInfo thread, EventContext context) {
        Text id = id(thread, context);
        return id.isEmpty() ? null : containers.find(id);
    }

    private static Text probe(Text command) {
        return command.isEmpty() ? NO_PROBE : command;
    }

    /** Something that also processes outside of containers have: they belong to the host. */
    private Field named(FieldInfo info, ContainerText value) {
        Field known = known(info, value);
        return thread(info, null, (t, c, out) -> isHost(t, c) ? text(out, HOST) : known.extract(c, out));
    }

    private Field known(FieldInfo info, ContainerText value) {
        return thread(info, null, (t, c, out) -> {
            ContainerInfo container = container(t, c);
            Text found = container == null ? Text.EMPTY : value.of(container);
            return !found.isEmpty() && text(out, found);
        });
    }

    private Field address(FieldInfo info) {
        OutputBuffer buffer = new OutputBuffer();
        return thread(info, null, (t, c, out) -> {
            ContainerInfo container = container(t, c);
            if (container == null || container.address() == 0) {
                return false;
            }
            buffer.clear();
            AddressText.ipv4(buffer, container.address());
            out.setBytes(buffer.array(), 0, buffer.length());
            return true;
        });
    }

    // ---- mounts

    private static Text writable(ContainerInfo.Mount mount) {
        return mount.writable() ? Text.of("true") : Text.of("false");
    }

    private boolean mounts(ThreadInfo thread, EventContext context, FieldValue out) {
        ContainerInfo container = container(thread, context);
        if (container == null) {
            return false;
        }
        out.startBytes();
        for (int i = 0; i < container.mounts().size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            append(out, container.mounts().get(i));
        }
        return true;
    }

    private Field mount(FieldInfo info, String argument, boolean byDestination, MountText part) {
        int index = index(argument);
        byte[] path = Text.of(argument).array();
        return thread(info, argument, (t, c, out) -> {
            ContainerInfo container = container(t, c);
            ContainerInfo.Mount mount = container == null ? null : find(container.mounts(), index, path, byDestination);
            if (mount == null) {
                return false;
            }
            if (part != null) {
                return text(out, part.of(mount));
            }
            out.startBytes();
            append(out, mount);
            return true;
        });
    }

    private static ContainerInfo.Mount find(List<ContainerInfo.Mount> mounts, int index, byte[] path, boolean byDestination) {
        if (index >= 0) {
            return index < mounts.size() ? mounts.get(index) : null;
        }
        for (int i = 0; i < mounts.size(); i++) {
            ContainerInfo.Mount mount = mounts.get(i);
            if (PathPattern.matches(path, (byDestination ? mount.destination() : mount.source()).array())) {
                return mount;
            }
        }
        return null;
    }

    private static void append(FieldValue out, ContainerInfo.Mount mount) {
        Text[] parts = {mount.source(), mount.destination(), mount.mode(), writable(mount), mount.propagation()};
        for (int i = 0; i < parts.length; i++) {
            if (i > 0) {
                out.append(':');
            }
            out.append(parts[i].array(), 0, parts[i].length());
        }
    }
}
