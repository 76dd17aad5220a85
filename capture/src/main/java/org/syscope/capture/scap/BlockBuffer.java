package org.syscope.capture.scap;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory outside the Java heap in which blocks are built, one behind the other. One thread at a time writes into it. */
final class BlockBuffer implements AutoCloseable {

    /** The memory; from {@link #view} for those who put it into files. */
    final MemorySegment segment;

    private final Arena arena = Arena.ofShared();
    private final ByteBuffer bytes;

    /** A buffer of {@code size} bytes, below 2 GiB. */
    BlockBuffer(long size) {
        segment = arena.allocate(size, Long.BYTES);
        bytes = segment.asByteBuffer();
    }

    /** How large it is, bytes. */
    long size() {
        return segment.byteSize();
    }

    /** A part of it, little endian, its position 0 at {@code from}. */
    ByteBuffer view(long from, long to) {
        return bytes.slice((int) from, (int) (to - from)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        arena.close();
    }
}
