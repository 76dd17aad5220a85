package org.syscope.capture.container;

/** Container engines, with the numbers and names that capture files and {@code container.type} use. */
public enum ContainerType {
    /** Docker. */
    DOCKER(0, "docker"),
    /** LXC. */
    LXC(1, "lxc"),
    /** LXC through libvirt. */
    LIBVIRT_LXC(2, "libvirt-lxc"),
    /** Mesos' own containerizer. */
    MESOS(3, "mesos"),
    /** rkt. */
    RKT(4, "rkt"),
    /** Configured by hand. */
    CUSTOM(5, "custom"),
    /** A Kubernetes runtime that is not known more closely. */
    CRI(6, "cri"),
    /** containerd. */
    CONTAINERD(7, "containerd"),
    /** CRI-O. */
    CRIO(8, "cri-o"),
    /** Cloud Foundry's bpm. */
    BPM(9, "bpm"),
    /** Given at start. */
    STATIC(10, "static"),
    /** Podman. */
    PODMAN(11, "podman"),
    /** systemd-nspawn; the number is this project's own, above those that others use. */
    NSPAWN(100, "systemd-nspawn");

    private static final ContainerType[] ALL = values();

    private final int code;
    private final String typeName;

    ContainerType(int code, String typeName) {
        this.code = code;
        this.typeName = typeName;
    }

    /** The type of that number; null if there is none. */
    public static ContainerType of(int code) {
        for (ContainerType type : ALL) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }

    /** The type of that name; null if there is none. */
    public static ContainerType named(String name) {
        for (ContainerType type : ALL) {
            if (type.typeName.equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** The number that captures have for it. */
    public int code() {
        return code;
    }

    /** Whether its containers are known by name, not by an id that only the engine knows the name of. */
    boolean isKnownByPath() {
        return switch (this) {
            case LXC, LIBVIRT_LXC, MESOS, RKT, BPM, NSPAWN -> true;
            default -> false;
        };
    }

    /** The name that is shown. */
    public String typeName() {
        return typeName;
    }
}
