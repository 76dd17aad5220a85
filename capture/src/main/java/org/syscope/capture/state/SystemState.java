package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.container.ContainerId;
import org.syscope.capture.container.ContainerMatcher;
import org.syscope.capture.container.ContainerTable;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.MalformedEventException;
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

    /** A latency or time that is not known. */
    public static final long UNKNOWN = -1;

    private static final int MAX_ENTER_LENGTH = 4096;
    private static final int FIRST_ENTER_LENGTH = 64;
    private static final long EBADF = -9;
    private static final long PURGE_INTERVAL = 20L * 60 * 1_000_000_000;
    private static final long PURGE_IDLE = 30L * 60 * 1_000_000_000;

    private final ThreadLookup lookup;
    private final ThreadTable threads;
    private final UserTable users = new UserTable();
    private final InterfaceTable interfaces = new InterfaceTable();
    private final ContainerTable containers = new ContainerTable();
    private final FileEvents files = new FileEvents(this);
    private final SocketEvents sockets = new SocketEvents(this);
    private final ProcessEvents processes = new ProcessEvents(this);
    private final CredentialEvents credentials = new CredentialEvents(this);
    private final SystemEvents system = new SystemEvents(this);
    private final IoUringEvents operations = new IoUringEvents(this);
    private final ListedSockets listed;
    private final PendingRemovals removals;
    private final LossRepair repair;
    private final Paths paths = new Paths();
    private final Event enterView = new Event();
    private final EventOptions options = new EventOptions();
    private MachineInfo machine = MachineInfo.UNKNOWN;
    private long nextPurge = Long.MIN_VALUE;
    private Text lastRendered;

    private Event event;
    private ThreadInfo thread;
    private FdInfo fd;
    private long fdNumber = -1;
    private boolean showsFd;
    private long enterTime = UNKNOWN;
    private long latency = UNKNOWN;
    private boolean paired;
    private boolean enterViewed;

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
        this.removals = new PendingRemovals(threads);
        this.listed = new ListedSockets(threads, interfaces);
        this.repair = new LossRepair(lookup, () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }

    /** All known threads. */
    public ThreadTable threads() {
        return threads;
    }

    /** All known users and groups. */
    public UserTable users() {
        return users;
    }

    /** All containers that were told of. */
    public ContainerTable containers() {
        return containers;
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
        threads.retieAll();
        listed.completeAll();
    }

    /** Names a socket that was found after the lists were complete, and works out its direction. */
    public void adopt(FdInfo info) {
        listed.complete(info);
        info.checkedLosses = repair.losses();
    }

    /** As {@link #adopt(FdInfo)} for all fds of a process. */
    public void adopt(FdTable fds) {
        listed.complete(fds);
    }

    /** Takes the effects of {@code event} in. Must be called for each event in order, state-only ones included. */
    public void process(Event event) {
        removals.apply();
        this.event = event;
        thread = null;
        fd = null;
        fdNumber = -1;
        enterTime = UNKNOWN;
        latency = UNKNOWN;
        paired = false;
        enterViewed = false;
        int code = event.typeCode();
        if (code >= EventCodes.COUNT) {
            showsFd = false;
            return;
        }
        int shape = EventShape.of(code);
        showsFd = (shape & EventShape.SHOWS_FD) != 0;
        if (code == EventCodes.PPME_DROP_E) {
            repair.lost();
        }
        if ((shape & EventShape.NO_THREAD) != 0) {
            system.process(event, code);
            return;
        }
        if (lookup != null && event.timestamp() >= nextPurge) {
            purge(event.timestamp());
        }
        ThreadInfo current = threads.get(event.tid());
        if (current == null && (shape & EventShape.FIND_ONLY) == 0) {
            current = discover(event.tid());
        } else if (current != null && current.checkedLosses != repair.losses()) {
            current = repair.checked(current, event.timestamp(), this);
        }
        thread = current;
        if (current != null && code != EventCodes.PPME_SCHEDSWITCH_6_E) {
            current.previousEventTime = current.lastEventTime;
            current.lastEventTime = event.timestamp();
            current.lastEventType = code;
        }
        if ((shape & EventShape.EXIT) != 0) {
            exit(code, shape);
        } else if (current != null) {
            if ((shape & EventShape.ENTER) != 0) {
                enter(current, code, shape);
            } else {
                latency = code == EventCodes.PPME_SCHEDSWITCH_6_E ? current.lastLatency : UNKNOWN;
                system.tracepoint(event, code);
            }
        }
    }

    /**
     * Makes a thread the one that {@link #thread()} gives, as between two calls of its: without an fd, without a latency.
     * For those who look at threads that have no event; the next {@link #process} ends it.
     */
    public void lookAt(ThreadInfo other) {
        thread = other;
        fd = null;
        fdNumber = -1;
        enterTime = UNKNOWN;
        latency = UNKNOWN;
        paired = false;
    }

    private void enter(ThreadInfo current, int code, int shape) {
        current.enterType = code;
        current.enterTime = event.timestamp();
        current.lastEventFd = -1;
        current.lastLatency = 0;
        latency = 0;
        store(current);
        if ((shape & EventShape.USES_FD) != 0) {
            about(event.signed(0, -1));
            current.lastEventFd = fdNumber;
        }
        sockets.enter(event, code);
    }

    private void store(ThreadInfo current) {
        int length = event.length();
        if (length > MAX_ENTER_LENGTH) {
            current.enterType = -1;
            return;
        }
        if (current.enterBytes == null || current.enterBytes.length < length) {
            current.enterBytes = new byte[Math.max(FIRST_ENTER_LENGTH, Integer.highestOneBit(length) << 1)];
            current.enterSegment = MemorySegment.ofArray(current.enterBytes);
        }
        MemorySegment.copy(event.segment(), ValueLayout.JAVA_BYTE, event.offset(), current.enterBytes, 0, length);
        current.enterLength = length;
        current.enterCpu = event.cpu();
    }

    private void exit(int code, int shape) {
        if (operations.exit(event, code)) {
            recordedLatency();
            return;
        }
        ThreadInfo current = thread;
        if (current != null) {
            pair(current, code);
            if ((shape & EventShape.USES_FD) != 0) {
                int at = EventShape.fdParameter(shape);
                if (at >= 0 && event.has(at)) {
                    about(event.signed(at, -1));
                    current.lastEventFd = fdNumber;
                } else if (paired) {
                    about(current.lastEventFd);
                }
            } else if (!paired) {
                current.lastEventFd = -1;
            }
        }
        if (!files.exit(event, code) && !sockets.exit(event, code) && !processes.exit(event, code)) {
            credentials.exit(event, code);
        }
    }

    private void pair(ThreadInfo current, int code) {
        int entered = current.enterType;
        paired = entered == code - 1 || entered == EventCodes.PPME_SYSCALL_EXECVEAT_E
                && (code == EventCodes.PPME_SYSCALL_EXECVE_18_X || code == EventCodes.PPME_SYSCALL_EXECVE_19_X);
        current.enterType = -1;
        if (paired) {
            enterTime = current.enterTime;
            latency = Math.max(0, event.timestamp() - enterTime);
        } else {
            recordedLatency();
        }
        current.lastLatency = latency;
    }

    private void recordedLatency() {
        long recorded = options.find(event, EventOptions.LATENCY) ? options.u64(UNKNOWN) : UNKNOWN;
        if (recorded >= 0 && recorded <= event.timestamp()) {
            enterTime = event.timestamp() - recorded;
            latency = recorded;
        }
    }

    /** The current event is about this fd of its thread; also where its type does not tell that it is about one. */
    void about(long number) {
        showsFd = true;
        fdNumber = number;
        fd = thread.fd(number);
        if (fd == null && number >= 0 && lookup != null && event.signed(0, 0) != EBADF) {
            fd = lookup.lookupFd(thread, number, this);
        } else if (fd != null && fd.checkedLosses != repair.losses()) {
            fd = repair.checked(thread, number, fd, event.timestamp(), this);
        }
    }

    private ThreadInfo discover(long tid) {
        if (tid < 0) {
            return null;
        }
        if (threads.isFull()) {
            threads.refuse();
            return null;
        }
        ThreadInfo found = lookup == null ? null : lookup.lookup(tid, this);
        if (found != null) {
            return found;
        }
        ThreadInfo placeholder = new ThreadInfo(tid);
        placeholder.comm = ThreadInfo.NOT_AVAILABLE;
        placeholder.exe = ThreadInfo.NOT_AVAILABLE;
        return threads.add(placeholder) ? placeholder : null;
    }

    private void purge(long now) {
        if (nextPurge != Long.MIN_VALUE) {
            for (long tid : threads.tids()) {
                ThreadInfo idle = threads.get(tid);
                if (idle != null && idle.tid != event.tid() && now - Math.max(idle.lastEventTime, idle.cloneTime) > PURGE_IDLE
                        && !lookup.isAlive(idle)) {
                    threads.remove(tid);
                }
            }
        }
        nextPurge = now + PURGE_INTERVAL;
    }

    /** The thread of the event; null for events that belong to none. */
    public ThreadInfo thread() {
        return thread;
    }

    /** The fd that the event is about; null if there is none or it is not known. */
    public FdInfo fd() {
        return showsFd ? fd : null;
    }

    /** The number of the fd that the event is about, also if the fd itself is not known; -1 if there is none. */
    public long fdNumber() {
        return showsFd ? fdNumber : -1;
    }

    /**
     * The time between enter and exit of the current exit event, ns; 0 at enter events; at a context switch that of the
     * thread's last call. {@link #UNKNOWN} if it is not known.
     */
    public long latency() {
        return latency;
    }

    /** When the call of the current exit event was entered, ns since the epoch; {@link #UNKNOWN} if it is not known. */
    public long enterTime() {
        return enterTime;
    }

    /**
     * The enter event that belongs to the current exit event, where the source has enter events: a view of a copy, valid
     * until the next {@link #process}. Null if there is none.
     */
    public Event enterEvent() {
        if (!paired) {
            return null;
        }
        if (!enterViewed) {
            try {
                enterView.wrap(thread.enterSegment, 0, thread.enterLength, thread.enterCpu, 0);
            } catch (MalformedEventException impossible) {
                throw new IllegalStateException("the copy of an event is damaged", impossible);
            }
            enterViewed = true;
        }
        return enterView;
    }

    /** Whether events were lost since the thread was known for certain, and /proc was not asked about it since. */
    public boolean doubts(ThreadInfo thread) {
        return thread.checkedLosses != repair.losses();
    }

    /** The parent process of a thread; null if it is not known. */
    public ThreadInfo parent(ThreadInfo thread) {
        return thread.ptid <= 0 ? null : threads.get(thread.ptid);
    }

    /** The id of the container that a thread runs in; empty on the host. */
    public Text containerId(ThreadInfo thread) {
        ContainerId container = container(thread);
        return container == null ? Text.EMPTY : container.id();
    }

    /** The container that a thread runs in, as its control groups tell; null on the host. */
    public ContainerId container(ThreadInfo thread) {
        if (thread.containerCgroups != thread.cgroups) {
            thread.container = thread.cgroups.isEmpty() ? null
                    : ContainerMatcher.match(thread.cgroups.parts(), thread.env().parts());
            thread.containerCgroups = thread.cgroups;
        }
        return thread.container;
    }

    /**
     * The absolute, normalised path of a relative path parameter of the current event.
     *
     * @param path index of an FSPATH or FSRELPATH parameter
     * @param dirfd index of the directory fd's parameter, -1 where paths are relative to the working directory
     * @return null if the path is absolute or empty, or there is no thread
     */
    public Text resolvedPath(Event event, int path, int dirfd) {
        byte[] buffer = new byte[Paths.MAX_LENGTH];
        int length = resolvePath(event, path, dirfd, buffer);
        return length < 0 ? null : Text.copyOf(buffer, 0, length);
    }

    /**
     * As {@link #resolvedPath}, into a buffer; allocates nothing.
     *
     * @param target at least 1024 bytes
     * @return how many bytes; -1 if the path is absolute or empty, or there is no thread
     */
    public int resolvePath(Event event, int path, int dirfd, byte[] target) {
        int length = event.stringLength(path);
        if (thread == null || length == 0
                || event.segment().get(ValueLayout.JAVA_BYTE, event.parameterOffset(path)) == '/') {
            return -1;
        }
        Text base = dirfd < 0 ? thread.cwd() : files.directory(event.signed(dirfd, FileEvents.AT_FDCWD), Text.EMPTY);
        return paths.join(base, event.segment(), event.parameterOffset(path), length, target);
    }

    /**
     * Says which text the sink rendered last. An established tool gives it as name to a unix socket whose connect began
     * without its address in the event, as very old drivers recorded it; without this call the fd's number is that text,
     * as it is in the default output.
     */
    public void lastRendered(Text text) {
        lastRendered = text;
    }

    Text nameOfUnknownAddress() {
        if (lastRendered != null) {
            return lastRendered;
        }
        byte[] digits = new byte[Long.SIZE];
        return Text.copyOf(digits, 0, AddressText.decimal(digits, 0, fdNumber));
    }

    /** Forgets everything: a concatenated capture begins anew. */
    public void reset() {
        removals.clear();
        threads.clear();
        users.clear();
        interfaces.clear();
        listed.clear();
        containers.clear();
        machine = MachineInfo.UNKNOWN;
        event = null;
        thread = null;
        fd = null;
        fdNumber = -1;
        enterTime = UNKNOWN;
        paired = false;
    }

    /** The path of a directory fd of the current thread; {@link FileEvents#UNKNOWN_DIRECTORY} if it is not known. */
    Text directory(long dirfd) {
        return files.directory(dirfd, FileEvents.UNKNOWN_DIRECTORY);
    }

    ListedSockets listed() {
        return listed;
    }

    ThreadLookup lookup() {
        return lookup;
    }

    Paths paths() {
        return paths;
    }

    PendingRemovals removals() {
        return removals;
    }

    /** The thread, or the placeholder or /proc entry made for it now; null if there is no room. */
    ThreadInfo require(long tid) {
        ThreadInfo known = threads.get(tid);
        return known == null ? discover(tid) : known;
    }

    void thread(ThreadInfo value) {
        thread = value;
    }

    void fd(long number, FdInfo info) {
        fdNumber = number;
        fd = info;
    }

    /** Puts a new fd into the process's table; it becomes the one that the event is about. */
    FdInfo open(long number, FdInfo info) {
        openBeside(number, info);
        thread.lastEventFd = number;
        fdNumber = number;
        fd = info;
        return info;
    }

    /** Puts a new fd into the process's table; the event stays about another one. */
    void openBeside(long number, FdInfo info) {
        info.since = event.timestamp();
        info.checkedLosses = repair.losses();
        thread.fds().put(number, info);
    }

    /** The fd that the event is about, to be changed; null if there is none. */
    FdInfo ownFd() {
        if (fd != null && fd.is(FdInfo.SHARED)) {
            fd = thread.fds().own(fdNumber);
        }
        return fd;
    }

    /**
     * A number from the exit event, or where that does not have it, from the enter event.
     *
     * @param exitIndex parameter of the exit event, -1 if it never has it
     * @param enterIndex parameter of the enter event, -1 if it never has it
     */
    long number(int exitIndex, int enterIndex, long absent) {
        if (event.has(exitIndex)) {
            return event.signed(exitIndex, absent);
        }
        Event entered = enterIndex < 0 ? null : enterEvent();
        return entered == null ? absent : entered.signed(enterIndex, absent);
    }

    /** A string parameter; {@code <NA>} where the driver could not read it. */
    static Text string(Event event, int index) {
        return event.parameterLength(index) == 0 ? ThreadInfo.NOT_AVAILABLE : event.text(index);
    }
}
