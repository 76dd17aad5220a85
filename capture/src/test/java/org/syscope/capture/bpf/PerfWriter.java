package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The kernel's side of a perf ring, in memory of this process: writes samples, drops what finds no room and tells so. */
public final class PerfWriter {
    private static final int SAMPLE = 9;
    private static final int LOST = 2;

    private final MemorySegment control = Arena.ofAuto().allocate(4096, 8);
    private final MemorySegment data;
    private final long mask;
    private long lost;

    /** A ring of so many bytes, with both positions at the same place. */
    public PerfWriter(int size, long position) {
        data = Arena.ofAuto().allocate(size, 8);
        mask = size - 1;
        control.set(ValueLayout.JAVA_LONG, PerfRing.DATA_HEAD, position);
        control.set(ValueLayout.JAVA_LONG, PerfRing.DATA_TAIL, position);
    }

    /** What reads it. */
    public PerfRing reader() {
        return new PerfRing("test ring", control, data);
    }

    /** Writes a sample; false if it found no room, which the next one that does tells. */
    public boolean write(byte[] payload) {
        int filled = (payload.length + 4 + 7 & -8) - 4;
        int size = 8 + 4 + filled;
        long head = head();
        int needed = size + (lost > 0 ? 24 : 0);
        if (head + needed - tail() > data.byteSize()) {
            lost++;
            return false;
        }
        if (lost > 0) {
            word(head, LOST, 24 << 16);
            wide(head + 8, 77);
            wide(head + 16, lost);
            head += 24;
            lost = 0;
        }
        word(head, SAMPLE, size << 16);
        data.set(ValueLayout.JAVA_INT, head + 8 & mask, filled);
        for (int i = 0; i < payload.length; i++) {
            data.set(ValueLayout.JAVA_BYTE, head + 12 + i & mask, payload[i]);
        }
        control.set(ValueLayout.JAVA_LONG, PerfRing.DATA_HEAD, head + size);
        return true;
    }

    /** Writes a record of another type. */
    void other(int type, int size) {
        long head = head();
        word(head, type, size << 16);
        control.set(ValueLayout.JAVA_LONG, PerfRing.DATA_HEAD, head + size);
    }

    /** Up to where the reader has given room back. */
    long tail() {
        return control.get(ValueLayout.JAVA_LONG, PerfRing.DATA_TAIL);
    }

    long head() {
        return control.get(ValueLayout.JAVA_LONG, PerfRing.DATA_HEAD);
    }

    /** Says that so many more bytes were written, whatever they are. */
    void claim(long bytes) {
        control.set(ValueLayout.JAVA_LONG, PerfRing.DATA_HEAD, head() + bytes);
    }

    MemorySegment data() {
        return data;
    }

    private void word(long at, int low, int high) {
        data.set(ValueLayout.JAVA_INT, at & mask, low);
        data.set(ValueLayout.JAVA_INT, at + 4 & mask, high);
    }

    private void wide(long at, long value) {
        data.set(ValueLayout.JAVA_LONG, at & mask, value);
    }
}
