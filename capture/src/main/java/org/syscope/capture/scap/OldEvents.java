package org.syscope.capture.scap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;

/**
 * Gives events of EV and EVF blocks the parameter count that their header lacks, in a buffer of its own:
 *
 * <pre>
 *   file:    | ts u64 | tid u64 | len u32 | type u16 |               | lengths | parameters | rest of the block |
 *   buffer:  | ts     | tid     | len + 4 | type     | nparams u32   | lengths | parameters | rest of the block |
 * </pre>
 *
 * <p>The count is the largest one, from what the type has today downwards, for which the lengths and the parameters that
 * they announce end where the event ends. Source: scap format description, event blocks.
 */
final class OldEvents {

    /** Bytes before the lengths array. */
    static final int HEADER_LENGTH = 22;

    /** Some types' events were written with a length that is too large by this. */
    private static final int EXCESS = 3;
    private static final int ADDED = Event.HEADER_LENGTH - HEADER_LENGTH;
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment buffer = Arena.ofAuto().allocate(ScapReader.MAX_SMALL_BLOCK + ADDED, Long.BYTES);
    private long available;

    /**
     * Converts the event at {@code offset}, of a type that is known here.
     *
     * @param room bytes from there to the end of the block, its trailer not counted
     */
    void convert(MemorySegment source, long offset, long room) throws DamagedBlockException {
        int length = source.get(I32, offset + 16);
        if (length < HEADER_LENGTH || length > room) {
            throw new DamagedBlockException("the event says it has " + Integer.toUnsignedString(length) + " bytes, "
                    + room + " are there");
        }
        int code = Short.toUnsignedInt(source.get(I16, offset + 20));
        EventType type = EventType.of(code);
        int count = -1;
        if (code == EventCodes.PPME_NOTIFICATION_E || code == EventCodes.PPME_INFRASTRUCTURE_EVENT_E) {
            count = parameterCount(type, source, offset, length - EXCESS);
            if (count >= 0) {
                length -= EXCESS;
            }
        }
        if (count < 0) {
            count = parameterCount(type, source, offset, length);
        }
        if (count < 0) {
            throw new DamagedBlockException("the event's length of " + length + " bytes fits no number of parameters of type "
                    + code);
        }
        MemorySegment.copy(source, offset, buffer, 0, HEADER_LENGTH);
        buffer.set(I32, 16, length + ADDED);
        buffer.set(I32, HEADER_LENGTH, count);
        MemorySegment.copy(source, offset + HEADER_LENGTH, buffer, Event.HEADER_LENGTH, room - HEADER_LENGTH);
        available = room + ADDED;
    }

    private static int parameterCount(EventType type, MemorySegment source, long offset, int length) {
        int width = type.is(EventFlag.LARGE_PAYLOAD) ? 4 : 2;
        int count = type.parameterCount();
        while (count >= 0) {
            long end = HEADER_LENGTH + (long) width * count;
            for (int i = 0; i < count && end <= length; i++) {
                long at = offset + HEADER_LENGTH + (long) width * i;
                end += width == 4 ? Integer.toUnsignedLong(source.get(I32, at)) : Short.toUnsignedLong(source.get(I16, at));
            }
            if (end == length) {
                return count;
            }
            count--;
        }
        return -1;
    }

    /** Where the converted event lies, at offset 0; until the next one. */
    MemorySegment segment() {
        return buffer;
    }

    /** Bytes of the event and of what follows it in its block. */
    long available() {
        return available;
    }
}
