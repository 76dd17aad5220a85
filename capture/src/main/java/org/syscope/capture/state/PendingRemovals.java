package org.syscope.capture.state;

/** What the current event removed but its output still shows: fds of one process, a thread, the threads an exec ended. */
final class PendingRemovals {

    /** How many threads that went last are remembered. */
    private static final int RECENT = 64;

    private final ThreadTable threads;
    private FdTable fds;
    private long firstFd;
    private long lastFd;
    private long tid = -1;
    private ThreadInfo executed;
    final long[] recent = new long[RECENT];
    int nextRecent;

    PendingRemovals(ThreadTable threads) {
        this.threads = threads;
    }

    void fds(FdTable table, long first, long last) {
        fds = table;
        firstFd = first;
        lastFd = last;
    }

    void thread(long exited) {
        tid = exited;
    }

    void othersOf(ThreadInfo main) {
        executed = main;
    }

    void apply() {
        if (fds != null) {
            closeFds();
        }
        if (executed != null) {
            removeOthers();
        }
        if (tid >= 0) {
            threads.remove(tid);
            recent[nextRecent++ & RECENT - 1] = tid;
            tid = -1;
        }
    }

    private void closeFds() {
        if (firstFd == lastFd) {
            fds.remove(firstFd);
        } else {
            for (long number : fds.numbers()) {
                if (number >= firstFd && number <= lastFd) {
                    fds.remove(number);
                }
            }
        }
        fds = null;
    }

    private void removeOthers() {
        ThreadGroup group = executed.group;
        for (int i = group == null ? -1 : group.size() - 1; i >= 0; i--) {
            ThreadInfo other = group.member(i);
            if (other != executed) {
                threads.remove(other.tid);
            }
        }
        executed = null;
    }

    /** Whether a thread of that id is among those that exited last: its parent's clone exit can come later. */
    boolean recentlyRemoved(long exited) {
        for (long past : recent) {
            if (past == exited) {
                return true;
            }
        }
        return false;
    }

    void clear() {
        fds = null;
        executed = null;
        tid = -1;
    }
}
