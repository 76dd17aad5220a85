package org.syscope.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much a flight recorder keeps, as {@code --ring} says it: a time, an amount of memory, or both with a comma between
 * them, when the one that is reached first counts.
 *
 * @param nanos time between the oldest and the newest event, ns; the greatest value if only memory limits
 * @param bytes memory for events
 * @param bytesGiven whether {@code bytes} was given; if not, it is {@link #MOST_BYTES}
 */
record RingSize(long nanos, long bytes, boolean bytesGiven) {

    /** What a time alone may take: memory stays bounded. */
    static final long MOST_BYTES = 1_000_000_000;

    private static final long LEAST_BYTES = 100_000;
    private static final double MOST = 1e18;
    private static final Pattern PART = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d|[kKMGT]i?B)");

    /**
     * Understands the option's argument.
     *
     * @throws UsageException if it is none
     */
    static RingSize parse(String text) throws UsageException {
        long nanos = 0;
        long bytes = 0;
        for (String part : text.split(",", -1)) {
            Matcher matcher = PART.matcher(part.strip());
            if (!matcher.matches()) {
                throw wrong(text);
            }
            String unit = matcher.group(2);
            double value = Double.parseDouble(matcher.group(1)) * factor(unit);
            if (value < 1 || value > MOST || (unit.endsWith("B") ? bytes : nanos) > 0) {
                throw wrong(text);
            }
            if (unit.endsWith("B")) {
                bytes = (long) value;
            } else {
                nanos = (long) value;
            }
        }
        if (bytes > 0 && bytes < LEAST_BYTES) {
            throw new UsageException("--ring: " + text + " is too little to hold events: give 100kB or more");
        }
        return new RingSize(nanos == 0 ? Long.MAX_VALUE : nanos, bytes == 0 ? MOST_BYTES : bytes, bytes > 0);
    }

    private static UsageException wrong(String text) {
        return new UsageException("--ring: '" + text + "' is neither a time (60s, 5m) nor an amount of memory (200MB), nor both"
                + " (60s,200MB)");
    }

    private static double factor(String unit) {
        return switch (unit) {
            case "ms" -> 1e6;
            case "s" -> 1e9;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            case "d" -> 86400e9;
            default -> {
                int power = "kMGT".indexOf(unit.replace('K', 'k').charAt(0)) + 1;
                yield Math.pow(unit.length() == 3 ? 1024 : 1000, power);
            }
        };
    }
}
