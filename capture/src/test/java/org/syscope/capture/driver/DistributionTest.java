package org.syscope.capture.driver;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Packages have other names elsewhere. */
class DistributionTest {

    @Test
    void headers() {
        assertThat(Distribution.installHeaders("ID=debian\n", "6.1.0-56-amd64"))
                .isEqualTo("apt install linux-headers-6.1.0-56-amd64");
        assertThat(Distribution.installHeaders("NAME=x\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "5.14.0-1.el9"))
                .isEqualTo("dnf install kernel-devel-5.14.0-1.el9");
        assertThat(Distribution.installHeaders("ID=\"opensuse-leap\"\n", "5.14"))
                .isEqualTo("zypper install kernel-default-devel");
        assertThat(Distribution.installHeaders("ID=arch\n", "6.9")).isEqualTo("pacman -S linux-headers");
        assertThat(Distribution.installHeaders("ID=alpine\n", "6.6.31-0-lts")).isEqualTo("apk add linux-lts-dev");
    }

    @Test
    void programs() {
        assertThat(Distribution.install("ID=debian\n", "pahole")).isEqualTo("apt install pahole");
        assertThat(Distribution.install("ID=fedora\n", "pahole")).isEqualTo("dnf install dwarves");
        assertThat(Distribution.install("ID=linuxmint\nID_LIKE=ubuntu\n", "clang")).isEqualTo("apt install clang");
    }

    @Test
    void allOfThemWhereNoneIsKnown() {
        assertThat(Distribution.install("ID=something\n", "make")).isEqualTo("apt install make, or: dnf install make, "
                + "or: zypper install make, or: pacman -S make, or: apk add make");
    }
}
