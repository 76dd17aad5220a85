package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.capture.bpf.PerfWriter;
import org.syscope.capture.event.EventCodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Events of a perf ring, and the notifications of losses at their places, whoever knows of the losses. */
class ClassicRingTest {
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final PerfWriter writer = new PerfWriter(4096, 0);
    private final ClassicRing ring = new ClassicRing(writer.reader(), 3);

    private static byte[] record(long time, int type, int data) {
        ByteBuffer bytes = ByteBuffer.allocate(8 + 26 + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(3).putInt(8 + 26 + data).putLong(time).putLong(1).putInt(26 + data).putShort((short) type).putInt(0);
        return bytes.array();
    }

    private boolean event(long time) {
        return writer.write(record(time, EventCodes.PPME_GENERIC_X, 200));
    }

    /** Takes all there is: times of events, and "lost N since T" for notifications. */
    private List<String> all() throws IOException {
        List<String> all = new ArrayList<>();
        for (long at = ring.peek(); at >= 0; at = ring.peek()) {
            assertThat(ring.peek()).isEqualTo(at);
            int type = ring.segment().get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 20);
            long time = ring.segment().get(U64, at);
            all.add(type == EventCodes.PPME_DROP_E && ring.length() == 52
                    ? time + " lost " + ring.segment().get(U64, at + 36) + " since " + ring.segment().get(U64, at + 44)
                    : Long.toString(time));
            ring.take();
        }
        ring.release();
        return all;
    }

    @Test
    void eventsHaveTheLengthThatTheProgramGaveThem() throws IOException {
        writer.write(record(5, EventCodes.PPME_GENERIC_X, 3));
        assertThat(ring.peek()).isPositive();
        assertThat(ring.length()).isEqualTo(29);
        assertThat(ring.cpu()).isEqualTo(3);
    }

    @Test
    void lossesThatOnlyTheRingKnowsAreToldAtTheirPlace() throws IOException {
        int time = 0;
        while (event(++time)) {
            assertThat(time).isLessThan(100);
        }
        event(++time);
        event(++time);
        int last = time - 3;
        assertThat(all()).hasSize(last).endsWith(Integer.toString(last));
        assertThat(event(100)).isTrue();
        assertThat(event(101)).isTrue();
        assertThat(all()).containsExactly("100 lost 3 since " + last, "100", "101");
        assertThat(ring.lost()).isEqualTo(3);
        assertThat(ring.events()).isEqualTo(last + 2);
        assertThat(ring.lastTime()).isEqualTo(101);
    }

    @Test
    void lossesThatTheProgramTellsAreNotToldTwice() throws IOException {
        int time = 0;
        while (event(++time)) {
            assertThat(time).isLessThan(100);
        }
        all();
        assertThat(writer.write(record(50, EventCodes.PPME_DROP_E, 26))).isTrue();
        assertThat(event(51)).isTrue();
        assertThat(all()).hasSize(2).endsWith("51");
        assertThat(ring.lost()).isZero();
        assertThat(ring.events()).as("the notification is no event").isEqualTo(time);
    }

    @Test
    void aLengthThatCannotBeIsRefused() {
        byte[] record = record(5, EventCodes.PPME_GENERIC_X, 3);
        for (int length : new int[] {0, 33, 48, -1}) {
            ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).putInt(4, length);
            PerfWriter other = new PerfWriter(4096, 0);
            other.write(record);
            assertThatThrownBy(new ClassicRing(other.reader(), 0)::peek).isInstanceOf(DriverException.class)
                    .hasMessageContaining("record of CPU 0");
        }
    }
}
