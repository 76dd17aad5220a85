package org.syscope.capture.container;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Each engine's layout of control groups gives its container; everything else is the host. */
final class ContainerMatcherTest {

    private static final String ID = "697956520d89" + "0123456789abcdef".repeat(3) + "abcd";

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, DOCKER, 697956520d89", "/system.slice/docker-ID.scope, DOCKER, 697956520d89",
        "/ecs/task/ID, DOCKER, 697956520d89", "/machine.slice/libpod-ID.scope, PODMAN, 697956520d89",
        "/machine.slice/libpod-ID.scope/container, PODMAN, 697956520d89", "/libpod_parent/libpod-ID, PODMAN, 697956520d89",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/podman-77.scope/ID, PODMAN, 697956520d89",
        "/kubepods/besteffort/pod1/ID, CRI, 697956520d89",
        "/kubepods.slice/cri-containerd-ID.scope, CONTAINERD, 697956520d89",
        "/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:ID, CONTAINERD, 697956520d89",
        "/kubepods/pod1/crio-ID, CRIO, 697956520d89", "/kubepods.slice/crio-ID.scope, CRIO, 697956520d89",
        "/lxc/web/init.scope, LXC, web", "/lxc.payload/db, LXC, db", "/lxc.payload.mail/x, LXC, mail",
        "/machine/vm1.libvirt-lxc, LIBVIRT_LXC, vm1", "/machine.slice/machine-lxc\\x2dvm2.scope, LIBVIRT_LXC, vm2",
        "/libvirt/lxc/vm3, LIBVIRT_LXC, vm3",
        "/mesos/01234567-89ab-cdef-0123-456789abcdef, MESOS, 01234567-89ab-cdef-0123-456789abcdef",
        "/system.slice/bpm-worker.scope, BPM, worker"})
    void layouts(String path, ContainerType type, String id) {
        ContainerId found = ContainerMatcher.match(List.of(Text.of("cpu=/"), Text.of("memory=" + path.replace("ID", ID))),
                List.of());
        assertThat(found).isEqualTo(new ContainerId(Text.of(id), type));
    }

    @ParameterizedTest
    @CsvSource({"/", "/user.slice/user-0.slice/session-1.scope", "/system.slice/ssh.service", "/docker/0123", "/mesos/short",
        "/docker/ID0", "/docker/IDx.scope", "/x/bpm-.scope"})
    void theHost(String path) {
        assertThat(ContainerMatcher.match(List.of(Text.of("cpu=" + path.replace("ID", ID))), List.of())).isNull();
    }

    @Test
    void upperCaseDigitsAreNoId() {
        assertThat(ContainerMatcher.match(List.of(Text.of("cpu=/docker/" + ID.toUpperCase(Locale.ROOT))), List.of()))
                .isNull();
    }

    @Test
    void rktNeedsItsVariable() {
        List<Text> cgroups = List.of(Text.of("name=systemd=/machine.slice/rkt.service/system.slice/etcd.service"));
        assertThat(ContainerMatcher.match(cgroups, List.of())).isNull();
        assertThat(ContainerMatcher.match(cgroups, List.of(Text.of("container_uuid=u-1"))))
                .isEqualTo(new ContainerId(Text.of("u-1:etcd"), ContainerType.RKT));
    }
}
