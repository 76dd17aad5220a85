package org.syscope.capture.driver;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.bpf.RingBuffer;

/**
 * A BPF ring buffer of one CPU or of several. A record is u32 CPU, u32 0, then the event and its options; source: struct
 * syscope_record of {@code bpf-src/shared/interface.h}.
 */
final class UniversalRing implements EventRing {

    private static final int RECORD_HEAD = 8;

    private final RingBuffer ring;
    private final MemorySegment data;
    private int cpu;

    UniversalRing(RingBuffer ring) {
        this.ring = ring;
        this.data = ring.data();
    }

    @Override
    public long peek() {
        long record = ring.next();
        if (record < 0) {
            return record;
        }
        cpu = data.get(ValueLayout.JAVA_INT, record);
        return record + RECORD_HEAD;
    }

    @Override
    public int length() {
        return ring.length() - RECORD_HEAD;
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
    public double fill() {
        return (double) ring.pending() / ring.size();
    }

    @Override
    public int cpu() {
        return cpu;
    }

    void close() {
        ring.close();
    }
}
