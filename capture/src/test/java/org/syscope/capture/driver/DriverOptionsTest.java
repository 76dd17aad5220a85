package org.syscope.capture.driver;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The usual size of a ring follows the number of CPUs and the memory; what it may be is in the Javadoc. */
class DriverOptionsTest {

    @ParameterizedTest
    @CsvSource({"2,25769803776,64", "8,68719476736,32", "9,68719476736,16", "16,68719476736,16", "17,68719476736,8",
            "256,1099511627776,8", "1,1073741824,16", "2,1073741824,8", "4,134217728,8", "0,9223372036854775807,64"})
    void usualSize(int rings, long memory, int mebibytes) {
        assertThat(DriverOptions.usualBufferBytes(rings, memory)).isEqualTo(mebibytes << 20);
    }
}
