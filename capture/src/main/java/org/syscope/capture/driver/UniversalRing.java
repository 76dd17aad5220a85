package org.syscope.capture.driver;

import java.lang.foreign.MemorySegment;
import org.syscope.capture.bpf.RingBuffer;

/** One CPU's BPF ring buffer. */
final class UniversalRing implements EventRing {

    private final RingBuffer ring;
    private final MemorySegment data;
    private final int cpu;

    UniversalRing(RingBuffer ring, int cpu) {
        this.ring = ring;
        this.data = ring.data();
        this.cpu = cpu;
    }

    @Override
    public long peek() {
        return ring.next();
    }

    @Override
    public int length() {
        return ring.length();
    }

    @Override
    public MemorySegment segment() {
        return data;
    }

    @Override
    public void take() {
        ring.take();
    }

    @Override
    public void release() {
        ring.release();
    }

    @Override
    public int cpu() {
        return cpu;
    }

    void close() {
        ring.close();
    }
}
