package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.linux.ThreadPriority;
import org.syscope.capture.state.SystemState;

/**
 * Makes the indexes of captures while they are written. It reads behind the writers what is safely in their files, so that
 * an index is what a pass over the file makes, on a thread that is not preferred as the reader of a trace is. A capture
 * whose index is not ready soon after the writing ended has none: the first pass over it makes one.
 */
public final class BackgroundIndexer implements AutoCloseable {

    /** So long the first file waits: until then the reader of a trace needs the CPUs, and the JVM to compile its code. */
    private static final long FIRST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long {@link #close} waits for what is still to be read. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** What can be read in that time, about, bytes uncompressed: of more, nothing is waited for. */
    private static final long PATIENCE_BYTES = 256L << 20;

    private final Map<String, String> environment;
    private final long minLength;
    private final long interval;
    private final ArrayDeque<FollowedFile> waiting = new ArrayDeque<>();
    private FollowedFile current;
    private Thread thread;
    private boolean closing;
    private boolean waited;

    /**
     * Nothing happens before there are files.
     *
     * @param environment where SUDO_UID and SUDO_GID are looked for: an index belongs to that user
     */
    public BackgroundIndexer(Map<String, String> environment) {
        this(environment, IndexedCapture.MIN_LENGTH, IndexedCapture.MIN_INTERVAL);
    }

    BackgroundIndexer(Map<String, String> environment, long minLength, long interval) {
        this.environment = environment;
        this.minLength = minLength;
        this.interval = interval;
    }

    /** A capture that is written anew; what was written under its name before is not read any more. */
    synchronized FollowedFile follow(Path path, boolean gzip) {
        if (current != null && current.path().equals(path)) {
            current.abandon();
        }
        waiting.removeIf(file -> file.path().equals(path));
        return new FollowedFile(path, gzip);
    }

    /**
     * So many bytes of the file are written and stay as they are.
     *
     * @param bytes now
     * @param before when this was last said of the file
     */
    void grown(FollowedFile file, long bytes, long before) {
        file.grown(bytes);
        long least = file.gzip() ? minLength / IndexedCapture.USUAL_COMPRESSION : minLength;
        if (before < least && bytes >= least) {
            begin(file);
        }
    }

    private synchronized void begin(FollowedFile file) {
        waiting.add(file);
        if (thread == null) {
            thread = Thread.ofPlatform().name("syscope-index").daemon().start(this::run);
        }
        notifyAll();
    }

    private void run() {
        ThreadPriority.preferNoMore();
        try {
            for (FollowedFile file = next(); file != null; file = next()) {
                index(file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Null when there will be no more. */
    private synchronized FollowedFile next() throws InterruptedException {
        awaitFile();
        long end = System.nanoTime() + FIRST_WAIT_NANOS;
        for (long left = FIRST_WAIT_NANOS; !waited && !closing && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        waited = true;
        // meanwhile the file may have been given up
        awaitFile();
        current = waiting.poll();
        return current;
    }

    private void awaitFile() throws InterruptedException {
        while (waiting.isEmpty() && !closing) {
            current = null;
            wait();
        }
    }

    /** Without an index the capture is read as well, only slower: what goes wrong here is nobody's concern. */
    private void index(FollowedFile file) {
        SystemState state = new SystemState(null);
        try (ScapReader reader = ScapReader.open(file.path().toString(), file.gzip() ? new GzipSource(file) : file, false,
                    state);
                IndexBuilder builder = new IndexBuilder(file.path(), state, interval, true, environment)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                builder.event(reader, event);
                state.process(event);
            }
            builder.end();
        } catch (IOException | RuntimeException e) {
            file.abandon();
        }
    }

    private synchronized long left() {
        long left = current == null ? 0 : weight(current);
        for (FollowedFile file : waiting) {
            left += weight(file);
        }
        return left;
    }

    private static long weight(FollowedFile file) {
        return file.gzip() ? file.left() * IndexedCapture.USUAL_COMPRESSION : file.left();
    }

    /** Completes the indexes, the writers being closed, if that does not take long; otherwise drops them. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closing = true;
            notifyAll();
            running = thread;
        }
        if (running == null) {
            return;
        }
        try {
            if (left() <= PATIENCE_BYTES) {
                running.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            }
            synchronized (this) {
                waiting.clear();
                if (current != null) {
                    current.abandon();
                }
            }
            running.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
