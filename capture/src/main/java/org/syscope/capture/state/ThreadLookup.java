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

    /**
     * Reads anew what may have changed of a thread without an event telling of it: its program, names, ids, directories. Its
     * fds are left alone, unless another process has its id by now.
     *
     * @return the thread, itself unless another one has taken its id; itself, unchanged, if it is gone; null if the budget is
     *     spent
     */
    ThreadInfo refresh(ThreadInfo thread, SystemState state);

    /**
     * Checks what an fd is open on, and puts what it finds into the table where that is something else.
     *
     * @return {@code known} if that is right or nothing can be found out; null if the budget is spent
     */
    FdInfo refreshFd(ThreadInfo thread, long fd, FdInfo known, SystemState state);

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
