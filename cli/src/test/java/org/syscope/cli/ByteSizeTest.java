package org.syscope.cli;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Sizes of rings: units, and the next power of two. */
class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"65536,65536", "64K,65536", "64KiB,65536", "16M,16777216", "1G,1073741824", "0.5M,524288", "8m,8388608"})
    void powersOfTwoStay(String text, int bytes) throws UsageException {
        ByteSize size = ByteSize.parse("--buffer-size", text);
        assertThat(size).isEqualTo(new ByteSize(bytes, bytes));
        assertThat(size.rounded()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1,1,4096", "4097,4097,8192", "64MB,64000000,67108864", "64kB,64000,65536", "3M,3145728,4194304",
        "1GB,1000000000,1073741824", "1.00001K,1025,4096"})
    void othersGrow(String text, long asked, int bytes) throws UsageException {
        ByteSize size = ByteSize.parse("--buffer-size", text);
        assertThat(size).isEqualTo(new ByteSize(asked, bytes));
        assertThat(size.rounded()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "M", "-1", "1.M", "3X", "2G", "1073741825", "8 M", "8Mb", "8B", "99999999999"})
    void mistakes(String text) {
        assertThatThrownBy(() -> ByteSize.parse("--buffer-size", text)).isInstanceOf(UsageException.class)
                .hasMessage("--buffer-size: '" + text + "' is not a size such as 65536, 512K, 16M or 64MB, up to 1G");
    }
}
