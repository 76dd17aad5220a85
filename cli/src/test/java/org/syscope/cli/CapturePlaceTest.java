package org.syscope.cli;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every way to name a place in a capture, and what is none. */
class CapturePlaceTest {

    /** 2026-01-31T12:00:00Z. */
    private static final long NOON = 1_769_860_800_000_000_000L;
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 0",
        "2026-01-31 12:00:00Z, 0",
        "2026-01-31T13:00:00+01:00, 0",
        "2026-01-31T13:00:00, 0",
        "2026-01-31T13:00, 0",
        "2026-01-31T13:00:00.000000001, 1",
        "13:00:00.5, 500000000",
        "1769860800.25, 250000000",
        "@1769860800, 0",
        "+2s, 2000000000",
        "+2, 2000000000",
        "+1.5ms, 1500000",
        "+1h, 3600000000000",
        "-1m, 40000000000",
        "-250us, 99999750000",
    })
    void timesInNanoseconds(String text, long afterNoon) throws UsageException {
        CapturePlace place = CapturePlace.parse("--from", text, BERLIN);
        assertThat(place.time(NOON, NOON + 100_000_000_000L, BERLIN)).isEqualTo(NOON + afterNoon);
    }

    @Test
    void numbersOfEvents() throws UsageException {
        assertThat(CapturePlace.parse("--from", "#17", ZoneOffset.UTC))
                .isEqualTo(new CapturePlace(CapturePlace.Kind.NUMBER, 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "#0", "#-1", "#x", "+", "+s", "+1d", "5", "noon", "2026-13-01T00:00:00", "25:00", "T"})
    void whatIsNoPlace(String text) {
        assertThatThrownBy(() -> CapturePlace.parse("--to", text, ZoneOffset.UTC)).isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--to: '" + text + "' is neither a time");
    }
}
