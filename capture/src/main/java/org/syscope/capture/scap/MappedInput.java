package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/**
 * A plain regular file, mapped a piece at a time: nothing is copied, and a file of any size occupies no more than one
 * window of memory. A file that grows is seen to grow.
 */
final class MappedInput extends BlockInput {

    /** Large enough that mapping costs nothing beside reading, small enough to be kind to memory. */
    private static final long WINDOW = 32L << 20;
    private static final long PAGE = 4096;

    private final FileChannel channel;
    private Arena arena;

    MappedInput(FileChannel channel) {
        this.channel = channel;
    }

    @Override
    long fill(long keep, long wanted) throws IOException {
        long at = windowStart + keep;
        long size = channel.size();
        if (size <= windowStart + limit && arena != null || size <= at) {
            return keep;
        }
        long start = at / PAGE * PAGE;
        long length = Math.min(size - start, Math.max(WINDOW, at - start + wanted));
        Arena next = Arena.ofShared();
        try {
            window = channel.map(FileChannel.MapMode.READ_ONLY, start, length, next);
        } catch (IOException | RuntimeException | Error e) {
            next.close();
            throw e;
        }
        unmap();
        arena = next;
        windowStart = start;
        limit = length;
        return at - start;
    }

    @Override
    String fault() {
        return null;
    }

    @Override
    boolean wouldWait() {
        return false;
    }

    @Override
    boolean compressed() {
        return false;
    }

    @Override
    long fileOffset(long position) {
        return windowStart + position;
    }

    @Override
    long entryPoint(long position) {
        return position;
    }

    @Override
    void seek(long entryPoint, long position) {
        window = MemorySegment.NULL;
        unmap();
        windowStart = position;
        limit = 0;
    }

    private void unmap() {
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }

    @Override
    public void close() throws IOException {
        window = MemorySegment.NULL;
        limit = 0;
        unmap();
        channel.close();
    }
}
