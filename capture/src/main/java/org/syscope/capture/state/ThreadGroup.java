package org.syscope.capture.state;

import java.util.Arrays;

/** The threads of one process, dead ones that are still in the table included. */
final class ThreadGroup {

    final long pid;
    /** Whether orphans of the processes below are given to this one. */
    boolean reaper;

    private ThreadInfo[] members = new ThreadInfo[1];
    private int size;

    ThreadGroup(long pid) {
        this.pid = pid;
    }

    void add(ThreadInfo thread) {
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
        }
        thread.group = this;
        thread.groupIndex = size;
        members[size++] = thread;
    }

    void remove(ThreadInfo thread) {
        ThreadInfo last = members[--size];
        members[thread.groupIndex] = last;
        last.groupIndex = thread.groupIndex;
        members[size] = null;
        thread.group = null;
    }

    int size() {
        return size;
    }

    ThreadInfo member(int index) {
        return members[index];
    }

    /** A thread that has not exited, other than {@code except}; null if there is none. */
    ThreadInfo alive(ThreadInfo except) {
        for (int i = 0; i < size; i++) {
            if (members[i] != except && !members[i].dead) {
                return members[i];
            }
        }
        return null;
    }
}
