package org.syscope.capture.state;

import org.syscope.capture.event.Text;

/** Where a live trace asks about what no event has told: /proc. Offline there is none. */
public interface ThreadLookup {

    /**
     * Looks a thread up and puts it, its leader if that is missing, and its fds into the table.
     *
     * @return the thread; null if it is gone or the lookup budget of this second is spent
     */
    ThreadInfo lookup(long tid, SystemState state);

    /** Reads what {@code fd} of a process is open on now; null if it is gone or the budget is spent. */
    FdInfo lookupFd(ThreadInfo thread, long fd, SystemState state);

    /** The path a directory fd of a process stands for now; null if it is gone or the budget is spent. */
    Text readFdPath(ThreadInfo thread, long fd);

    /**
     * The whole environment of a process that has executed a file, where the event holds only its beginning; null if that
     * is enough, or the process is gone or the budget is spent.
     */
    TextList environment(ThreadInfo thread);

    /** Whether the thread still exists. */
    boolean isAlive(ThreadInfo thread);
}
