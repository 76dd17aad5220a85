package org.syscope.capture.scap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntPredicate;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;

/**
 * Finds event blocks, back to back, that {@link ScapWriter} would write just as they are, so that they can be copied many at
 * a time: of the newest generation, whole and without fault, their options as it puts them. Whatever else comes ends a run,
 * and is left to who reads events one by one; so a damaged block is told of as ever.
 */
public final class UnchangedBlocks {

    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = ScapReader.BLOCK_HEADER + 2;
    private static final int FLAGS_HEAD = HEAD + 4;
    private static final int TRAILER = 4;
    private static final int SHORTEST = FLAGS_HEAD + Event.HEADER_LENGTH + TRAILER;
    private static final int MAX_PARAMETERS = 256;
    private static final int OPTION_HEAD = 4;

    private static final byte NARROW = 2;
    private static final byte WIDE = 4;
    private static final byte LEFT = 1;

    /** By event type code: bytes of a parameter's length, {@link #LEFT} for types that are not copied, 0 if not known yet. */
    private final byte[] widths = new byte[EventCodes.COUNT];
    private final IntPredicate copied;
    private long end;
    private long events;

    /**
     * Has found nothing yet.
     *
     * @param copied which event types, known ones, may be copied; the others need to be looked at
     */
    public UnchangedBlocks(IntPredicate copied) {
        this.copied = copied;
    }

    /** Finds the run of such blocks from {@code from}, within {@code limit}; it may be empty. */
    void find(MemorySegment window, long from, long limit) {
        long at = from;
        long count = 0;
        while (true) {
            int length = length(window, at, limit - at);
            if (length == 0) {
                break;
            }
            at += length;
            count++;
        }
        end = at;
        events = count;
    }

    /** Where the run ends. */
    long end() {
        return end;
    }

    /** How many events are in it. */
    long events() {
        return events;
    }

    /** Length of the block if it can be copied, otherwise 0. */
    private int length(MemorySegment window, long at, long left) {
        if (left < SHORTEST) {
            return 0;
        }
        int type = window.get(I32, at);
        int length = window.get(I32, at + 4);
        int head = HEAD;
        if (type == BlockType.EVENT_FLAGS_V2) {
            head = FLAGS_HEAD;
            if (window.get(I32, at + HEAD) != Event.STATE_ONLY) {
                return 0;
            }
        } else if (type != BlockType.EVENT_V2) {
            return 0;
        }
        if (length < SHORTEST || length > Math.min(left, ScapReader.MAX_SMALL_BLOCK) || (length & 3) != 0
                || window.get(I32, at + length - TRAILER) != length) {
            return 0;
        }
        int size = eventLength(window, at + head, length - TRAILER - head);
        return size > 0 && sameBehind(window, at, head + size, length - TRAILER) ? length : 0;
    }

    /** Length of an event without fault, of a type that may be copied; otherwise 0. */
    private int eventLength(MemorySegment window, long event, int available) {
        int size = window.get(I32, event + 16);
        int code = Short.toUnsignedInt(window.get(I16, event + 20));
        int parameters = window.get(I32, event + 22);
        int width = code < widths.length ? widths[code] : LEFT;
        if (width == 0) {
            width = learn(code);
        }
        if (width == LEFT || size > available || parameters < 0 || parameters > MAX_PARAMETERS) {
            return 0;
        }
        long lengths = event + Event.HEADER_LENGTH;
        int position = Event.HEADER_LENGTH + parameters * width;
        for (int i = 0; i < parameters && position <= size; i++) {
            int length = width == WIDE ? window.get(I32, lengths + 4L * i)
                    : Short.toUnsignedInt(window.get(I16, lengths + 2L * i));
            if (length < 0 || length > size) {
                return 0;
            }
            position += length;
        }
        return position <= size ? size : 0;
    }

    private int learn(int code) {
        widths[code] = !EventType.known(code) || !copied.test(code) ? LEFT
                : EventType.of(code).is(EventFlag.LARGE_PAYLOAD) ? WIDE : NARROW;
        return widths[code];
    }

    /** Whether zeros pad the event, and either nothing follows or options with their end right before the trailer. */
    private static boolean sameBehind(MemorySegment window, long at, int eventEnd, int trailer) {
        int position = eventEnd;
        while ((position & 3) != 0) {
            if (window.get(ValueLayout.JAVA_BYTE, at + position) != 0) {
                return false;
            }
            position++;
        }
        if (position == trailer) {
            return true;
        }
        int first = position;
        while (position + OPTION_HEAD < trailer) {
            if (window.get(I16, at + position) == 0) {
                return false;
            }
            position += OPTION_HEAD + (Short.toUnsignedInt(window.get(I16, at + position + 2)) + 3 & ~3);
        }
        return position > first && position + OPTION_HEAD == trailer && window.get(I32, at + position) == 0;
    }
}
