package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;

/**
 * The notification of losses after which a CPU has sent nothing more: like those that the kernel side writes before the
 * next event, which here never came.
 *
 * <pre>
 *   0  header of 26 bytes: time, thread -1, length 32, type DROP_E, one parameter
 *  26  u16 4
 *  28  u32 lost
 *  32  u16 tag LOSS, u16 16, u64 lost, u64 time of the first, ns since the epoch
 *  52
 * </pre>
 */
final class LossEvent {

    private static final int LENGTH = 32;
    private static final int SIZE = 52;
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final MemorySegment bytes = Arena.ofAuto().allocate(SIZE, Long.BYTES);

    /** Points {@code event} at a notification. */
    void point(Event event, int cpu, long time, long lost, long since) throws IOException {
        event.wrap(write(time, lost, since), 0, SIZE, cpu, 0);
    }

    /** {@return the bytes of a notification, until the next call} */
    MemorySegment write(long time, long lost, long since) {
        bytes.set(I64, 0, time);
        bytes.set(I64, 8, Event.NO_TID);
        bytes.set(ValueLayout.JAVA_INT, 16, LENGTH);
        bytes.set(ValueLayout.JAVA_SHORT, 20, (short) EventCodes.PPME_DROP_E);
        bytes.set(ValueLayout.JAVA_INT_UNALIGNED, 22, 1);
        bytes.set(ValueLayout.JAVA_SHORT, 26, (short) Integer.BYTES);
        bytes.set(ValueLayout.JAVA_INT, 28, (int) Math.min(lost, 0xffffffffL));
        bytes.set(ValueLayout.JAVA_SHORT, 32, (short) EventOptions.LOSS);
        bytes.set(ValueLayout.JAVA_SHORT, 34, (short) (2 * Long.BYTES));
        bytes.set(I64, 36, lost);
        bytes.set(I64, 44, since);
        return bytes;
    }
}
