package org.syscope.capture.linux;

import java.io.IOException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The true version is found wherever a distribution puts it. */
class KernelVersionTest {
    @Test
    void ofTheReleaseItself() throws IOException {
        assertThat(KernelVersion.parse("6.18.4-arch1", "#1 SMP", "")).isEqualTo(new KernelVersion(6, 18, 4));
        assertThat(KernelVersion.parse("7.0-rc1", "#1 SMP", "")).isEqualTo(new KernelVersion(7, 0, 0));
    }

    @Test
    void ofDebianAndUbuntu() throws IOException {
        assertThat(KernelVersion.parse("6.1.0-28-amd64", "#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)", ""))
                .isEqualTo(new KernelVersion(6, 1, 119));
        assertThat(KernelVersion.parse("5.15.0-91-generic", "#101-Ubuntu SMP", "Ubuntu 5.15.0-91.101-generic 5.15.131\n"))
                .isEqualTo(new KernelVersion(5, 15, 131));
    }

    @Test
    void comparedAndPacked() {
        KernelVersion version = new KernelVersion(5, 10, 300);
        assertThat(version.atLeast(5, 8)).isTrue();
        assertThat(version.atLeast(5, 11)).isFalse();
        assertThat(version.atLeast(4, 19)).isTrue();
        assertThat(version.code()).isEqualTo(5 << 16 | 10 << 8 | 255);
        assertThat(version).isLessThan(new KernelVersion(6, 0, 0)).isGreaterThan(new KernelVersion(5, 10, 299));
    }

    @Test
    void nonsenseIsAnError() {
        assertThatThrownBy(() -> KernelVersion.parse("plan9", "", "")).isInstanceOf(IOException.class)
                .hasMessageContaining("plan9");
    }
}
