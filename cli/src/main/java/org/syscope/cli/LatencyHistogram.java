package org.syscope.cli;

/**
 * How long calls took: count, sum, extremes, and buckets from which percentiles are read within 6 %. A bucket holds
 * durations that share their highest bit and the four bits below it; recording one allocates nothing.
 */
final class LatencyHistogram {

    private static final int PRECISION_BITS = 4;
    private static final int BUCKETS = (64 - PRECISION_BITS) << PRECISION_BITS;

    private final int[] buckets = new int[BUCKETS];
    private long count;
    private long total;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Takes a duration in, ns, not negative. */
    void record(long nanos) {
        count++;
        total += nanos;
        min = Math.min(min, nanos);
        max = Math.max(max, nanos);
        buckets[index(nanos)]++;
    }

    private static int index(long nanos) {
        int shift = Math.max(0, 63 - PRECISION_BITS - Long.numberOfLeadingZeros(nanos | 1));
        return (shift << PRECISION_BITS) + (int) (nanos >>> shift);
    }

    /** The largest duration that falls into a bucket. */
    private static long upperBound(int index) {
        int shift = Math.max(0, (index >>> PRECISION_BITS) - 1);
        return ((long) (index - (shift << PRECISION_BITS)) + 1 << shift) - 1;
    }

    /** How many durations were recorded. */
    long count() {
        return count;
    }

    /** All durations together, ns. */
    long total() {
        return total;
    }

    /** The shortest, ns; 0 if there is none. */
    long min() {
        return count == 0 ? 0 : min;
    }

    /** The longest, ns; 0 if there is none. */
    long max() {
        return max;
    }

    /** The mean, ns; 0 if there is none. */
    long average() {
        return count == 0 ? 0 : total / count;
    }

    /** The duration, ns, that so much of all are not longer than; {@code share} from 0 to 1. 0 if there is none. */
    long percentile(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += buckets[i];
            if (seen >= rank && seen > 0) {
                return Math.min(max, upperBound(i));
            }
        }
        return 0;
    }
}
