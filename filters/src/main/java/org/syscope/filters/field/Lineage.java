package org.syscope.filters.field;

import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/** Walks from a thread to its process, its ancestors and the leaders of its session and process group. */
final class Lineage {

    /** Parents beyond this depth are not looked at: a parentage that goes in circles ends here. */
    private static final int MAX_DEPTH = 256;

    private Lineage() {
    }

    /** The main thread of the process; null if it is not known. */
    static ThreadInfo process(ThreadInfo thread) {
        if (thread.isMain()) {
            return thread;
        }
        return thread.leader() == thread ? null : thread.leader();
    }

    /** The ancestor so many steps up, 0 for the process itself; null if there are not that many. */
    static ThreadInfo ancestor(SystemState state, ThreadInfo thread, int steps) {
        ThreadInfo at = process(thread);
        for (int i = 0; i < steps && at != null; i++) {
            at = i < MAX_DEPTH ? parent(state, at) : null;
        }
        return at;
    }

    /** The main thread of the parent process; null if it is not known. */
    static ThreadInfo parent(SystemState state, ThreadInfo thread) {
        ThreadInfo parent = state.parent(thread);
        return parent == null || parent == thread ? null : parent;
    }

    /** Whether a walk that came to {@code steps} has gone far enough. */
    static boolean isTooDeep(int steps) {
        return steps >= MAX_DEPTH;
    }

    /** An id that threads have in common with their leader. */
    @FunctionalInterface
    interface SharedId {
        long of(ThreadInfo thread);
    }

    /**
     * The leader: the process whose id it is; where that is gone, or ids are those of another namespace, the highest
     * ancestor in an unbroken line that has the same id.
     */
    static ThreadInfo leader(SystemState state, ThreadInfo thread, SharedId shared) {
        long id = shared.of(thread);
        if (!thread.inPidNamespace()) {
            ThreadInfo leader = state.threads().get(id);
            if (leader != null) {
                return leader;
            }
        }
        ThreadInfo found = thread;
        ThreadInfo at = process(thread);
        for (int i = 0; i < MAX_DEPTH && at != null; i++) {
            at = parent(state, at);
            if (at == null || shared.of(at) != id) {
                break;
            }
            found = at;
        }
        return found;
    }
}
