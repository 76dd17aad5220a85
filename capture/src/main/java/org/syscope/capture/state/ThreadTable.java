package org.syscope.capture.state;

/**
 * The threads that are known, by tid; at most {@link #capacity()} of them. Ties each thread to its process's leader, who
 * owns the fds, and to its parent. A leader that has exited stays until the last thread of its process has, because the
 * others use its fds.
 */
public final class ThreadTable {

    /** How many threads are kept unless told otherwise. */
    public static final int DEFAULT_CAPACITY = 262_144;

    /** Longer chains of parents are a loop, made by reused ids. */
    private static final int MAX_ANCESTORS = 1024;

    private final LongMap<ThreadInfo> threads = new LongMap<>();
    private final LongMap<ThreadGroup> groups = new LongMap<>();
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
     * Adds or replaces a thread and ties it to its leader and parent, as far as these are known.
     *
     * @return false if the table is full: the thread is not kept, and counted
     */
    public boolean add(ThreadInfo thread) {
        ThreadInfo old = threads.get(thread.tid);
        if (old == null && isFull()) {
            refuse();
            return false;
        }
        last = null;
        if (old != null && old != thread) {
            reparent(old);
            untie(old);
        }
        threads.put(thread.tid, thread);
        tie(thread);
        return true;
    }

    /** Ties a thread anew after its pid or ptid became known or changed. */
    public void retie(ThreadInfo thread) {
        if (threads.get(thread.tid) == thread) {
            unlinkParent(thread);
            if (thread.group != null) {
                leaveGroup(thread);
            }
            tie(thread);
        }
    }

    /** Ties all threads anew: to be called when lists that name threads in any order have been read. */
    public void retieAll() {
        threads.forEachValue(this::tie);
    }

    private void tie(ThreadInfo thread) {
        if (thread.isInvalid()) {
            return;
        }
        if (thread.group == null || thread.group.pid != thread.pid) {
            if (thread.group != null) {
                leaveGroup(thread);
            }
            ThreadGroup group = groups.get(thread.pid);
            if (group == null) {
                group = new ThreadGroup(thread.pid);
                group.reaper = thread.pid == 1 || thread.vpid == 1;
                groups.put(thread.pid, group);
            }
            group.add(thread);
        }
        if (thread.tid == thread.pid) {
            thread.leader = thread;
            for (int i = 0; i < thread.group.size(); i++) {
                follow(thread.group.member(i), thread);
            }
        } else {
            ThreadInfo main = threads.get(thread.pid);
            if (main != null && main.pid == thread.pid) {
                follow(thread, main);
            }
        }
        ThreadInfo parent = thread.ptid <= 0 ? null : threads.get(thread.ptid);
        if (parent != thread.parent) {
            unlinkParent(thread);
            linkParent(thread, parent);
        }
    }

    private static void follow(ThreadInfo thread, ThreadInfo main) {
        if (thread == main || thread.leader == main) {
            return;
        }
        thread.leader = main;
        if (main.ownFds == null) {
            main.ownFds = thread.ownFds;
        }
        thread.ownFds = null;
    }

    /**
     * Takes a thread out for good, giving its children to whom the kernel gave them. A leader whose process still has
     * other threads is only marked dead.
     */
    void remove(long tid) {
        ThreadInfo thread = threads.get(tid);
        if (thread == null) {
            return;
        }
        last = null;
        thread.dead = true;
        reparent(thread);
        ThreadGroup group = thread.group;
        if (group != null && thread.tid == group.pid && group.size() > 1) {
            return;
        }
        untie(thread);
        threads.remove(tid);
        if (group != null && group.size() == 1 && group.member(0).dead) {
            ThreadInfo main = group.member(0);
            untie(main);
            threads.remove(main.tid);
        }
    }

    private void untie(ThreadInfo thread) {
        while (thread.firstChild != null) {
            unlinkParent(thread.firstChild);
        }
        unlinkParent(thread);
        if (thread.group != null) {
            leaveGroup(thread);
        }
    }

    private void leaveGroup(ThreadInfo thread) {
        ThreadGroup group = thread.group;
        group.remove(thread);
        if (group.size() == 0) {
            groups.remove(group.pid);
        }
    }

    private void reparent(ThreadInfo thread) {
        if (thread.firstChild == null) {
            return;
        }
        ThreadInfo reaper = thread.reaperTid > 0 ? threads.get(thread.reaperTid) : null;
        if (reaper == null || reaper == thread) {
            reaper = findReaper(thread);
        }
        if (reaper != null && reaper.group != null && reaper.group != thread.group) {
            reaper.group.reaper = true;
        }
        while (thread.firstChild != null) {
            ThreadInfo child = thread.firstChild;
            unlinkParent(child);
            child.ptid = reaper == null ? 0 : reaper.tid;
            linkParent(child, reaper);
        }
    }

    private ThreadInfo findReaper(ThreadInfo thread) {
        if (thread.group != null) {
            ThreadInfo sibling = thread.group.alive(thread);
            if (sibling != null) {
                return sibling;
            }
        }
        ThreadInfo ancestor = thread.ptid <= 0 ? null : threads.get(thread.ptid);
        for (int i = 0; i < MAX_ANCESTORS && ancestor != null; i++) {
            ThreadGroup group = ancestor.group;
            if (group != null && group.reaper && ancestor.inPidNamespace() == thread.inPidNamespace()) {
                ThreadInfo alive = group.alive(thread);
                if (alive != null) {
                    return alive;
                }
            }
            ancestor = ancestor.ptid <= 0 ? null : threads.get(ancestor.ptid);
        }
        return null;
    }

    private static void linkParent(ThreadInfo child, ThreadInfo parent) {
        if (parent == null || parent == child) {
            return;
        }
        child.parent = parent;
        child.previousSibling = null;
        child.nextSibling = parent.firstChild;
        if (parent.firstChild != null) {
            parent.firstChild.previousSibling = child;
        }
        parent.firstChild = child;
    }

    private static void unlinkParent(ThreadInfo child) {
        ThreadInfo parent = child.parent;
        if (parent == null) {
            return;
        }
        if (child.previousSibling == null) {
            parent.firstChild = child.nextSibling;
        } else {
            child.previousSibling.nextSibling = child.nextSibling;
        }
        if (child.nextSibling != null) {
            child.nextSibling.previousSibling = child.previousSibling;
        }
        child.parent = null;
        child.nextSibling = null;
        child.previousSibling = null;
    }

    /** How many threads of that process are known and have not exited. */
    public int threadsOf(long pid) {
        ThreadGroup group = groups.get(pid);
        int alive = 0;
        for (int i = 0; group != null && i < group.size(); i++) {
            if (!group.member(i).dead) {
                alive++;
            }
        }
        return alive;
    }

    /** Counts a thread that there was no room for. */
    void refuse() {
        refused++;
    }

    boolean isFull() {
        return threads.size() >= capacity;
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
        groups.clear();
        last = null;
    }
}
