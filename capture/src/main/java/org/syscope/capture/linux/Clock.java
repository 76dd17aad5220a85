package org.syscope.capture.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A clock of the kernel. {@link #MONOTONIC} is what {@code bpf_ktime_get_ns} reads in a program, {@link #BOOTTIME} what
 * {@code bpf_ktime_get_boot_ns} reads.
 */
public enum Clock {
    /** Wall time since 1970. */
    REALTIME(0),
    /** Since boot, without the time asleep. */
    MONOTONIC(1),
    /** Since boot, with the time asleep. */
    BOOTTIME(7);

    private final int id;

    Clock(int id) {
        this.id = id;
    }

    /**
     * Reads the clock.
     *
     * @return its time in ns
     * @throws ErrnoException if the kernel has no such clock
     */
    public long nanos() throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(2L * Long.BYTES, Long.BYTES);
            return read(time);
        }
    }

    /**
     * What must be added to this clock's time to get wall time. The two clocks are read alternately and the tightest
     * of several tries counts, so that a pause between two reads does not shift every event of a capture.
     *
     * @return the difference in ns
     * @throws ErrnoException if the kernel has no such clock
     */
    public long nanosToWallTime() throws ErrnoException {
        return nanosTo(REALTIME);
    }

    /**
     * What must be added to this clock's time to get that of another clock; see {@link #nanosToWallTime()}.
     *
     * @param other the other clock
     * @return the difference in ns
     * @throws ErrnoException if the kernel lacks one of them
     */
    public long nanosTo(Clock other) throws ErrnoException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(2L * Long.BYTES, Long.BYTES);
            long best = Long.MAX_VALUE;
            long difference = 0;
            for (int attempt = 0; attempt < 10; attempt++) {
                long before = read(time);
                long there = other.read(time);
                long after = read(time);
                if (after - before < best) {
                    best = after - before;
                    difference = there - (before + (after - before) / 2);
                }
            }
            return difference;
        }
    }

    private long read(MemorySegment time) throws ErrnoException {
        ErrnoException.check(SystemCall.CLOCK_GETTIME.call(id, time.address()), "clock_gettime " + this);
        return time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, Long.BYTES);
    }
}
