package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Collects whole blocks of one file in buffers and hands them to an {@link OutputQueue}, many at a time. What goes out ends
 * with a block's end, so that a writer that is killed leaves a file that reads.
 *
 * <pre>
 *  buffer  | handed over        | being built        | free             |
 *          0                    published            position           limit
 * </pre>
 */
final class BlockOutput implements AutoCloseable {

    private static final MemorySegment NOTHING = MemorySegment.ofArray(new byte[0]);

    /** Where blocks are built. */
    MemorySegment buffer = NOTHING;

    /** Where the next block begins in {@link #buffer}. */
    long position;

    /** How many of the blocks that were not handed over are events. */
    long waitingEvents;

    private final OutputQueue queue;
    private final BlockTarget target;
    private BlockBuffer current;
    private long limit;
    private long published;
    private long before;
    private boolean finished;

    /** Begins a file, which is created through the queue. */
    BlockOutput(OutputQueue queue, BlockTarget target) throws IOException {
        this.queue = queue;
        this.target = target;
        queue.open(target);
    }

    /** Makes room for a block of {@code length} bytes at {@link #position} of {@link #buffer}; may have to wait for it. */
    void room(long length) throws IOException {
        if (limit - position < length) {
            another(length);
        }
    }

    /** How many bytes of {@link #buffer} are free. */
    long free() {
        return limit - position;
    }

    private void another(long length) throws IOException {
        handOver(true);
        current = queue.take(Math.max(length, target.bufferBytes()));
        buffer = current.segment;
        limit = current.size();
    }

    private void handOver(boolean filled) {
        if (current != null && (filled || position > published)) {
            queue.put(new BlockSpan(queue, target, current, published, position, waitingEvents, filled));
            published = position;
            waitingEvents = 0;
        }
        if (filled) {
            before += position;
            leave();
        }
    }

    /** Hands over what was built; a queue that is served by no thread of its own has put it into the file on return. */
    void flush() throws IOException {
        check();
        handOver(false);
        check();
    }

    /** After a failure there is no buffer any more, so that the next block tells of it, too. */
    private void check() throws IOException {
        if (queue.failed()) {
            leave();
            queue.check();
        }
    }

    private void leave() {
        buffer = NOTHING;
        current = null;
        limit = 0;
        position = 0;
        published = 0;
    }

    /** How many events are not going to be in the files of the queue because something failed; 0 while nothing did. */
    long droppedEvents() {
        return queue.failed() ? queue.droppedEvents() + waitingEvents : 0;
    }

    /** How many bytes the file has, those that wait included; with gzip, as far as can be told. */
    long bytes() {
        return target.bytes(before + published, position - published);
    }

    /** Has something done behind all that was asked for so far. */
    void afterwards(OutputQueue.Work work) {
        queue.add(work);
    }

    /** Has the file completed once all is in it, without waiting for that; takes no more blocks. */
    void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        handOver(true);
        queue.add(new Completion(target));
        queue.checkUntold();
    }

    /** Completes the file and waits for it; does nothing the second time. Tells of a failure only who was not told before. */
    @Override
    public void close() throws IOException {
        finish();
        queue.await();
        queue.checkUntold();
    }

    private record Completion(BlockTarget target) implements OutputQueue.Work {

        @Override
        public void run(boolean last) throws IOException {
            target.close();
        }

        @Override
        public void drop() {
            target.abandon();
        }
    }
}
