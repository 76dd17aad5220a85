package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Whole blocks, back to back in a buffer, on their way into a file. */
final class BlockSpan implements OutputQueue.Work {

    private final OutputQueue queue;
    private final BlockTarget target;
    private final BlockBuffer buffer;
    private final long from;
    private long to;
    private long events;
    private boolean filled;

    /**
     * A part of a buffer.
     *
     * @param events how many of the blocks are events
     * @param filled whether the buffer is empty behind this span, so that it can be used again
     */
    BlockSpan(OutputQueue queue, BlockTarget target, BlockBuffer buffer, long from, long to, long events, boolean filled) {
        this.queue = queue;
        this.target = target;
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.events = events;
        this.filled = filled;
    }

    /** Takes the next span in, if it is the next part of the same buffer. Not once this span is being written. */
    boolean join(BlockSpan next) {
        if (next.buffer != buffer || next.from != to) {
            return false;
        }
        to = next.to;
        events += next.events;
        filled = next.filled;
        return true;
    }

    /** The blocks; valid until {@link #done}. */
    ByteBuffer blocks() {
        return buffer.view(from, to);
    }

    /** How many bytes the blocks have. */
    long length() {
        return to - from;
    }

    /** How many of the blocks are events. */
    long events() {
        return events;
    }

    /** So many of the events are in the file now. */
    void written(long count) {
        queue.written(count);
    }

    /** The memory of the blocks is not needed any more. */
    void done() {
        if (filled) {
            queue.release(buffer);
        }
    }

    @Override
    public void run(boolean last) throws IOException {
        target.write(this, last);
    }
}
