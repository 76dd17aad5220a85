package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Collects whole blocks in a buffer and puts them out many at a time. What goes out ends with a block's end, so that a
 * writer that is killed leaves a file that reads.
 */
abstract sealed class BlockOutput implements AutoCloseable permits PlainOutput, GzipOutput {

    /** The buffer after a failure: it has no room, so that the next block tells of it. */
    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** Where blocks are built; its bytes from 0 to {@link #position} wait to be put out. */
    MemorySegment buffer;

    /** Where the next block begins. */
    long position;

    /** How many of the waiting blocks are events. */
    long waitingEvents;

    /** Makes room for a block of {@code length} bytes at {@link #position} of {@link #buffer}. */
    final void room(long length) throws IOException {
        if (buffer.byteSize() - position < length) {
            full();
            if (buffer.byteSize() < length) {
                larger(length);
            }
        }
    }

    /** Replaces the empty buffer by one for {@code length} bytes. */
    abstract void larger(long length);

    /** Takes no more blocks. */
    final void fail() {
        buffer = NOTHING;
        position = 0;
        waitingEvents = 0;
    }

    /** Makes the buffer empty, with the least waiting. */
    abstract void full() throws IOException;

    /** Puts out what waits: after it, everything is in the file. */
    abstract void flush() throws IOException;

    /** How many bytes the file has, those that wait included; compressed ones as far as they are compressed. */
    abstract long bytes();

    /** Whether this was closed: then there is no buffer. */
    final boolean closed() {
        return buffer == MemorySegment.NULL;
    }

    /** A buffer that is as large as the file's buffers; freed with the arena. */
    static MemorySegment allocate(Arena arena, long size) {
        return arena.allocate(size, Long.BYTES);
    }

    /** Puts out what waits, unless that failed already, and closes the file; does nothing the second time. */
    @Override
    public abstract void close() throws IOException;
}
