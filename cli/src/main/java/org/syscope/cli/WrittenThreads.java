package org.syscope.cli;

import org.syscope.capture.state.LongMap;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.field.EventContext;

/** Collects the threads whose events pass the filter, in a first reading of a capture ({@code --filter-proclist}). */
final class WrittenThreads implements EventSink {

    private final LongMap<Boolean> ids = new LongMap<>();

    @Override
    public void accept(EventContext context) {
        ThreadInfo thread = context.state().thread();
        if (thread != null) {
            add(thread.tid, thread.pid);
        }
    }

    /** Adds a thread and its process. */
    void add(long tid, long pid) {
        ids.put(tid, Boolean.TRUE);
        ids.put(pid, Boolean.TRUE);
    }

    /** Whether events of the thread passed, or of any other of its process if it is the main one. */
    boolean contains(long tid) {
        return ids.get(tid) != null;
    }

    /** Whether events of the thread, or of another one of its process, passed. */
    boolean contains(ThreadInfo thread) {
        return ids.get(thread.tid) != null || ids.get(thread.pid) != null;
    }

    @Override
    public void close() {
        // there is no output
    }
}
