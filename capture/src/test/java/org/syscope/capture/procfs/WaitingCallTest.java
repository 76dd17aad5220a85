package org.syscope.capture.procfs;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The forms of /proc/TID/syscall. */
class WaitingCallTest {

    private static WaitingCall parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return WaitingCall.parse(bytes, bytes.length);
    }

    @Test
    void registersOfAWaitingCall() {
        assertThat(parse("257 0xffffff9c 0x7ffd1 0x0 0xffffffffffffffff 0x10 0x5 0x7ffc3 0x7f1b\n"))
                .isEqualTo(new WaitingCall(257, new long[] {0xffffff9cL, 0x7ffd1, 0, -1, 0x10, 5}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "running\n", "-1 0x7ffc3 0x7f1b\n", "0 0x0 0x0 0x0 0x0 0x0 0x0 0x0 0x0\n", "3 0x1 0x2\n",
        "99999 0x0 0x0 0x0 0x0 0x0 0x0 0x7ffc3 0x7f1b\n", "\0\0"})
    void otherStatesAreNone(String text) {
        assertThat(parse(text)).isNull();
    }
}
