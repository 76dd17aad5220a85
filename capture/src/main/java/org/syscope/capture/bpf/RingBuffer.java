package org.syscope.capture.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.Function;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.Mapping;

/**
 * Reads a map of type {@link MapType#RINGBUF} in place: nothing is copied, nothing allocated.
 *
 * <pre>
 * page 0      consumer position u64, written here           (mapped read-write)
 * page 1      producer position u64, written by the kernel  (mapped read-only, with the rest)
 * pages 2..   data, mapped so that a record that goes over the end can be read as one
 *
 * record      0 length u32: bit 31 busy (still being written), bit 30 discarded
 *             4 page offset u32
 *             8 payload, length bytes; the next record begins at the next multiple of 8
 * </pre>
 *
 * <p>Use: {@link #next()} finds the head record and goes on finding the same until {@link #take()} takes it;
 * {@link #release()} gives back the room of all that was taken, {@link #consume()} does both. So several rings
 * can be merged: look at all heads, take the smallest. Positions only grow.
 *
 * <p>The kernel wakes a sleeper (see {@link org.syscope.capture.linux.Epoll}) when a record is written to a ring whose
 * room was given back wholly; so release before going to sleep. One thread at a time may use a ring.
 */
public final class RingBuffer implements AutoCloseable {
    private static final int HEADER = 8;
    private static final int DISCARDED = 1 << 30;
    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle LENGTH = ValueLayout.JAVA_INT.varHandle();

    private final Fd fd;
    private final Mapping consumerPage;
    private final Mapping producerPages;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final MemorySegment data;
    private final long mask;

    /** What was taken, what of it was given back, and up to where the kernel was seen to have written. */
    private long position;
    private long released;
    private long written;
    /** Payload length of the head record, or -1 while none was found. */
    private int head = -1;

    /**
     * Maps a ring.
     *
     * @param map the map; it may be closed while the ring goes on being read
     * @throws BpfException if it is no ring buffer, or cannot be mapped
     */
    public RingBuffer(BpfMap map) throws BpfException {
        this(checked(map).fd(), map.maxEntries(), 2L * map.maxEntries(), refused -> unmapped(map, refused));
    }

    /**
     * Maps a ring of this layout that programs keep in the only value of a mappable array. Its data is not mapped twice:
     * a record that goes over the end lies in the room behind it.
     *
     * @param map the array; its value is two pages, the data and that room
     * @param size of the data, bytes, a power of two
     * @throws BpfException if it cannot be mapped
     */
    public RingBuffer(BpfMap map, int size) throws BpfException {
        this(map.fd(), size, map.spec().valueSize() - 2L * Mapping.pageSize(), refused -> unmapped(map, refused));
    }

    /**
     * Maps a ring of this layout that is no map: one of the kernel module.
     *
     * @param fd what to map
     * @param size of the data, bytes, a power of two
     * @throws ErrnoException if it cannot be mapped
     */
    public RingBuffer(Fd fd, long size) throws ErrnoException {
        this(fd, size, 2 * size, refused -> refused);
    }

    private <X extends Exception> RingBuffer(Fd fd, long size, long mapped, Function<ErrnoException, X> failure) throws X {
        long page = Mapping.pageSize();
        this.fd = fd;
        this.mask = size - 1;
        try {
            this.consumerPage = Mapping.of(fd, 0, page, true);
        } catch (ErrnoException refused) {
            throw failure.apply(refused);
        }
        try {
            this.producerPages = Mapping.of(fd, page, page + mapped, false);
        } catch (ErrnoException refused) {
            consumerPage.close();
            throw failure.apply(refused);
        }
        this.consumer = consumerPage.segment();
        this.producer = producerPages.segment();
        this.data = producer.asSlice(page);
        this.position = (long) POSITION.getAcquire(consumer, 0L);
        this.released = position;
        this.written = position;
    }

    private static BpfMap checked(BpfMap map) {
        if (map.spec().type() != MapType.RINGBUF) {
            throw new IllegalArgumentException("map " + map.name() + " is no ring buffer");
        }
        return map;
    }

    private static BpfException unmapped(BpfMap map, ErrnoException refused) {
        return new BpfException(BpfException.Kind.MAP, "ring buffer " + map.name() + ": " + refused.getMessage(),
                "use smaller buffers", "", refused);
    }

    /** {@return the descriptor to wait on} */
    public Fd fd() {
        return fd;
    }

    /** {@return the memory that offsets are in: more than the ring's bytes, read-only} */
    public MemorySegment data() {
        return data;
    }

    /** {@return the ring's size in bytes} */
    public long size() {
        return mask + 1;
    }

    /**
     * Finds the oldest record that was not taken; discarded ones are passed over. Without {@link #take()} in
     * between it finds the same again.
     *
     * @return offset of its payload in {@link #data()}, a multiple of 8; -1 if there is none, or it is still written
     */
    public long next() {
        if (head >= 0) {
            return (position & mask) + HEADER;
        }
        while (true) {
            if (position == written) {
                written = (long) POSITION.getAcquire(producer, 0L);
                if (position == written) {
                    return -1;
                }
            }
            long at = position & mask;
            int length = (int) LENGTH.getAcquire(data, at);
            if (length < 0) {
                // The busy bit is the sign.
                return -1;
            }
            if ((length & DISCARDED) == 0) {
                head = length;
                return at + HEADER;
            }
            head = length & ~DISCARDED;
            take();
        }
    }

    /** {@return payload bytes of the record that {@link #next()} found} */
    public int length() {
        return head;
    }

    /** Takes the record that {@link #next()} found; its memory stays as it is until {@link #release()}. */
    public void take() {
        if (head < 0) {
            throw new IllegalStateException("no record was found");
        }
        position += (head + HEADER + 7L) & -8L;
        head = -1;
    }

    /** Gives back the room of all records that were taken; their memory may be overwritten at once. */
    public void release() {
        if (released != position) {
            released = position;
            POSITION.setRelease(consumer, 0L, position);
        }
    }

    /** Takes the record that {@link #next()} found and gives its room back. */
    public void consume() {
        take();
        release();
    }

    /** {@return bytes that are written and not taken now, headers included; 0 to {@link #size()}} */
    public long pending() {
        return (long) POSITION.getAcquire(producer, 0L) - position;
    }

    @Override
    public void close() {
        consumerPage.close();
        producerPages.close();
    }
}
