package org.syscope.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of a ring, as {@code --buffer-size} gives it. K, M and G, also with iB, are powers of 1024; kB, MB and GB powers
 * of 1000. The kernel takes powers of two only.
 *
 * @param asked bytes asked for
 * @param bytes the next power of two, 4096 to 1 GiB
 */
record ByteSize(long asked, int bytes) {

    private static final int LEAST = 1 << 12;
    private static final int MOST = 1 << 30;
    private static final Pattern FORM = Pattern.compile("(\\d{1,10}(?:\\.\\d{1,9})?)(?:([kKmMgG])(i?B)?)?");

    /**
     * Understands a size.
     *
     * @param option named in messages
     * @throws UsageException if it is none, or less than a byte, or more than 1 GiB
     */
    static ByteSize parse(String option, String text) throws UsageException {
        Matcher matcher = FORM.matcher(text);
        double value = 0;
        if (matcher.matches()) {
            int power = matcher.group(2) == null ? 0 : "KMG".indexOf(Character.toUpperCase(matcher.group(2).charAt(0))) + 1;
            value = Double.parseDouble(matcher.group(1)) * Math.pow("B".equals(matcher.group(3)) ? 1000 : 1024, power);
        }
        if (value < 1 || value > MOST) {
            throw new UsageException(option + ": '" + text + "' is not a size such as 65536, 512K, 16M or 64MB, up to 1G");
        }
        long asked = (long) Math.ceil(value);
        return new ByteSize(asked, Math.max(LEAST, Math.toIntExact(Long.highestOneBit(2 * asked - 1))));
    }

    /** Whether it had to be made larger. */
    boolean rounded() {
        return asked != bytes;
    }

    /** What it became and why, for a line to the user. */
    String correction() {
        return "rings of " + Figures.bytes(bytes) + ": the kernel takes powers of two from 4096 bytes on";
    }
}
