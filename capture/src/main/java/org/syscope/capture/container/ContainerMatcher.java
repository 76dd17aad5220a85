package org.syscope.capture.container;

import java.util.List;
import org.syscope.capture.event.Text;

/**
 * Tells the container from control groups. Engines that use runc end the path with a fixed text, 64 hexadecimal digits and
 * another fixed text, of which the first 12 digits are shown; the others have a name at a place of their own. Engines are
 * tried in the order in which they can be told apart: podman, docker, Kubernetes runtimes, lxc, libvirt, mesos, rkt, nspawn,
 * bpm.
 *
 * <pre>
 *  podman      …/libpod-ID[.scope[/container]]    …/libpod-payload-ID    /user.slice/…/ID (rootless)
 *  docker      …/ID    …/docker-ID.scope
 *  containerd  …/cri-containerd-ID.scope    …:cri-containerd:ID    …/nerdctl-ID.scope    …/default/ID    …/k8s.io/ID
 *  cri-o       …/crio-ID[.scope[/container]]
 *  cri         …/kubepods…/ID
 *  lxc         …/lxc/NAME/…    …/lxc.payload/NAME/…    …/lxc.payload.NAME/…
 *  libvirt     …/NAME.libvirt-lxc    …-lxc\x2dNAME.scope    …/libvirt/lxc/NAME
 *  mesos       …/mesos/UUID
 *  rkt         …/APP.service, with container_uuid=UUID in the environment
 *  nspawn      …/machine.slice/systemd-nspawn@NAME.service/…    …/machine.slice/machine-NAME.scope/…
 *  bpm         …/bpm-NAME.scope
 * </pre>
 */
public final class ContainerMatcher {

    private static final int LONG_ID = 64;
    private static final int SHORT_ID = 12;
    private static final int UUID = 36;

    private static final List<Layout> LAYOUTS = List.of(
            new Layout(ContainerType.PODMAN, "/libpod-payload-", ""),
            new Layout(ContainerType.PODMAN, "/libpod-", ".scope"),
            new Layout(ContainerType.PODMAN, "/libpod-", ".scope/container"),
            new Layout(ContainerType.PODMAN, "/libpod-", ""),
            new Layout(ContainerType.DOCKER, "/docker-", ".scope"),
            new Layout(ContainerType.CONTAINERD, "/cri-containerd-", ".scope"),
            new Layout(ContainerType.CONTAINERD, ":cri-containerd:", ""),
            new Layout(ContainerType.CONTAINERD, "/nerdctl-", ".scope"),
            new Layout(ContainerType.CONTAINERD, "/default/", ""),
            new Layout(ContainerType.CONTAINERD, "/k8s.io/", ""),
            new Layout(ContainerType.CRIO, "/crio-", ""),
            new Layout(ContainerType.CRIO, "/crio-", ".scope"),
            new Layout(ContainerType.CRIO, "/crio-", ".scope/container"),
            new Layout(ContainerType.DOCKER, "/", ""));

    private record Layout(ContainerType type, String prefix, String suffix) {

