package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The machine's CPUs by number, from {@code /sys/devices/system/cpu}. */
public final class Cpus {
    /** Largest CPU number that a list may name; the kernel's own limit is 8192. */
    private static final int LIMIT = 1 << 16;

    private Cpus() {
    }

    /**
     * CPUs that could ever be there: per-CPU map values have one slot for each, numbers 0 to the largest without holes.
     *
     * @return how many
     * @throws IOException if the list cannot be read or understood
     */
    public static int possibleCount() throws IOException {
        int[] all = list("possible");
        return all[all.length - 1] + 1;
    }

    /**
     * CPUs that run now; hot-plug changes the list.
     *
     * @return their numbers, ascending, at least one
     * @throws IOException if the list cannot be read or understood
     */
    public static int[] online() throws IOException {
        return list("online");
    }

    private static int[] list(String name) throws IOException {
        Path file = Path.of("/sys/devices/system/cpu", name);
        return parse(Files.readString(file, StandardCharsets.US_ASCII), file.toString());
    }

    /**
     * Understands the kernel's way to write a set of numbers, such as {@code 0-3,8,10-11}.
     *
     * @param text the list, a line feed at the end is allowed
     * @param where what to name in an error
     * @return the numbers, ascending
     * @throws IOException if the text is no such list, or empty
     */
    static int[] parse(String text, String where) throws IOException {
        int[] numbers = new int[16];
        int count = 0;
        try {
            for (String range : text.strip().split(",")) {
                int dash = range.indexOf('-');
                int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
                int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
                if (first < 0 || last < first || last > LIMIT) {
                    throw new NumberFormatException(range);
                }
                for (int cpu = first; cpu <= last; cpu++) {
                    if (count == numbers.length) {
                        numbers = Arrays.copyOf(numbers, 2 * count);
                    }
                    numbers[count++] = cpu;
                }
            }
        } catch (NumberFormatException bad) {
            throw new IOException(where + ": not a list of CPUs: '" + text.strip() + "'", bad);
        }
        return Arrays.copyOf(numbers, count);
    }
}
