package org.syscope.capture.linux;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The kernel's lists of CPUs are understood in all their forms, and nothing else is. */
class CpusTest {
    @Test
    void rangesAndSingleNumbers() throws IOException {
        assertThat(Cpus.parse("0\n", "x")).containsExactly(0);
        assertThat(Cpus.parse("0-3,8,10-11\n", "x")).containsExactly(0, 1, 2, 3, 8, 10, 11);
        assertThat(Cpus.parse("0-127", "x")).hasSize(128).endsWith(127);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "3-1", "0-", "-1", "0-99999999", "0,,1"})
    void otherTextIsNamedInTheError(String text) {
        assertThatThrownBy(() -> Cpus.parse(text, "/sys/somewhere")).isInstanceOf(IOException.class)
                .hasMessageContaining("/sys/somewhere").hasMessageContaining("'" + text + "'");
    }
}
