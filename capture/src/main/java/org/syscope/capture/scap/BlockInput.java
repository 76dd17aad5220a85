package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The uncompressed bytes of a capture, seen through a window that moves forward. The reader works inside the window
 * without calls; only when a block is not whole in it, it asks for more.
 *
 * <pre>
 *   data:    |.................|======= window =======|.................|
 *            0            windowStart          windowStart + limit
 * </pre>
 */
abstract sealed class BlockInput implements AutoCloseable permits MappedInput, MemberInput, StreamInput {

    /** The window's memory; valid until the next {@link #fill}. */
    MemorySegment window = MemorySegment.NULL;

    /** Offset of the window's first byte in the uncompressed data. */
    long windowStart;

    /** How many bytes of the window are data. */
    long limit;

    /**
     * Moves the window so that the byte at {@code keep} stays and, if there is so much data, {@code wanted} bytes from it
     * are in the window. May wait for data.
     *
     * @param keep offset in the present window of the first byte that is still needed
     * @param wanted how many bytes are needed from there
     * @return the offset of the same byte in the new window; {@code limit} minus it is less than {@code wanted} only where
     *     the data end or a {@link #fault()} lies
     */
    abstract long fill(long keep, long wanted) throws IOException;

    /** Why the data end before the end of the file (damaged or truncated gzip); null if they end with it. */
    abstract String fault();

    /** Whether the next {@link #fill} would wait, as far as that can be said: for pipes. */
    abstract boolean wouldWait() throws IOException;

    /** Whether offsets are those of uncompressed data in a compressed file. */
    abstract boolean compressed();

    /** How far the file itself was read, compressed bytes for gzip: for progress, and -1 where there is no such place. */
    abstract long fileOffset(long position);

    /**
     * Where in the file reading can begin so that {@code position} of the uncompressed data comes first; -1 if it cannot
     * begin there.
     */
    abstract long entryPoint(long position);

    /** Goes to a place that {@link #entryPoint} gave: the window is empty and begins at {@code position}. */
    abstract void seek(long entryPoint, long position) throws IOException;

    @Override
    public abstract void close() throws IOException;
}