        String id(String path) {
            int end = path.length() - suffix.length();
            int start = end - LONG_ID;
            if (start < prefix.length() || !path.endsWith(suffix)
                    || !path.startsWith(prefix, start - prefix.length())) {
                return null;
            }
            for (int i = start; i < end; i++) {
                char c = path.charAt(i);
                if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                    return null;
                }
            }
            return path.substring(start, start + SHORT_ID);
        }
    }

    private ContainerMatcher() {
    }

    /**
     * The container of a thread.
     *
     * @param cgroups its control groups, each {@code subsystem=path}
     * @param environment its environment, each {@code NAME=value}
     * @return null if it runs in none
     */
    public static ContainerId match(List<Text> cgroups, List<Text> environment) {
        for (Text cgroup : cgroups) {
            String path = path(cgroup);
            ContainerId found = path.length() < 2 ? null : match(path, environment);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String path(Text cgroup) {
        String text = cgroup.toString();
        return text.substring(text.indexOf('=') + 1);
    }

    private static ContainerId match(String path, List<Text> environment) {
        for (Layout layout : LAYOUTS) {
            String id = layout.id(path);
            if (id != null) {
                return new ContainerId(Text.of(id), refine(layout.type(), path));
            }
        }
        String name = lxc(path);
        if (name != null) {
            return new ContainerId(Text.of(name), ContainerType.LXC);
        }
        name = libvirt(path);
        if (name != null) {
            return new ContainerId(Text.of(name), ContainerType.LIBVIRT_LXC);
        }
        name = mesos(path);
        if (name != null) {
            return new ContainerId(Text.of(name), ContainerType.MESOS);
        }
        name = rkt(path, environment);
        if (name != null) {
            return new ContainerId(Text.of(name), ContainerType.RKT);
        }
        name = nspawn(path);
        if (name != null) {
            return new ContainerId(Text.of(name), ContainerType.NSPAWN);
        }
        name = between(path, "/bpm-", ".scope");
        return name == null ? null : new ContainerId(Text.of(name), ContainerType.BPM);
    }

    /** A bare id under somebody else's parent is not docker's. */
    private static ContainerType refine(ContainerType type, String path) {
        if (type != ContainerType.DOCKER || path.contains("/docker")) {
            return type;
        }
        boolean rootless = path.startsWith("/user.slice/user-")
                && (path.contains("/podman-") || path.contains(".slice/user@"));
        if (rootless) {
            return ContainerType.PODMAN;
        }
        return path.contains("kubepods") ? ContainerType.CRI : type;
    }

    private static String lxc(String path) {
        for (String marker : List.of("/lxc/", "/lxc.payload/", "/lxc.payload.")) {
            int at = path.indexOf(marker);
            if (at >= 0 && !path.contains("/libvirt/lxc/")) {
                int start = at + marker.length();
                int end = path.indexOf('/', start);
                String name = end < 0 ? path.substring(start) : path.substring(start, end);
                return name.isEmpty() ? null : name;
            }
        }
        return null;
    }

    private static String libvirt(String path) {
        String name = between(path, "/", ".libvirt-lxc");
        if (name == null) {
            name = between(path, "-lxc\\x2d", ".scope");
        }
        if (name == null) {
            name = between(path, "/libvirt/lxc/", "");
        }
        return name;
    }

    private static String mesos(String path) {
        int at = path.indexOf("/mesos/");
        int start = at + "/mesos/".length();
        if (at < 0 || path.length() < start + UUID) {
            return null;
        }
        for (int i = start; i < start + UUID; i++) {
            char c = path.charAt(i);
            if (c != '-' && Character.digit(c, 16) < 0) {
                return null;
            }
        }
        return path.substring(start, start + UUID);
    }

    private static String rkt(String path, List<Text> environment) {
        String app = between(path, "/", ".service");
        if (app == null) {
            return null;
        }
        for (Text variable : environment) {
            String text = variable.toString();
            if (text.startsWith("container_uuid=")) {
                return text.substring("container_uuid=".length()) + ':' + app;
            }
        }
        return null;
    }

    /** A machine that systemd-nspawn runs as a service or for a user; systemd writes special characters as {@code \\xHH}. */
    private static String nspawn(String path) {
        String name = part(path, "/machine.slice/systemd-nspawn@", ".service");
        if (name == null) {
            name = part(path, "/machine.slice/machine-", ".scope");
            if (name != null && (name.startsWith("qemu") || name.startsWith("lxc"))) {
                return null;
            }
        }
        return name == null ? null : unescape(name);
    }

    /** What stands behind {@code prefix} in a path, if the part of the path that it begins in ends with {@code suffix}. */
    private static String part(String path, String prefix, String suffix) {
        int at = path.indexOf(prefix);
        int start = at + prefix.length();
        int slash = at < 0 ? -1 : path.indexOf('/', start);
        int end = (slash < 0 ? path.length() : slash) - suffix.length();
        return at < 0 || end <= start || !path.startsWith(suffix, end) ? null : path.substring(start, end);
    }

    private static String unescape(String name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean escaped = name.startsWith("\\x", i) && i + 4 <= name.length()
                    && Character.digit(name.charAt(i + 2), 16) >= 0 && Character.digit(name.charAt(i + 3), 16) >= 0;
            plain.append(escaped ? (char) Integer.parseInt(name, i + 2, i + 4, 16) : name.charAt(i));
            i += escaped ? 3 : 0;
        }
        return plain.toString();
    }

    /** What stands behind the last {@code prefix} and before {@code suffix} at the end; null if it is not there or empty. */
    private static String between(String path, String prefix, String suffix) {
        int end = path.length() - suffix.length();
        int start = path.endsWith(suffix) ? path.lastIndexOf(prefix, end) : -1;
        int from = start + prefix.length();
        return start < 0 || from >= end ? null : path.substring(from, end);
    }
}
