package org.syscope.capture.driver;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.syscope.capture.linux.Mapping;

/**
 * The threads of which nothing is wanted until their state changes: shared with the driver's kernel side. A thread has
 * one place, which it may have to share; then the last one that was muted has it. Source: struct syscope_mute of
 * {@code bpf-src/shared/interface.h}.
 *
 * <pre>
 *  at 24 * (tid mod 16384)
 *         0           8           16    20
 *         +-----------+-----------+-----+-------+
 *         | decided   | changed   | tid | spare |    the thread is muted while decided is not before changed;
 *         | u64 ns    | u64 ns    | u32 | u32   |    changed is written by the programs
 *         +-----------+-----------+-----+-------+
 * </pre>
 */
final class MutedThreads implements AutoCloseable {

    private static final int SLOTS = 16384;
    private static final int SIZE = 24;
    private static final int TID = 16;

    /** Size of the shared memory. */
    static final long BYTES = (long) SLOTS * SIZE;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Mapping mapping;
    private final MemorySegment slots;
    private long since = Long.MAX_VALUE;

    /** Takes memory of {@link #BYTES} that is shared with the kernel side, writable. */
    MutedThreads(Mapping mapping) {
        this.mapping = mapping;
        this.slots = mapping.segment();
    }

    /**
     * The programs have kept account of changes from then on, ns since the epoch: by what was seen before, nobody is muted,
     * because nobody knows what the thread has done since.
     */
    void since(long time) {
        since = time;
    }

    /** Mutes a thread by what was known of it at that time, ns since the epoch; 0 lets it be heard again. */
    void mute(long tid, long decided) {
        if (decided != 0 && decided < since) {
            return;
        }
        long at = (tid & SLOTS - 1) * SIZE;
        if (slots.get(ValueLayout.JAVA_INT, at + TID) != (int) tid) {
            if (decided == 0) {
                return;
            }
            // nobody is muted while the place changes hands
            LONG.setRelease(slots, at, 0L);
            slots.set(ValueLayout.JAVA_INT, at + TID, (int) tid);
        }
        LONG.setRelease(slots, at, decided);
    }

    @Override
    public void close() {
        mapping.close();
    }
}
