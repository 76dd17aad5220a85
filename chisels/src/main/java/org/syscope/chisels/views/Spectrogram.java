package org.syscope.chisels.views;

import java.util.Arrays;
import java.util.List;

/**
 * How many events had which latency in which interval: never changes.
 *
 * @param slices one for each interval, oldest first
 */
public record Spectrogram(List<Slice> slices) {

    /** How many steps the scale of latencies has; nine make a power of ten, about. */
    public static final int STEPS = 101;

    private static final double DECADES = 11;
    private static final double SCALE = 100;

    /**
     * An interval.
     *
     * @param from ns since the epoch
     * @param to ns since the epoch, excluded
     * @param counts events for each step of the scale
     */
    public record Slice(long from, long to, long[] counts) {
        /** The highest count. */
        public long highest() {
            return Arrays.stream(counts).max().orElse(0);
        }
    }

    /** The least latency of a step, from 0, in ns; that of the step behind the last bounds it. */
    public static long latency(int step) {
        return step <= 0 ? 0 : Math.round(Math.pow(10, step * DECADES / SCALE));
    }

    /** The step of a latency in ns. */
    public static int step(long nanos) {
        if (nanos <= 1) {
            return 0;
        }
        return Math.min(STEPS - 1, (int) (Math.log10(nanos) * SCALE / DECADES));
    }
}
