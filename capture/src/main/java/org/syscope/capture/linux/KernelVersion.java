package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the running kernel.
 *
 * @param major first number
 * @param minor second number
 * @param patch third number, 0 where there is none
 */
public record KernelVersion(int major, int minor, int patch) implements Comparable<KernelVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?");

    /**
     * Reads the running kernel's version. Distributions hide the true third number in different places: Ubuntu in
     * {@code /proc/version_signature}, Debian behind its name in {@code /proc/sys/kernel/version}; elsewhere it is the
     * release itself.
     *
     * @return the version
     * @throws IOException if {@code /proc/sys/kernel} cannot be read or makes no sense
     */
    public static KernelVersion running() throws IOException {
        Path ubuntu = Path.of("/proc/version_signature");
        String signature = Files.exists(ubuntu) ? Files.readString(ubuntu, StandardCharsets.ISO_8859_1) : "";
        return parse(read("osrelease"), read("version"), signature);
    }

    /**
     * Finds the version in what the kernel says of itself.
     *
     * @param release as of {@code uname -r}
     * @param build as of {@code uname -v}
     * @param signature content of Ubuntu's {@code /proc/version_signature}, or empty
     * @return the version
     * @throws IOException if the release has no version
     */
    static KernelVersion parse(String release, String build, String signature) throws IOException {
        int lastWord = signature.strip().lastIndexOf(' ');
        int debian = build.indexOf("Debian ");
        Matcher numbers = NUMBERS.matcher(release);
        if (lastWord > 0) {
            Matcher precise = NUMBERS.matcher(signature.strip().substring(lastWord + 1));
            numbers = precise.lookingAt() ? precise : numbers;
        } else if (debian >= 0) {
            Matcher precise = NUMBERS.matcher(build.substring(debian + "Debian ".length()));
            numbers = precise.lookingAt() ? precise : numbers;
        }
        numbers.reset();
        if (!numbers.lookingAt()) {
            throw new IOException("kernel release without a version: '" + release + "'");
        }
        String third = numbers.group(3);
        return new KernelVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2)),
                third == null ? 0 : Integer.parseInt(third));
    }

    private static String read(String name) throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel", name), StandardCharsets.ISO_8859_1).strip();
    }

    /**
     * Whether this version is at least the one given.
     *
     * @param wantedMajor first number
     * @param wantedMinor second number
     * @return whether it is the same or newer
     */
    public boolean atLeast(int wantedMajor, int wantedMinor) {
        return major > wantedMajor || major == wantedMajor && minor >= wantedMinor;
    }

    /** {@return the version as the kernel's macro {@code KERNEL_VERSION} packs it, third number capped at 255} */
    public int code() {
        return major << 16 | minor << 8 | Math.min(patch, 255);
    }

    @Override
    public int compareTo(KernelVersion other) {
        int byMajor = Integer.compare(major, other.major);
        int byMinor = byMajor != 0 ? byMajor : Integer.compare(minor, other.minor);
        return byMinor != 0 ? byMinor : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
