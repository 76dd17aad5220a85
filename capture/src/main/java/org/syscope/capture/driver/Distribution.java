package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the packages are called that building a driver needs, by the distribution that {@code /etc/os-release} names: the
 * words {@code ID} and {@code ID_LIKE} (os-release(5)).
 */
enum Distribution {
    /** Debian, Ubuntu. */
    APT("apt install ", "linux-headers-%s", List.of("debian", "ubuntu"), Map.of()),
    /** Fedora, RHEL. */
    DNF("dnf install ", "kernel-devel-%s", List.of("fedora", "rhel", "centos", "amzn"), Map.of("pahole", "dwarves")),
    /** openSUSE, SLES. */
    ZYPPER("zypper install ", "kernel-default-devel", List.of("suse", "opensuse", "sles"), Map.of("pahole", "dwarves")),
    /** Arch. */
    PACMAN("pacman -S ", "linux-headers", List.of("arch"), Map.of()),
    /** Alpine. */
    APK("apk add ", "linux-%s-dev", List.of("alpine"), Map.of());

    private static final Path RELEASE = Path.of("/etc/os-release");

    private final String install;
    private final String headers;
    private final List<String> ids;
    private final Map<String, String> otherNames;

    Distribution(String install, String headers, List<String> ids, Map<String, String> otherNames) {
        this.install = install;
        this.headers = headers;
        this.ids = ids;
        this.otherNames = otherNames;
    }

    /** How to install the headers of a kernel, one line; for all distributions where this one is not known. */
    static String installHeaders(String release) {
        return installHeaders(text(RELEASE), release);
    }

    static String installHeaders(String osRelease, String release) {
        StringBuilder all = new StringBuilder();
        for (Distribution each : candidates(osRelease)) {
            // Alpine's package is named by the flavour behind the version, such as lts of 6.6.1-0-lts.
            String part = each == APK ? release.substring(release.lastIndexOf('-') + 1) : release;
            all.append(all.isEmpty() ? "" : ", or: ").append(each.install).append(each.headers.formatted(part));
        }
        return all.toString();
    }

    /** How to install a program of that name, one line; for all distributions where this one is not known. */
    static String install(String program) {
        return install(text(RELEASE), program);
    }

    static String install(String osRelease, String program) {
        StringBuilder all = new StringBuilder();
        for (Distribution each : candidates(osRelease)) {
            all.append(all.isEmpty() ? "" : ", or: ").append(each.install)
                    .append(each.otherNames.getOrDefault(program, program));
        }
        return all.toString();
    }

    /** The one that the file names; all of them where it names none that is known. */
    private static List<Distribution> candidates(String osRelease) {
        for (String key : List.of("ID=", "ID_LIKE=")) {
            for (String line : osRelease.split("\n")) {
                if (!line.startsWith(key)) {
                    continue;
                }
                for (String id : line.substring(key.length()).replace("\"", "").replace("'", "").strip().split(" +")) {
                    for (Distribution each : values()) {
                        if (each.ids.contains(id) || each.ids.contains(id.split("-", 2)[0])) {
                            return List.of(each);
                        }
                    }
                }
            }
        }
        return List.of(values());
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
