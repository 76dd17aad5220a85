package org.syscope.capture.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages of the runtime interface: what is there is found, what is damaged is left out. */
final class CriEngineTest {

    @Test
    void fieldsAreFoundByTheirNumbers() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[]{0x08, (byte) 0xAC, 0x02});
        bytes.writeBytes(new byte[]{0x11, 1, 2, 3, 4, 5, 6, 7, 8, 0x1D, 1, 2, 3, 4});
        bytes.writeBytes(Protobuf.message(4, Protobuf.message(1, "inner")));
        bytes.writeBytes(Protobuf.message(4, Protobuf.message(1, "second")));
        Protobuf message = Protobuf.of(bytes.toByteArray());
        assertThat(message.number(1)).isEqualTo(300);
        assertThat(message.number(9)).isZero();
        assertThat(message.messages(4)).hasSize(2);
        assertThat(message.at(4, 1).string()).isEqualTo("second");
        assertThat(message.at(9, 9).string()).isEmpty();
    }

    @Test
    void noTruncationAndNoBrokenByteIsAFault() {
        byte[] entry = Protobuf.message(8, concat(Protobuf.message(1, "key"), Protobuf.message(2, "value")));
        byte[] whole = concat(new byte[]{0x08, (byte) 0xAC, 0x02}, entry);
        for (int length = 0; length <= whole.length; length++) {
            Protobuf.of(Arrays.copyOf(whole, length)).texts(8);
        }
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] broken = whole.clone();
                broken[at] = (byte) value;
                Protobuf message = Protobuf.of(broken);
                message.texts(8);
                message.number(1);
            }
        }
        assertThat(Protobuf.of(whole).texts(8).get("key").array()).isEqualTo("value".getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
