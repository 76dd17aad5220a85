package org.syscope.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Times and amounts of memory, and what is neither. */
class RingSizeTest {

    @ParameterizedTest
    @CsvSource({"60s,60000000000", "5m,300000000000", "1.5h,5400000000000", "250ms,250000000"})
    void aTimeIsBoundedByMemoryToo(String text, long nanos) throws UsageException {
        assertThat(RingSize.parse(text)).isEqualTo(new RingSize(nanos, RingSize.MOST_BYTES, false));
    }

    @ParameterizedTest
    @CsvSource({"200MB,200000000", "1GiB,1073741824", "100kB,100000", "128KiB,131072", "1.5MB,1500000"})
    void memory(String text, long bytes) throws UsageException {
        assertThat(RingSize.parse(text)).isEqualTo(new RingSize(Long.MAX_VALUE, bytes, true));
    }

    @Test
    void both() throws UsageException {
        assertThat(RingSize.parse("60s,200MB")).isEqualTo(new RingSize(60_000_000_000L, 200_000_000, true));
        assertThat(RingSize.parse("2GB, 1m")).isEqualTo(new RingSize(60_000_000_000L, 2_000_000_000, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "60", "0s", "s", "-1s", "60x", "60s,", "60s,5m", "1MB,2MB", "1B", "99999999999TB", "10kB"})
    void mistakes(String text) {
        assertThatThrownBy(() -> RingSize.parse(text)).isInstanceOf(UsageException.class).hasMessageContaining("--ring: ")
                .hasMessageContaining(text);
    }
}
