package org.syscope.capture.event;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The flyweight reads what was written and refuses whatever contradicts itself. */
final class EventTest {

    static byte[] event(int type, byte[]... parameters) {
        int length = Event.HEADER_LENGTH;
        for (byte[] parameter : parameters) {
            length += 2 + parameter.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(1_700_000_000_000_000_001L).putLong(42).putInt(length).putShort((short) type).putInt(parameters.length);
        for (byte[] parameter : parameters) {
            buffer.putShort((short) parameter.length);
        }
        for (byte[] parameter : parameters) {
            buffer.put(parameter);
        }
        return buffer.array();
    }

    private static byte[] i64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    @Test
    void readsHeaderAndParameters() throws MalformedEventException {
        byte[] bytes = event(EventCodes.PPME_SYSCALL_OPEN_X, i64(-2), "a.txt\0".getBytes(StandardCharsets.US_ASCII),
                new byte[] {1, 0, 0, (byte) 0x80}, new byte[0]);
        Event event = new Event();
        event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 3, 0);
        assertThat(event.timestamp()).isEqualTo(1_700_000_000_000_000_001L);
        assertThat(event.tid()).isEqualTo(42);
        assertThat(event.cpu()).isEqualTo(3);
        assertThat(event.type().name()).isEqualTo("open");
        assertThat(event.parameterCount()).isEqualTo(4);
        assertThat(event.signed(0, 0)).isEqualTo(-2);
        assertThat(event.text(1)).hasToString("a.txt");
        assertThat(event.unsigned(2, 0)).isEqualTo(0x80000001L);
        assertThat(event.has(3)).isFalse();
        assertThat(event.unsigned(3, 7)).isEqualTo(7);
        assertThat(event.unsigned(9, 7)).isEqualTo(7);
        assertThat(event.optionsLength()).isZero();
    }

    @Test
    void aCutAnywhereIsRefused() {
        byte[] bytes = event(EventCodes.PPME_SYSCALL_OPEN_X, i64(3), "a.txt\0".getBytes(StandardCharsets.US_ASCII));
        Event event = new Event();
        for (int cut = 0; cut < bytes.length; cut++) {
            int available = cut;
            assertThatExceptionOfType(MalformedEventException.class)
                    .isThrownBy(() -> event.wrap(MemorySegment.ofArray(bytes), 0, available, 0, 0));
        }
        assertThatCode(() -> event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, 0)).doesNotThrowAnyException();
    }

    @Test
    void anyBytesGiveAnEventOrThatException() {
        Random random = new Random(20);
        byte[] good = event(EventCodes.PPME_SYSCALL_OPEN_X, i64(3), "a.txt\0".getBytes(StandardCharsets.US_ASCII));
        Event event = new Event();
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = good.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, 0);
                for (int i = 0; i < event.parameterCount(); i++) {
                    event.text(i);
                    event.signed(i, 0);
                }
            } catch (MalformedEventException expected) {
                assertThat(expected).hasMessageContaining("event");
            }
        }
    }
}
