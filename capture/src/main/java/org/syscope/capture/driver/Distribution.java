package org.syscope.capture.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** What the packages are called that building a probe needs, by the package manager that this machine has. */
enum Distribution {
    /** Debian, Ubuntu. */
    APT("apt-get", "apt install ", "linux-headers-%s"),
    /** Fedora, RHEL. */
    DNF("dnf", "dnf install ", "kernel-devel-%s"),
    /** openSUSE, SLES. */
    ZYPPER("zypper", "zypper install ", "kernel-default-devel"),
    /** Arch. */
    PACMAN("pacman", "pacman -S ", "linux-headers");

    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin"), Path.of("/bin"), Path.of("/usr/sbin"));

    private final String program;
    private final String install;
    private final String headers;

    Distribution(String program, String install, String headers) {
        this.program = program;
        this.install = install;
        this.headers = headers;
    }

    /** How to install the headers of a kernel, one line; for all distributions where this one is not known. */
    static String installHeaders(String release) {
        return join(distribution -> distribution.headers.formatted(release));
    }

    /** How to install clang, one line. */
    static String installClang() {
        return join(distribution -> "clang");
    }

    private static String join(Function<Distribution, String> wanted) {
        StringBuilder all = new StringBuilder();
        for (Distribution distribution : values()) {
            String command = distribution.install + wanted.apply(distribution);
            for (Path folder : PROGRAMS) {
                if (Files.isExecutable(folder.resolve(distribution.program))) {
                    return command;
                }
            }
            all.append(all.isEmpty() ? "" : ", or: ").append(command);
        }
        return all.toString();
    }
}
