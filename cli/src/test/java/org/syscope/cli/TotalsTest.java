package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.syscope.capture.driver.DriverStatistics;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;

import static org.assertj.core.api.Assertions.assertThat;

/** The totals of a file say what was lost when it was recorded. */
class TotalsTest {

    private final Totals totals = new Totals();

    private void drop(int code, long lost) throws IOException {
        int length = Event.HEADER_LENGTH + 2 + 4;
        ByteBuffer bytes = ByteBuffer.allocate(length + 20).order(ByteOrder.LITTLE_ENDIAN).putLong(100).putLong(Event.NO_TID)
                .putInt(length).putShort((short) code).putInt(1).putShort((short) 4).putInt(0);
        if (lost > 0) {
            bytes.putShort((short) EventOptions.LOSS).putShort((short) 16).putLong(lost).putLong(90);
        }
        Event event = new Event();
        event.wrap(MemorySegment.ofArray(bytes.array()), 0, bytes.position(), 0, 0);
        totals.internal(event);
    }

    @Test
    void notificationsAreAddedUp() throws IOException {
        drop(EventCodes.PPME_DROP_E, 40);
        drop(EventCodes.PPME_DROP_E, 2);
        assertThat(totals.line("shown", 0, null)).startsWith("0 events, 0 shown, 42 lost when it was recorded in ");
        assertThat(totals.losses().places()).isEqualTo(2);
    }

    @Test
    void everyCauseOfALossIsSaid() {
        DriverStatistics lost = new DriverStatistics(1030, 1009, 6, 5, 4, 3, 2, 1, 8, 9, new long[] {21});
        assertThat(totals.line("shown", 0, lost)).startsWith("0 events, 0 shown, 21 lost (6 ring full, 5 too large, "
                + "4 program refused by the kernel, 3 on a CPU that came later, 2 processes too many to trace at once, "
                + "1 io_uring operation too many to follow at once) in ");
        assertThat(totals.line("shown", 0, new DriverStatistics(9, 9, 0, 0, 0, 0, 0, 0, 0, 0, new long[1])))
                .startsWith("0 events, 0 shown, 0 lost in ");
    }

    @Test
    void droppingOfOtherDriversHasNoNumber() throws IOException {
        drop(EventCodes.PPME_DROP_E, 0);
        assertThat(totals.losses().places()).isZero();
        drop(EventCodes.PPME_DROP_X, 0);
        assertThat(totals.losses().places()).isEqualTo(1);
        assertThat(totals.losses().unknownPlaces()).isEqualTo(1);
        assertThat(totals.line("shown", 0, null)).doesNotContain("lost");
    }

    @Test
    void whatEventsLackIsSaid() {
        assertThat(Totals.missing(new DriverStatistics(9, 9, 0, 0, 0, 0, 0, 0, 0, 0, new long[1]))).isEmpty();
        assertThat(Totals.missing(new DriverStatistics(9, 9, 0, 0, 0, 0, 0, 0, 1, 1200, new long[1]))).isEqualTo(
                "1 parameter empty, as the memory could not be read; "
                        + "1,200 calls without latency, as too many were under way at once");
    }
}
