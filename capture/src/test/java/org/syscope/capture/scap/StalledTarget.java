package org.syscope.capture.scap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** A file in memory whose disk stalls and fails as the test wants. */
final class StalledTarget implements BlockTarget {

    private final long bufferBytes;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<String> log;
    private final String name;
    private final Semaphore writes = new Semaphore(0);
    private final CountDownLatch stalled = new CountDownLatch(1);
    private volatile Exception failure;
    private volatile Thread writer;

    /** A disk that stalls at the first write; what happens to the file is added to {@code log}. */
    StalledTarget(String name, long bufferBytes, List<String> log) {
        this.name = name;
        this.bufferBytes = bufferBytes;
        this.log = log;
    }

    StalledTarget(long bufferBytes) {
        this("", bufferBytes, new ArrayList<>());
    }

    /** The disk is there again. */
    StalledTarget resume() {
        writes.release(1_000_000);
        return this;
    }

    /** The disk is there again, but fails from now on. */
    void fail(Exception with) {
        failure = with;
        resume();
    }

    /** So many writes more succeed, then the disk stalls. */
    StalledTarget allow(int count) {
        writes.release(count);
        return this;
    }

    /** Returns when a write stalls or has stalled. */
    void awaitStall() throws InterruptedException {
        stalled.await();
    }

    byte[] content() {
        return content.toByteArray();
    }

    Thread writer() {
        return writer;
    }

    @Override
    public long bufferBytes() {
        return bufferBytes;
    }

    @Override
    public void open() throws IOException {
        writer = Thread.currentThread();
        log.add("open " + name);
        throwFailure();
    }

    @Override
    public void write(BlockSpan span, boolean last) throws IOException {
        if (span.length() > 0 && !writes.tryAcquire()) {
            stalled.countDown();
            writes.acquireUninterruptibly();
        }
        throwFailure();
        ByteBuffer blocks = span.blocks();
        if (blocks.hasRemaining()) {
            log.add("write " + name + blocks.remaining());
        }
        byte[] bytes = new byte[blocks.remaining()];
        blocks.get(bytes);
        content.writeBytes(bytes);
        span.written(span.events());
        span.done();
    }

    private void throwFailure() throws IOException {
        switch (failure) {
            case null -> {
                // the disk is well
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new AssertionError(failure);
        }
    }

    @Override
    public long bytes(long handedOver, long building) {
        return handedOver + building;
    }

    @Override
    public void close() {
        log.add("close " + name);
    }

    @Override
    public void abandon() {
        log.add("abandon " + name);
    }
}
