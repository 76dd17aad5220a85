package org.syscope.capture.driver;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.LongSupplier;
import org.syscope.capture.linux.Mapping;

/**
 * The threads of which nothing is wanted until their state changes: shared with the driver's kernel side. A thread has
 * one place, which it may have to share; then the last one that was muted has it. Source: struct syscope_mute of
 * {@code bpf-src/shared/interface.h}.
 *
 * <pre>
 *  at 16 * (tid mod 16384)
 *         0 bits 0-7     bits 8-63     8           16
 *         +-------------+-------------+-------------+
 *         | tid / 16384 | judged      | changed     |    the thread is muted while judged is not before changed;
 *         |             | u64 ns      | u64 ns      |    changed is written by the programs, and never goes back
 *         +-------------+-------------+-------------+
 * </pre>
 *
 * <p>While the kernel side has lost events of which no event has told yet, nobody is muted: among what was lost may be what
 * made a thread another one, and the event that tells of the loss has to come from somewhere.
 */
final class MutedThreads implements AutoCloseable {

    private static final int SLOTS = 16384;
    private static final int SIZE = 16;
    private static final int CHANGED = 8;
    private static final long NUMBER = 0xff;
    /** Above the kernel's own limit of thread ids. */
    private static final long TIDS = SLOTS * (NUMBER + 1);
    /** How many threads are muted without a look at the losses. */
    private static final int UNLOOKED = 64;

    /** Size of the shared memory. */
    static final long BYTES = (long) SLOTS * SIZE;

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private final Mapping mapping;
    private final MemorySegment slots;
    private final LongSupplier untold;
    private long since = Long.MAX_VALUE;
    private int unlooked;
    private boolean silent;

    /**
     * Nobody is muted, and no judgement older than {@code now} counts.
     *
     * @param mapping memory of {@link #BYTES} that is shared with the kernel side, writable
     * @param now time by the events' clock, ns since the epoch
     * @param untold how many events were lost of which no event has told yet
     */
    MutedThreads(Mapping mapping, long now, LongSupplier untold) {
        this.mapping = mapping;
        this.slots = mapping.segment();
        this.untold = untold;
        for (long at = 0; at < BYTES; at += SIZE) {
            slots.set(ValueLayout.JAVA_LONG, at + CHANGED, now);
        }
    }

    /**
     * The programs have kept account of changes from then on, ns since the epoch: by what was seen before, nobody is muted,
     * because nobody knows what the thread has done since.
     */
    void since(long time) {
        since = time;
    }

    /** Mutes a thread by what was known of it at that time, ns since the epoch. */
    void mute(long tid, long judged) {
        if (judged < since || tid < 0 || tid >= TIDS) {
            return;
        }
        if (silent || ++unlooked > UNLOOKED) {
            look();
        }
        if (!silent) {
            LONG.setRelease(slots, place(tid), judged & ~NUMBER | tid / SLOTS);
        }
    }

    /** Lets a thread be heard. */
    void unmute(long tid) {
        long at = place(tid);
        if ((slots.get(ValueLayout.JAVA_LONG, at) & NUMBER) == tid / SLOTS) {
            LONG.setRelease(slots, at, 0L);
        }
    }

    /** Lets all threads be heard. */
    void unmuteAll() {
        for (long at = 0; at < BYTES; at += SIZE) {
            if (slots.get(ValueLayout.JAVA_LONG, at) != 0) {
                LONG.setRelease(slots, at, 0L);
            }
        }
    }

    /** Lets all threads be heard while there are losses of which no event has told. To be called now and then. */
    void look() {
        unlooked = 0;
        boolean lost = untold.getAsLong() != 0;
        if (lost && !silent) {
            unmuteAll();
        }
        silent = lost;
    }

    /** How many threads are muted now. */
    int count() {
        int muted = 0;
        for (long at = 0; at < BYTES; at += SIZE) {
            long judged = slots.get(ValueLayout.JAVA_LONG, at);
            if (judged != 0 && (judged & ~NUMBER) >= slots.get(ValueLayout.JAVA_LONG, at + CHANGED)) {
                muted++;
            }
        }
        return muted;
    }

    private static long place(long tid) {
        return (tid & SLOTS - 1) * SIZE;
    }

    @Override
    public void close() {
        mapping.close();
    }
}
