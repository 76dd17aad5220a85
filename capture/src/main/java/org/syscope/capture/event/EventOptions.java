package org.syscope.capture.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Walks over what this project records behind an event because the event has no room for it: tags with values. In a ring
 * they follow the event as they are; in a file they are packed into pcapng custom options, so that other readers pass
 * over them, and other options may stand beside them. Re-pointed for each event, allocates nothing.
 *
 * <pre>
 *  tags:  | tag u16 | length u16 | value, padded to 4 | tag u16 | ...          until tag 0 or the end
 *  ring:  event | pad: 4 divides what is before | tags
 *  file:  event | pad: 4 divides what is before, the cpu's 2 bytes included | options
 *         option:  | 2989 u16 | length u16 | 32473 u32 | tags |                one of ours; its length counts from 32473
 *                  | code u16 | length u16 | value, padded to 4 |              others
 *                  | 0 u16 | 0 u16 |                                           end
 * </pre>
 *
 * <p>32473 is the enterprise number that RFC 5612 sets aside for documentation, 2989 pcapng's custom option of bytes that
 * may be copied. A chain that contradicts itself ends where it does. All numbers are little endian.
 */
public final class EventOptions {

    /** Tag: ns from the entry of a call to its exit event, u64. */
    public static final int LATENCY = 1;

    /**
     * Tag: result and arguments of a generic call: i64 result, u8 count, u8 strings, u16 0, u64 value[count], then for
     * each string u8 index of its argument, u8 kind (1 text with its NUL, 2 memory that could not be read), u16 length,
     * bytes.
     */
    public static final int ARGUMENTS = 2;

    /** Tag: a hole in the stream: u64 events lost at this place on this CPU, u64 ns since the epoch of the first. */
    public static final int LOSS = 3;

    /** Tag: an operation of io_uring, see {@link IoUringOperation}. */
    public static final int IO_URING = 4;

    /** Tag: what the fds of a received message are open on; {@code bpf-src/shared/interface.h} has the layout. */
    public static final int RECEIVED = 5;

    /** pcapng's code of a custom option with bytes. */
    public static final int CUSTOM_OPTION = 2989;
    /** The enterprise number in front of our tags. */
    public static final int ENTERPRISE = 32473;

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = 4;
    private static final int CPU_WIDTH = 2;

    private MemorySegment segment = MemorySegment.NULL;
    private long option;
    private long optionsEnd;
    private long cursor;
    private long tagsEnd;
    private int tag;
    private int length;
    private long offset;

    /** Points this at what follows {@code event}; valid as long as the event is. */
    public void wrap(Event event) {
        segment = event.segment();
        long end = event.optionsOffset() + event.optionsLength();
        if (event.pcapngOptions()) {
            option = start(event);
            optionsEnd = end;
            tagsEnd = 0;
            cursor = 0;
        } else {
            option = end;
            optionsEnd = end;
            cursor = start(event);
            tagsEnd = end;
        }
    }

    /** Where options or tags begin behind an event, its padding passed over; may lie behind the end. */
    public static long start(Event event) {
        int before = event.pcapngOptions() ? event.length() + CPU_WIDTH : event.length();
        return event.optionsOffset() + (-before & 3);
    }

    /** Goes to the next tag; false if there is none. */
    public boolean next() {
        while (true) {
            if (cursor + HEAD <= tagsEnd) {
                tag = u16(cursor);
                length = u16(cursor + 2);
                offset = cursor + HEAD;
                if (tag != 0 && offset + length <= tagsEnd) {
                    cursor = offset + (length + 3 & ~3);
                    return true;
                }
                cursor = tagsEnd;
            }
            if (!nextOption()) {
                return false;
            }
        }
    }

    private boolean nextOption() {
        while (option + HEAD <= optionsEnd) {
            int code = u16(option);
            int size = u16(option + 2);
            long value = option + HEAD;
            if (code == 0 || value + size > optionsEnd) {
                break;
            }
            option = value + (size + 3 & ~3);
            if (code == CUSTOM_OPTION && size >= HEAD && segment.get(I32, value) == ENTERPRISE) {
                cursor = value + HEAD;
                tagsEnd = value + size;
                return true;
            }
        }
        option = optionsEnd;
        return false;
    }

    /** Points at {@code event} and goes to the first {@code wanted} tag behind it; false if there is none. */
    public boolean find(Event event, int wanted) {
        if (event.optionsLength() < HEAD) {
            return false;
        }
        wrap(event);
        while (next()) {
            if (tag == wanted) {
                return true;
            }
        }
        return false;
    }

    /** The tag. */
    public int tag() {
        return tag;
    }

    /** Length of the tag's value, bytes. */
    public int length() {
        return length;
    }

    /** Where the tag's value begins in {@link #segment()}. */
    public long offset() {
        return offset;
    }

    /** The bytes the value lies in. */
    public MemorySegment segment() {
        return segment;
    }

    /** The value as a number, if it has 8 bytes. */
    public long u64(long absent) {
        return length == Long.BYTES ? segment.get(I64, offset) : absent;
    }

    /** 8 bytes of the value as a number; {@code at} from 0, at most {@link #length()} - 8. */
    public long u64At(int at) {
        return segment.get(I64, offset + at);
    }

    private int u16(long at) {
        return Short.toUnsignedInt(segment.get(I16, at));
    }
}
