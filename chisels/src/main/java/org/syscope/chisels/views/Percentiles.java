package org.syscope.chisels.views;

/**
 * Counts of values in steps of an eighth of a power of two: enough to tell the median and the 99th percentile to an eighth
 * of their value. One array, made with the row and used until the row goes.
 */
final class Percentiles {

    private static final int SUB_BITS = 3;
    private static final int SUB = 1 << SUB_BITS;
    private static final int STEPS = (Long.SIZE - SUB_BITS) * SUB;

    private final int[] counts = new int[STEPS];
    private long total;
    private long highest;

    /** Counts a value; a negative one is 0. */
    void add(long value) {
        counts[step(Math.max(0, value))]++;
        total++;
        highest = Math.max(highest, value);
    }

    /** Takes over what another one counted. */
    void add(Percentiles other) {
        for (int i = 0; i < STEPS; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        highest = Math.max(highest, other.highest);
    }

    /** The value that so many percent do not exceed: the middle of its step, or the highest; 0 if none was counted. */
    long at(int percent) {
        long rank = Math.max(1, (total * percent + 99) / 100);
        if (rank >= total) {
            return highest;
        }
        long seen = 0;
        for (int i = 0; i < STEPS && total > 0; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return Math.min(highest, (low(i) + low(i + 1) - 1) / 2);
            }
        }
        return 0;
    }

    private static int step(long value) {
        if (value < SUB) {
            return (int) value;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
        return (shift + 1) * SUB + (int) (value >>> shift) - SUB;
    }

    private static long low(int step) {
        if (step < SUB) {
            return step;
        }
        int shift = step / SUB - 1;
        return (long) (step % SUB + SUB) << shift;
    }
}
