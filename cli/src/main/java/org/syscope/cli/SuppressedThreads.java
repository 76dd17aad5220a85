package org.syscope.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.LongMap;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * Processes to leave out by their name, with everything they start ({@code -U}). A thread that was left out once stays
 * so until it exits, whatever becomes of its parent.
 */
final class SuppressedThreads implements EventLoop.Exclusion {

    private static final int MAX_DEPTH = 64;

    private final Set<Text> names = new HashSet<>();
    private final LongMap<Boolean> known = new LongMap<>();
    private long events;

    /** Leaves out the processes with these names, each at most 15 bytes as the kernel keeps them. */
    SuppressedThreads(List<String> names) {
        names.forEach(name -> this.names.add(Text.of(name)));
    }

    @Override
    public boolean excludes(Event event, SystemState state) {
        ThreadInfo thread = state.thread();
        if (thread == null) {
            return false;
        }
        if (known.get(thread.tid) == null) {
            if (!descends(thread, state)) {
                return false;
            }
            known.put(thread.tid, Boolean.TRUE);
        }
        int code = event.typeCode();
        if (code == EventCodes.PPME_PROCEXIT_E || code == EventCodes.PPME_PROCEXIT_1_E) {
            known.remove(thread.tid);
        }
        events++;
        return true;
    }

    private boolean descends(ThreadInfo thread, SystemState state) {
        ThreadInfo at = thread;
        for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
            if (names.contains(at.comm) || known.get(at.tid) != null) {
                return true;
            }
            at = state.parent(at);
        }
        return false;
    }

    /** How many events were left out. */
    long events() {
        return events;
    }
}
