package org.syscope.capture.driver;

import org.junit.jupiter.api.Test;
import org.syscope.capture.linux.KernelVersion;

import static org.assertj.core.api.Assertions.assertThat;

/** What the universal driver needs can be seen without trying it. */
class UniversalKindTest {

    @Test
    void kernelAndTypes() {
        assertThat(UniversalKind.refusal(new KernelVersion(5, 8, 0), true)).isNull();
        assertThat(UniversalKind.refusal(new KernelVersion(5, 4, 17), true)).isEqualTo("it needs Linux 5.8, this is 5.4.17");
        assertThat(UniversalKind.refusal(new KernelVersion(6, 1, 0), false)).contains("/sys/kernel/btf/vmlinux is missing");
    }
}
