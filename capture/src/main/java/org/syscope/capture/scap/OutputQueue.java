package org.syscope.capture.scap;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.linux.ThreadPriority;

/**
 * What captures ask of the disk: to create files, to put blocks into them, to complete and to delete them. All of it is done
 * in the order in which it was asked for, by a thread that belongs to the queue, so that a disk that stalls stalls no reader
 * of rings. Only when the memory for waiting blocks is used up does the writer of events wait; how long is counted.
 *
 * <pre>
 *  ScapWriter: | lists | events ... | (rotation) | lists | events ...
 *                  |        |            |           |
 *  queue:       create    blocks  complete, create  blocks   -->  thread: file, or compression and file
 * </pre>
 *
 * <p>The first thing that fails ends it: the rest is dropped, and whoever writes is told at the latest with its next full
 * buffer or flush. One thread asks, and closes the queue.
 */
public final class OutputQueue implements AutoCloseable {

    /** Bytes of blocks that wait while a live trace is recorded, at most: at 100 MB a second, of a disk that stalls 0.6 s. */
    public static final long LIVE_MEMORY = 64L << 20;

    /** The same while a file is rewritten, whose reader may wait: enough to keep both threads busy. */
    public static final long FILE_MEMORY = 16L << 20;

    /** Something to be done, by the thread of the queue. */
    @FunctionalInterface
    interface Work {
        /**
         * Does it.
         *
         * @param last whether nothing else waits to be done
         */
        void run(boolean last) throws IOException;

        /** Called instead, after something before it failed, or behind it, when it failed itself. */
        default void drop() {
            // most work leaves nothing behind
        }
    }

    private final long memory;
    private final boolean threaded;
    private final boolean preferred;
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final ArrayDeque<BlockBuffer> free = new ArrayDeque<>();
    private final List<BlockBuffer> buffers = new ArrayList<>();
    private Thread thread;
    private long bytes;
    private boolean busy;
    private boolean opened;
    private boolean closing;
    private boolean told;
    private long handedOver;
    private long waitedNanos;
    private long written;
    private volatile IOException failure;

    private OutputQueue(long memory, boolean threaded, boolean preferred) {
        this.memory = memory;
        this.threaded = threaded;
        this.preferred = preferred;
    }

    /** A queue without a thread: what is asked for is done at once, by who asks. */
    static OutputQueue direct() {
        return new OutputQueue(0, false, false);
    }

    /**
     * A queue with a thread, which starts with the first file.
     *
     * @param memory how much may wait, bytes; two buffers at least, and one block where that is longer
     * @param preferred whether the thread is to be preferred to others, as the reader of a live trace is
     */
    public static OutputQueue threaded(long memory, boolean preferred) {
        return new OutputQueue(memory, true, preferred);
    }

    // ---- who asks

    /** Has a file created. The first of a queue is when this returns; later ones are when their turn comes. */
    void open(BlockTarget target) throws IOException {
        check();
        add(last -> target.open());
        if (!opened) {
            opened = true;
            await();
            check();
        }
    }

    /** Has something done behind all that was asked for so far. */
    void add(Work work) {
        if (threaded) {
            enqueue(work);
        } else {
            perform(work, true);
        }
    }

    /** Has blocks written. */
    void put(BlockSpan span) {
        handedOver += span.events();
        add(span);
    }

    private synchronized void enqueue(Work work) {
        if (thread == null) {
            thread = Thread.ofPlatform().name("syscope-write").daemon().start(this::serve);
        }
        if (!(work instanceof BlockSpan next && waiting.peekLast() instanceof BlockSpan before && before.join(next))) {
            waiting.addLast(work);
        }
        notifyAll();
    }

    /** An empty buffer of {@code size} bytes; waits where the memory is used up. */
    synchronized BlockBuffer take(long size) throws IOException {
        check();
        if (!available(size)) {
            long start = System.nanoTime();
            while (!available(size) && failure == null) {
                pause();
            }
            waitedNanos += System.nanoTime() - start;
            check();
        }
        BlockBuffer buffer = free.pollLast();
        while (buffer != null && buffer.size() != size) {
            discard(buffer);
            buffer = free.pollLast();
        }
        if (buffer == null) {
            buffer = new BlockBuffer(size);
            buffers.add(buffer);
            bytes += size;
        }
        return buffer;
    }

    private boolean available(long size) {
        return !free.isEmpty() || bytes + size <= memory || buffers.size() < 2;
    }

    private void pause() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the disk");
        }
    }

    /** Waits until everything is done that was asked for, or dropped. */
    synchronized void await() throws IOException {
        while (busy || !waiting.isEmpty()) {
            pause();
        }
    }

    /** Tells of what failed, if anything did, each time. */
    void check() throws IOException {
        IOException failed = failure;
        if (failed != null) {
            told = true;
            throw failed;
        }
    }

    /** Tells of what failed who was not told yet. */
    void checkUntold() throws IOException {
        if (!told) {
            check();
        }
    }

    /** Whether something failed. */
    boolean failed() {
        return failure != null;
    }

    /** How many events were handed over that are not in their files, after a failure. */
    long droppedEvents() {
        return handedOver - written;
    }

    /** How long writers waited because the memory was used up, ns. */
    public synchronized long waitedNanos() {
        return waitedNanos;
    }

    // ---- who does it

    private void serve() {
        if (preferred) {
            ThreadPriority.prefer();
        }
        for (Work work = next(); work != null; work = next()) {
            boolean last;
            synchronized (this) {
                last = waiting.isEmpty();
            }
            perform(work, last);
        }
    }

    private synchronized Work next() {
        busy = false;
        notifyAll();
        while (waiting.isEmpty() && !closing) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts this thread", e);
            }
        }
        busy = !waiting.isEmpty();
        return waiting.poll();
    }

    private void perform(Work work, boolean last) {
        if (failure != null) {
            work.drop();
            return;
        }
        try {
            work.run(last);
        } catch (IOException e) {
            fail(work, e);
        } catch (RuntimeException | Error e) {
            fail(work, new IOException("writing a capture failed: " + e, e));
        }
    }

    private void fail(Work work, IOException cause) {
        failure = cause;
        synchronized (this) {
            notifyAll();
        }
        work.drop();
    }

    /** So many events more are in their files. */
    void written(long events) {
        written += events;
    }

    /** A buffer that was taken is not needed any more. */
    synchronized void release(BlockBuffer buffer) {
        if (bytes > memory && buffers.size() > 2) {
            discard(buffer);
        } else {
            free.addLast(buffer);
        }
        notifyAll();
    }

    private void discard(BlockBuffer buffer) {
        buffers.remove(buffer);
        bytes -= buffer.size();
        buffer.close();
    }

    /** Ends the thread when it has done everything, and gives the memory back. The files must be closed. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread == null || !thread.isAlive()) {
            buffers.forEach(BlockBuffer::close);
            buffers.clear();
            free.clear();
        }
    }
}
