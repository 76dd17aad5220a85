package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;

/**
 * Finds the time a call took among the options behind its exit event. Drivers put them right behind the event, files
 * into a pcapng custom option of this project:
 *
 * <pre>
 *  ring:  event | pad to 4 | tag u16 | length u16 | value | pad to 4 | tag ...
 *  file:  event | pad to 4 | 2989 u16 | length u16 | 32473 u32 | tag u16 | length u16 | value | pad to 4 | ...
 * </pre>
 *
 * <p>Tag 1 is the latency: u64 ns from the entry of the call to the event's time. All numbers are little endian.
 */
final class EnterTimeOption {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int CUSTOM_OPTION = 2989;
    private static final int ENTERPRISE = 32473;
    private static final int TAG_LATENCY = 1;
    private static final int HEAD = 4;

    private EnterTimeOption() {
    }

    /** When the call was entered, ns since the epoch; {@link SystemState#UNKNOWN} if nothing tells. */
    static long of(Event event) {
        int available = event.optionsLength();
        if (available < HEAD + Long.BYTES) {
            return SystemState.UNKNOWN;
        }
        MemorySegment segment = event.segment();
        long start = event.optionsOffset();
        long end = start + available;
        for (int padding = 0; padding < HEAD && start + padding + 2 * HEAD <= end; padding++) {
            long at = start + padding;
            if (u16(segment, at) == CUSTOM_OPTION && segment.get(I32, at + HEAD) == ENTERPRISE) {
                return inOptions(event, at, end);
            }
        }
        int padding = -event.length() & 3;
        return before(event, inTags(segment, start + padding, end));
    }

    private static long inOptions(Event event, long first, long end) {
        MemorySegment segment = event.segment();
        long at = first;
        while (at + HEAD <= end) {
            int code = u16(segment, at);
            int length = u16(segment, at + 2);
            long value = at + HEAD;
            if (code == 0 || value + length > end) {
                break;
            }
            if (code == CUSTOM_OPTION && length >= HEAD && segment.get(I32, value) == ENTERPRISE) {
                long latency = inTags(segment, value + HEAD, value + length);
                if (latency >= 0) {
                    return before(event, latency);
                }
            }
            at = value + (length + 3 & ~3);
        }
        return SystemState.UNKNOWN;
    }

    private static long inTags(MemorySegment segment, long first, long end) {
        long at = first;
        while (at + HEAD <= end) {
            int tag = u16(segment, at);
            int length = u16(segment, at + 2);
            if (tag == 0 || at + HEAD + length > end) {
                break;
            }
            if (tag == TAG_LATENCY && length == Long.BYTES) {
                return segment.get(I64, at + HEAD);
            }
            at += HEAD + (length + 3 & ~3);
        }
        return SystemState.UNKNOWN;
    }

    private static long before(Event event, long latency) {
        return latency < 0 || latency > event.timestamp() ? SystemState.UNKNOWN : event.timestamp() - latency;
    }

    private static int u16(MemorySegment segment, long at) {
        return Short.toUnsignedInt(segment.get(I16, at));
    }
}
