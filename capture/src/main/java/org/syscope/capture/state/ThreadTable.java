package org.syscope.capture.state;

/** The threads that are known, by tid; at most {@link #capacity()} of them. Removal keeps leaders that still own fds. */
public final class ThreadTable {

    /** How many threads are kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 262_144;

    private final LongMap<ThreadInfo> threads = new LongMap<>();
    private final int capacity;
    private ThreadInfo last;
    private long refused;

    /** A table for at most {@code capacity} threads. */
    public ThreadTable(int capacity) {
        this.capacity = capacity;
    }

    /** The thread of that id; null if it is not known. */
    public ThreadInfo get(long tid) {
        ThreadInfo cached = last;
        if (cached != null && cached.tid == tid) {
            return cached;
        }
        ThreadInfo found = threads.get(tid);
        if (found != null) {
            last = found;
        }
        return found;
    }

    /**
     * Adds or replaces a thread and ties it to its leader.
     *
     * @return false if the table is full: the thread is not kept, and counted
     */
    public boolean add(ThreadInfo thread) {
        if (threads.size() >= capacity && threads.get(thread.tid) == null) {
            refused++;
            return false;
        }
        last = null;
        threads.put(thread.tid, thread);
        return true;
    }

    /** How many threads are known. */
    public int size() {
        return threads.size();
    }

    /** How many threads there is room for. */
    public int capacity() {
        return capacity;
    }

    /** How many threads were not kept because the table was full. */
    public long refused() {
        return refused;
    }

    /** All tids, ascending; a copy. */
    public long[] tids() {
        return threads.sortedKeys();
    }

    /** Visits all threads in no order; the table must not be changed meanwhile. */
    public void forEach(LongMap.Visitor<? super ThreadInfo> visitor) {
        threads.forEach(visitor);
    }

    /** Forgets all threads. */
    public void clear() {
        threads.clear();
        last = null;
    }
}
