package org.syscope.capture.state;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Addresses are written as inet_ntop writes them. */
final class AddressTextTest {

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0000000000000000, ::", "0000000000000000, 0000000000000001, ::1",
        "2001486048600000, 0000000000008888, 2001:4860:4860::8888", "fe80000000000000, 00fc00fffe000001, fe80::fc:ff:fe00:1",
        "0000000000000000, 0000ffff0a000001, ::ffff:10.0.0.1", "0000000000000000, 000000000a000001, ::10.0.0.1",
        "0001000200030004, 0005000600070008, 1:2:3:4:5:6:7:8", "0001000000030004, 0005000600070008, 1:0:3:4:5:6:7:8",
        "0001000000000004, 0000000000000008, 1:0:0:4::8", "0001000200030004, 0005000600000000, 1:2:3:4:5:6::",
        "0000000000000000, 0001000000000001, ::1:0:0:1", "ff02000000000000, 0000000000000000, ff02::"})
    void ipv6(String high, String low, String expected) {
        byte[] text = new byte[64];
        int end = AddressText.ipv6(text, 1, Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16));
        assertThat(new String(text, 1, end - 1, StandardCharsets.US_ASCII)).isEqualTo(expected);
    }

    @Test
    void numbers() {
        byte[] text = new byte[64];
        assertThat(new String(text, 0, AddressText.ipv4(text, 0, 0xff00010a), StandardCharsets.US_ASCII)).isEqualTo("255.0.1.10");
        for (long value : new long[] {0, 9, 10, 99, 65535, Long.MAX_VALUE, -1}) {
            assertThat(new String(text, 0, AddressText.decimal(text, 0, value), StandardCharsets.US_ASCII))
                    .isEqualTo(Long.toUnsignedString(value));
            assertThat(new String(text, 0, AddressText.hex(text, 0, value), StandardCharsets.US_ASCII))
                    .isEqualTo(Long.toHexString(value));
        }
    }
}
