package org.syscope.capture.driver;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.syscope.capture.linux.Errno;

import static org.assertj.core.api.Assertions.assertThat;

/** What the kernel says no to, in words, and what to do about it. */
class KernelModuleTest {

    private static DriverException loading(int errno) {
        DriverException refused = KernelModule.notLoaded(Path.of("/home/a/.syscope/6.1.ko"), new Errno(errno));
        assertThat(refused).hasMessageStartingWith("kernel module: ").hasMessageNotContaining("\n");
        return refused;
    }

    @Test
    void secureBoot() {
        for (int errno : new int[] {Errno.EKEYREJECTED, Errno.ENOKEY}) {
            assertThat(loading(errno)).hasMessageContaining("Secure Boot is on").hasMessageContaining("not signed");
            assertThat(loading(errno).hint()).contains("mokutil --import").contains("universal driver");
        }
        assertThat(loading(Errno.EKEYREJECTED)).hasMessageContaining("EKEYREJECTED");
    }

    @Test
    void permission() {
        assertThat(loading(Errno.EPERM).hint()).contains("sudo").contains("CAP_SYS_MODULE");
        assertThat(KernelModule.notUnloaded(new Errno(Errno.EPERM)).hint()).contains("sudo");
    }

    @Test
    void aModuleOfAnotherKernel() {
        assertThat(loading(Errno.ENOEXEC)).hasMessageContaining("does not fit this kernel");
        assertThat(loading(Errno.ENOENT)).hasMessageContaining("lacks something");
        assertThat(loading(Errno.ENOEXEC).hint()).isEqualTo("build it anew: syscope driver build kmod");
    }

    @Test
    void loadedAlreadyOrNotAtAll() {
        assertThat(loading(Errno.EEXIST)).hasMessage("kernel module: it is loaded already");
        assertThat(loading(Errno.ENOSYS)).hasMessageContaining("without modules");
        assertThat(KernelModule.notUnloaded(new Errno(Errno.ENOSYS))).hasMessageContaining("without modules");
        assertThat(KernelModule.notUnloaded(new Errno(Errno.ENOENT))).hasMessage("kernel module: it is not loaded");
        assertThat(KernelModule.notUnloaded(new Errno(Errno.EAGAIN))).hasMessage("kernel module: it is in use");
    }
}
