package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * A live source with an account of each thread's CPU time every second: an event procinfo, as capture files of other tools
 * have them, made from /proc. For those who ask for such events only: reading /proc for all threads takes milliseconds.
 */
final class ThreadAccounts implements EventSource {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int LENGTH = Event.HEADER_LENGTH + 2 * 2 + 2 * 8;

    private final EventSource source;
    private final ProcSystem proc;
    private final SystemState state;
    private final IntPredicate wanted;
    private final LongSupplier clock;
    private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final MemorySegment segment = MemorySegment.ofArray(bytes.array());
    private final long[] times = new long[2];
    private long[] tids = {};
    private int at;
    private long second;
    private long lastTime;

    /**
     * Puts accounts between a source's events.
     *
     * @param wanted whether there are accounts of a process's threads
     * @param clock the time, ns since the epoch
     */
    ThreadAccounts(EventSource source, ProcSystem proc, SystemState state, IntPredicate wanted, LongSupplier clock) {
        this.source = source;
        this.proc = proc;
        this.state = state;
        this.wanted = wanted;
        this.clock = clock;
        bytes.putInt(16, LENGTH).putShort(20, (short) EventCodes.PPME_PROCINFO_E).putInt(22, 2);
        bytes.putShort(Event.HEADER_LENGTH, (short) 8).putShort(Event.HEADER_LENGTH + 2, (short) 8);
    }

    @Override
    public Next next(Event event) throws IOException {
        if (account(event)) {
            return Next.EVENT;
        }
        Next found = source.next(event);
        if (found == Next.EVENT) {
            lastTime = event.timestamp();
        } else if (found == Next.IDLE) {
            lastTime = Math.max(lastTime, clock.getAsLong());
        }
        long now = lastTime / SECOND;
        if (found != Next.END && now != second) {
            second = now;
            tids = state.threads().tids();
            at = 0;
        }
        return found;
    }

    /** The next account that is due, if there is one. */
    private boolean account(Event event) throws MalformedEventException {
        while (at < tids.length) {
            ThreadInfo thread = state.threads().get(tids[at++]);
            if (thread != null && !thread.isInvalid() && wanted.test((int) thread.pid) && proc.cpuTimes(thread, times)) {
                bytes.putLong(0, lastTime).putLong(8, thread.tid);
                bytes.putLong(LENGTH - 16, times[0]).putLong(LENGTH - 8, times[1]);
                event.wrap(segment, 0, LENGTH, 0, 0);
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
