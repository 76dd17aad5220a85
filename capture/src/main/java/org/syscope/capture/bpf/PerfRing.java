package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Reads a perf event's ring, which {@code bpf_perf_event_output} writes, in place: nothing is copied but a record that
 * goes over the ring's end, nothing allocated.
 *
 * <pre>
 * page 0      ... 1024 data_head u64, written by the kernel   1032 data_tail u64, written here   (perf_event_mmap_page)
 * pages 1..   data, a power of two of pages; a record that reaches the end goes on at the beginning
 *
 * record      0 type u32   4 misc u16   6 size u16: all bytes of the record, a multiple of 8
 *   SAMPLE 9  8 length u32   12 what the program has written, length bytes, of which the last up to 7 only fill up
 *   LOST 2    8 id u64      16 lost u64: records that found no room since the one before this
 *   others    are passed over
 * </pre>
 *
 * <p>(Kernel: {@code include/uapi/linux/perf_event.h}.) Use: {@link #next()} finds the next sample and goes on finding
 * the same until {@link #take()} takes it; {@link #release()} gives back the room of all that was taken. Positions only
 * grow. One thread at a time may use a ring.
 */
public final class PerfRing {
    static final int DATA_HEAD = 1024;
    static final int DATA_TAIL = 1032;

    private static final int LOST = 2;
    private static final int SAMPLE = 9;
    private static final int HEADER = 8;
    private static final int SAMPLE_HEADER = 12;
    private static final int LOST_SIZE = 24;
    private static final int LARGEST = 1 << 16;
    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();

    private final String name;
    private final MemorySegment control;
    private final MemorySegment data;
    private final MemorySegment whole = Arena.ofAuto().allocate(LARGEST, Long.BYTES);
    private final long mask;

    /** What was taken, what of it was given back, and up to where the kernel was seen to have written. */
    private long position;
    private long released;
    private long written;
    /** The head sample: bytes of its record, of its payload and where that lies; no record while size is 0. */
    private int size;
    private int length;
    private long payload;
    private MemorySegment segment;
    private long lostHere;
    private long lostInAll;

    /**
     * Reads a ring from where its reader stopped last.
     *
     * @param name what to call it in errors
     * @param control its first page, which is written to
     * @param data its other pages, a power of two of bytes
     */
    PerfRing(String name, MemorySegment control, MemorySegment data) {
        if (Long.bitCount(data.byteSize()) != 1 || data.byteSize() < HEADER) {
            throw new IllegalArgumentException(name + ": a ring needs a power of two of bytes, not " + data.byteSize());
        }
        this.name = name;
        this.control = control;
        this.data = data;
        this.mask = data.byteSize() - 1;
        this.position = (long) POSITION.get(control, (long) DATA_TAIL);
        this.released = position;
        this.written = position;
    }

    /** {@return the ring's size in bytes} */
    public long size() {
        return mask + 1;
    }

    /** {@return bytes that are written and not taken now, headers included; 0 to {@link #size()}} */
    public long pending() {
        return (long) POSITION.getAcquire(control, (long) DATA_HEAD) - position;
    }

    /**
     * Finds the oldest sample that was not taken. Without {@link #take()} in between it finds the same again.
     *
     * @return offset of its payload in {@link #segment()}; -1 if there is none
     * @throws BpfException if what stands in the ring is no record
     */
    public long next() throws BpfException {
        while (size == 0) {
            if (position == written) {
                written = (long) POSITION.getAcquire(control, (long) DATA_HEAD);
                if (position == written) {
                    return -1;
                }
                check(written - position > 0 && written - position <= size());
            }
            long at = position & mask;
            check(written - position >= HEADER && (position & 7) == 0);
            int type = data.get(ValueLayout.JAVA_INT, at);
            int bytes = data.get(ValueLayout.JAVA_SHORT, at + 6) & 0xffff;
            check(bytes >= HEADER && (bytes & 7) == 0 && bytes <= written - position);
            if (type == SAMPLE) {
                find(at, bytes);
            } else {
                if (type == LOST) {
                    check(bytes >= LOST_SIZE);
                    long lost = data.get(ValueLayout.JAVA_LONG, at + 16 & mask);
                    lostHere += lost;
                    lostInAll += lost;
                }
                position += bytes;
            }
        }
        return payload;
    }

    private void find(long at, int bytes) throws BpfException {
        check(bytes > SAMPLE_HEADER);
        if (at + bytes <= size()) {
            segment = data;
            payload = at + SAMPLE_HEADER;
        } else {
            long first = size() - at;
            MemorySegment.copy(data, at, whole, 0, first);
            MemorySegment.copy(data, 0, whole, first, bytes - first);
            segment = whole;
            payload = SAMPLE_HEADER;
        }
        length = segment.get(ValueLayout.JAVA_INT, payload - Integer.BYTES);
        check(length >= 0 && length <= bytes - SAMPLE_HEADER);
        size = bytes;
    }

    private void check(boolean sound) throws BpfException {
        if (!sound) {
            throw new BpfException(BpfException.Kind.MALFORMED, name + ": what stands at " + position + " is no record",
                    "please report it");
        }
    }

    /** {@return the memory that the found sample lies in: the ring itself, or a copy of a record that goes over its end} */
    public MemorySegment segment() {
        return segment;
    }

    /** {@return bytes of the payload that {@link #next()} found, with up to 7 that only fill up} */
    public int length() {
        return length;
    }

    /** {@return how many records the kernel had no room for right before the sample that {@link #next()} found} */
    public long lostHere() {
        return lostHere;
    }

    /** {@return how many records the kernel had no room for, as far as the ring was read} */
    public long lostInAll() {
        return lostInAll;
    }

    /**
     * Takes the sample that {@link #next()} found; its memory stays as it is until {@link #release()}, that of a copied
     * one until the next {@link #next()}.
     */
    public void take() {
        if (size == 0) {
            throw new IllegalStateException("no record was found");
        }
        position += size;
        size = 0;
        lostHere = 0;
    }

    /** Gives back the room of all records that were taken; their memory may be overwritten at once. */
    public void release() {
        if (released != position) {
            released = position;
            POSITION.setRelease(control, (long) DATA_TAIL, position);
        }
    }
}
