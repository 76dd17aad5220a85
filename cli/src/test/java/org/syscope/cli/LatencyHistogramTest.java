package org.syscope.cli;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Percentiles are within 6 % of the true ones, the other figures exact. */
class LatencyHistogramTest {

    @Test
    void figuresOfManyDurations() {
        Random random = new Random(7);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] all = new long[10_000];
        long total = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = (long) Math.exp(random.nextDouble() * 25);
            total += all[i];
            histogram.record(all[i]);
        }
        Arrays.sort(all);
        assertThat(histogram.count()).isEqualTo(all.length);
        assertThat(histogram.total()).isEqualTo(total);
        assertThat(histogram.min()).isEqualTo(all[0]);
        assertThat(histogram.max()).isEqualTo(all[all.length - 1]);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99, 1}) {
            long exact = all[(int) Math.ceil(share * all.length) - 1];
            assertThat(histogram.percentile(share)).isBetween(exact, exact + exact / 15);
        }
    }

    @Test
    void extremes() {
        LatencyHistogram histogram = new LatencyHistogram();
        assertThat(histogram.percentile(0.99)).isZero();
        assertThat(histogram.min()).isZero();
        histogram.record(0);
        assertThat(histogram.percentile(0.99)).isZero();
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.percentile(1)).isEqualTo(Long.MAX_VALUE);
    }
}
