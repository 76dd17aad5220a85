package org.syscope.capture.state;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.Text;

/**
 * The system as it is at the current event. Filled first from a capture file's lists or from /proc ({@link #threads()},
 * {@link #users()}, {@link #interfaces()}, {@link #machine(MachineInfo)}, then {@link #listsComplete()}), then kept by
 * {@link #process} for each event in turn.
 *
 * <p>Between two calls of {@code process} everything here describes the system as the first event's output shall show
 * it: an fd that the event closed and a thread that exited are still there, and go when the next event comes. Not thread
 * safe.
 */
public final class SystemState {

    /** A latency that is not known. */
    public static final long UNKNOWN = -1;

    private final ThreadLookup lookup;
    private final ThreadTable threads;
    private final UserTable users = new UserTable();
    private final InterfaceTable interfaces = new InterfaceTable();
    private MachineInfo machine = MachineInfo.UNKNOWN;

    /**
     * An empty state.
     *
     * @param lookup who is asked about threads that are not known; null offline, when they stay unknown and are marked
     *     so
     */
    public SystemState(ThreadLookup lookup) {
        this(lookup, ThreadTable.DEFAULT_CAPACITY);
    }

    /**
     * An empty state for at most {@code maxThreads} threads.
     *
     * @param lookup as above
     */
    public SystemState(ThreadLookup lookup, int maxThreads) {
        this.lookup = lookup;
        this.threads = new ThreadTable(maxThreads);
    }

    /** All known threads. */
    public ThreadTable threads() {
        return threads;
    }

    /** All known users and groups. */
    public UserTable users() {
        return users;
    }

    /** The machine's network interfaces. */
    public InterfaceTable interfaces() {
        return interfaces;
    }

    /** The machine. */
    public MachineInfo machine() {
        return machine;
    }

    /** Sets the machine. */
    public void machine(MachineInfo value) {
        machine = value;
    }

    /**
     * To be called once after the lists of a file or of /proc were filled in: ties threads to their leaders and parents
     * and works out names of fds and directions of sockets.
     */
    public void listsComplete() {
    }

    /** Takes the effects of {@code event} in. Must be called for each event in order, state-only ones included. */
    public void process(Event event) {
    }

    /** The thread of the event; null for events that belong to none. */
    public ThreadInfo thread() {
        return null;
    }

    /** The fd that the event is about; null if there is none or it is not known. */
    public FdInfo fd() {
        return null;
    }

    /** The number of the fd that the event is about, also if the fd itself is not known; -1 if there is none. */
    public long fdNumber() {
        return -1;
    }

    /** The time between enter and exit of the current exit event, ns; {@link #UNKNOWN} if it is not known. */
    public long latency() {
        return UNKNOWN;
    }

    /** When the call of the current exit event was entered, ns since the epoch; {@link #UNKNOWN} if it is not known. */
    public long enterTime() {
        return UNKNOWN;
    }

    /**
     * The enter event that belongs to the current exit event, where the source has enter events: a view of a copy, valid
     * until the next {@link #process}. Null if there is none.
     */
    public Event enterEvent() {
        return null;
    }

    /** The parent process of a thread; null if it is not known. */
    public ThreadInfo parent(ThreadInfo thread) {
        return thread.ptid <= 0 ? null : threads.get(thread.ptid);
    }

    /** The container that a thread runs in: 12 digits or a name by the container engine; empty on the host. */
    public Text containerId(ThreadInfo thread) {
        return Text.EMPTY;
    }

    /**
     * The absolute, normalised path of a path parameter of the current event.
     *
     * @param path index of an FSPATH or FSRELPATH parameter
     * @param dirfd index of the directory fd's parameter, -1 where paths are relative to the working directory
     * @return null if the path is not relative, or there is no thread
     */
    public Text resolvedPath(Event event, int path, int dirfd) {
        return null;
    }

    /** Forgets everything: a concatenated capture begins anew. */
    public void reset() {
        threads.clear();
        users.clear();
        interfaces.clear();
        machine = MachineInfo.UNKNOWN;
    }

    ThreadLookup lookup() {
        return lookup;
    }
}
