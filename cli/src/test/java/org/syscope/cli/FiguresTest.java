package org.syscope.cli;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers read well and are rounded, not cut. */
class FiguresTest {

    @Test
    void counts() {
        assertThat(Figures.count(0)).isEqualTo("0");
        assertThat(Figures.count(999)).isEqualTo("999");
        assertThat(Figures.count(1000)).isEqualTo("1,000");
        assertThat(Figures.count(-1234567)).isEqualTo("-1,234,567");
        assertThat(Figures.count(-123)).isEqualTo("-123");
        assertThat(Figures.count(1, "event")).isEqualTo("1 event");
        assertThat(Figures.count(0, "event")).isEqualTo("0 events");
    }

    @Test
    void durations() {
        assertThat(Figures.seconds(1_234_567_890, 3)).isEqualTo("1.235");
        assertThat(Figures.seconds(999_999_999, 2)).isEqualTo("1.00");
        assertThat(Figures.seconds(5, 9)).isEqualTo("0.000000005");
        assertThat(Figures.duration(7)).isEqualTo("7 ns");
        assertThat(Figures.duration(1_234)).isEqualTo("1.23 us");
        assertThat(Figures.duration(12_345_678)).isEqualTo("12.3 ms");
        assertThat(Figures.duration(654_321_000_000L)).isEqualTo("654 s");
    }

    @Test
    void sizes() {
        assertThat(Figures.bytes(1)).isEqualTo("1 byte");
        assertThat(Figures.bytes(1023)).isEqualTo("1023 bytes".replace("1023", "1,023"));
        assertThat(Figures.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Figures.bytes(8L << 30)).isEqualTo("8.0 GiB");
    }
}
