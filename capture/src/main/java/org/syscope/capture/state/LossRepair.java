package org.syscope.capture.state;

import java.util.function.LongSupplier;

/**
 * Puts the state right after events were lost: an exec, a chdir, a close and an open that nobody told of leave wrong names
 * behind. From a loss on, every thread and every fd that is known is checked against /proc once, when the next event is
 * about it, so that the work is spread over what is really used; the lookup has a budget for it. What nobody knows is
 * looked up anyway.
 *
 * <p>/proc tells of now, the event of a moment ago: nothing is checked while the events lag behind, as they do just after a
 * loss. Where the wall clock is set during a trace, events seem to lag or to lead for good; checks then stop.
 */
final class LossRepair {

    /** Lag of events up to which /proc is taken to show the same moment, ns. */
    static final long MAX_LAG = 50_000_000;

    private final ThreadLookup lookup;
    private final LongSupplier clock;
    private int losses;

    /**
     * A repair that asks {@code lookup}.
     *
     * @param lookup null offline, when nothing is repaired
     * @param clock ns since the epoch
     */
    LossRepair(ThreadLookup lookup, LongSupplier clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    /** Notes a loss: what is known from before is in doubt. */
    void lost() {
        if (lookup != null) {
            losses++;
        }
    }

    /** How many losses there were; what is known since then has this number. */
    int losses() {
        return losses;
    }

    /** The thread as it is, if it is in doubt and can be checked now; itself or what took its id. */
    ThreadInfo checked(ThreadInfo thread, long eventTime, SystemState state) {
        if (thread.checkedLosses == losses || lagging(eventTime)) {
            return thread;
        }
        ThreadInfo leader = thread.leader;
        if (leader != thread && leader.checkedLosses != losses && lookup.refresh(leader, state) == leader) {
            leader.checkedLosses = losses;
        }
        ThreadInfo found = lookup.refresh(thread, state);
        if (found == null) {
            return thread;
        }
        found.checkedLosses = losses;
        return found;
    }

    /** The same for an fd. */
    FdInfo checked(ThreadInfo thread, long number, FdInfo known, long eventTime, SystemState state) {
        if (known.checkedLosses == losses || lagging(eventTime)) {
            return known;
        }
        FdInfo found = lookup.refreshFd(thread, number, known, state);
        if (found == null) {
            return known;
        }
        if (found == known && known.is(FdInfo.SHARED)) {
            found = thread.fds().own(number);
        }
        found.checkedLosses = losses;
        return found;
    }

    private boolean lagging(long eventTime) {
        return Math.abs(clock.getAsLong() - eventTime) > MAX_LAG;
    }
}
