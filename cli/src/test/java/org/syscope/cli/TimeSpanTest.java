package org.syscope.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Lengths of time and their units. */
class TimeSpanTest {

    @ParameterizedTest
    @CsvSource({"2,2000000000", "0,0", "1.5s,1500000000", "500ms,500000000", "3us,3000", "7ns,7", "1m,60000000000",
        "0.5h,1800000000000"})
    void times(String text, long nanos) throws UsageException {
        assertThat(TimeSpan.parse("--pending", text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1d", "1.s", "1 s", "1e3"})
    void mistakes(String text) {
        assertThatThrownBy(() -> TimeSpan.parse("--pending", text)).isInstanceOf(UsageException.class)
                .hasMessage("--pending: '" + text + "' is not a time such as 2s, 500ms or 1.5m");
    }
}
