package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Bytes of a pipe or of gzip, read into one buffer; what is left of it is moved to its start. */
final class StreamInput extends BlockInput {

    /** Stays in a core's own cache, and reading so much at once makes the calls for it negligible. */
    private static final int INITIAL = 512 << 10;
    private static final int MAX = Integer.MAX_VALUE - 8;

    private final ByteSource source;
    private Arena arena = Arena.ofShared();
    private ByteBuffer buffer;

    StreamInput(ByteSource source) {
        this.source = source;
        window = arena.allocate(INITIAL, Long.BYTES);
        buffer = window.asByteBuffer();
    }

    @Override
    long fill(long keep, long wanted) throws IOException {
        long left = limit - keep;
        MemorySegment.copy(window, keep, window, 0, left);
        windowStart += keep;
        limit = left;
        while (limit < wanted) {
            if (limit == buffer.capacity()) {
                grow(wanted);
            }
            buffer.limit(buffer.capacity()).position((int) limit);
            int count = source.read(buffer);
            if (count < 0) {
                break;
            }
            limit += count;
        }
        return 0;
    }

    /** Doubles the buffer: only as data come, so that a damaged length cannot ask for more memory than there are data. */
    private void grow(long wanted) throws IOException {
        long size = Math.min(Math.min(Math.max(wanted, INITIAL), 2L * buffer.capacity()), MAX);
        if (size <= buffer.capacity()) {
            throw new IOException("a block of " + wanted + " bytes is too long");
        }
        Arena next = Arena.ofShared();
        MemorySegment larger = next.allocate(size, Long.BYTES);
        MemorySegment.copy(window, 0, larger, 0, limit);
        arena.close();
        arena = next;
        window = larger;
        buffer = larger.asByteBuffer();
    }

    @Override
    String fault() {
        return source.fault();
    }

    @Override
    boolean wouldWait() throws IOException {
        return source.wouldWait();
    }

    @Override
    boolean compressed() {
        return source.compressed();
    }

    @Override
    long fileOffset(long position) {
        return source.fileOffset();
    }

    @Override
    long entryPoint(long position) {
        return source.entryPoint(position);
    }

    @Override
    void seek(long entryPoint, long position) throws IOException {
        source.seek(entryPoint, position);
        windowStart = position;
        limit = 0;
    }

    /** Frees the buffer; the source stays open. */
    void release() {
        window = MemorySegment.NULL;
        limit = 0;
        arena.close();
    }

    @Override
    public void close() throws IOException {
        release();
        source.close();
    }
}
