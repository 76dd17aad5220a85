package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory this process may use, from {@code /proc} and the control groups it is in. */
public final class Memory {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private Memory() {
    }

    /**
     * The machine's memory, or the tightest limit of the process's control groups (both versions) if that is less.
     *
     * @return bytes; {@link Long#MAX_VALUE} if nothing can be read
     */
    public static long allowed() {
        return allowed(Path.of("/proc"), GROUPS);
    }

    static long allowed(Path proc, Path groups) {
        long least = total(proc.resolve("meminfo"));
        for (String line : lines(proc.resolve("self/cgroup"))) {
            String[] parts = line.split(":", 3);
            if (parts.length == 3 && parts[1].isEmpty()) {
                least = Math.min(least, least(groups, parts[2], "memory.max"));
            } else if (parts.length == 3 && parts[1].equals("memory")) {
                least = Math.min(least, least(groups.resolve("memory"), parts[2], "memory.limit_in_bytes"));
            }
        }
        return least;
    }

    /** The least limit of a group and of those around it. */
    private static long least(Path root, String group, String file) {
        long least = Long.MAX_VALUE;
        Path path = root.resolve(group.substring(group.startsWith("/") ? 1 : 0)).normalize();
        while (path != null && path.startsWith(root)) {
            for (String line : lines(path.resolve(file))) {
                least = Math.min(least, number(line));
            }
            path = path.getParent();
        }
        return least;
    }

    /** MemTotal, which is in KiB. */
    private static long total(Path meminfo) {
        for (String line : lines(meminfo)) {
            if (line.startsWith("MemTotal:")) {
                long kib = number(line.substring("MemTotal:".length()).replace("kB", ""));
                return kib > Long.MAX_VALUE >> 10 ? Long.MAX_VALUE : kib << 10;
            }
        }
        return Long.MAX_VALUE;
    }

    private static Iterable<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** A limit may also be "max". */
    private static long number(String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException none) {
            return Long.MAX_VALUE;
        }
    }
}
