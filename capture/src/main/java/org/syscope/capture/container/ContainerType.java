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
    PODMAN(11, "podman");

    private final int code;
    private final String typeName;

    ContainerType(int code, String typeName) {
        this.code = code;
        this.typeName = typeName;
    }

    /** The number, 0 to 11. */
    public int code() {
        return code;
    }

    /** The name that is shown. */
    public String typeName() {
        return typeName;
    }
}
