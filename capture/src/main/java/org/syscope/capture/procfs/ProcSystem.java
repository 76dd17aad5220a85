package org.syscope.capture.procfs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.function.LongSupplier;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.ThreadLookup;
import org.syscope.capture.state.UserTable;

/**
 * The running system as /proc shows it: {@link #scan} fills a state when a live trace begins, later the state asks for
 * single threads and fds that no event told of. These questions have a budget for each second, so that a storm of unknown
 * threads cannot stop the trace. Whatever vanishes or may not be read is left out. Not thread safe.
 */
public final class ProcSystem implements ThreadLookup, AutoCloseable {

    /** The environment variable that says where the host's file system is mounted, as in a privileged container. */
    public static final String HOST_ROOT = "HOST_ROOT";

    private static final long SECOND = 1_000_000_000L;
    private static final int PAGE = 4096;
    /** The kernel's PROC_PID_INIT_INO (include/linux/proc_ns.h). */
    private static final String MACHINE_NAMESPACE = "pid:[4026531836]";
    /** The parent of all kernel threads has always this id. */
    private static final long KTHREADD = 2;
    private static final int THREADS_A_SECOND = 2000;
    private static final int FDS_A_SECOND = 5000;
    /** What the kernel adds to the path of a file that has none any more. */
    private static final String DELETED = " (deleted)";
    private static final int SOCKET_TABLES_A_SECOND = 10;
    private static final int REFRESHES_A_SECOND = 500;
    private static final int FD_REFRESHES_A_SECOND = 3000;
    /** Start times in /proc are multiples of 10 ms and counted from a boot time in whole seconds. */
    private static final long SAME_START = 3 * SECOND;

    private final ProcFiles files = new ProcFiles();
    private final FdReader fds = new FdReader(files);
    private final String root;
    private final int proc;
    private final LongSupplier clock;
    private final long self;
    private final ProcessReader processes;
    private final boolean largeEnvironments;
    private long second = Long.MIN_VALUE;
    private int threadsLeft;
    private int fdsLeft;
    private int tablesLeft;
    private int refreshesLeft;
    private int fdRefreshesLeft;
    private long refused;
    private long hidden;

    /**
     * The system below a root directory.
     *
     * @param root where the host's file system is mounted; empty for this one
     * @throws IOException if there is no /proc below it
     */
    public ProcSystem(String root) throws IOException {
        this(root, false, System::nanoTime);
    }

    /**
     * As above.
     *
     * @param largeEnvironments whether environments of more than 4 KiB are read whole
     * @param clock ns by which the budgets run
     */
    ProcSystem(String root, boolean largeEnvironments, LongSupplier clock) throws IOException {
        this.largeEnvironments = largeEnvironments;
        this.root = root;
        this.clock = clock;
        this.proc = files.openDirectory(ProcFiles.AT_FDCWD, root + "/proc");
        if (proc < 0) {
            files.close();
            throw new IOException("cannot open " + root + "/proc: is it mounted, and is " + HOST_ROOT + " right?");
        }
        Text link = files.link(proc, "self");
        this.self = link == null ? ProcessHandle.current().pid() : Long.parseLong(link.toString());
        this.processes = new ProcessReader(files, MachineReader.read(files, proc).bootTime(), largeEnvironments);
    }

    /** As below, environments of more than 4 KiB cut there. */
    public static ProcSystem of(Map<String, String> environment) throws IOException {
        return of(environment, false);
    }

    /**
     * The system that {@link #HOST_ROOT} names in the environment, otherwise this one.
     *
     * @param largeEnvironments whether environments of more than 4 KiB are read whole
     * @throws IOException if there is no /proc below it, or it shows a pid namespace: there processes have other ids than in
     *     the kernel's events
     */
    public static ProcSystem of(Map<String, String> environment, boolean largeEnvironments) throws IOException {
        String root = environment.getOrDefault(HOST_ROOT, "");
        ProcSystem system = new ProcSystem(root, largeEnvironments, System::nanoTime);
        if (!system.showsMachine()) {
            system.close();
            throw new IOException(root + "/proc shows a pid namespace, in which processes have other ids than the kernel's events"
                    + " give them: run this outside of it (docker: --pid=host; else nsenter --target 1 --pid --mount), or set "
                    + HOST_ROOT + " to where the machine's own root directory with its /proc is mounted");
        }
        return system;
    }

    /**
     * Whether the ids in this /proc are those of the machine's own pid namespace: this process is in it, or the kernel's
     * threads can be seen.
     */
    private boolean showsMachine() {
        Text own = root.isEmpty() ? files.link(proc, "self/ns/pid") : null;
        return own != null && own.toString().equals(MACHINE_NAMESPACE) || processes.isKernelThread(proc, KTHREADD);
    }

    /** The id that this process has here: another one than it knows itself if this is the /proc of a namespace around it. */
    public long self() {
        return self;
    }

    /**
     * The id that a child of this process has here.
     *
     * @param pid as this process knows it
     * @throws IOException if it is gone
     */
    public long ofChild(long pid) throws IOException {
        long self = self();
        if (self == ProcessHandle.current().pid()) {
            return pid;
        }
        for (long other : processes()) {
            if (parent(other) == self && processes.innermostId(proc, other) == pid) {
                return other;
            }
        }
        throw new IOException("process " + pid + " is not in " + root + "/proc");
    }

    /** Fills the state with all that runs now, and completes it. */
    public void scan(SystemState state) {
        state.machine(MachineReader.read(files, proc));
        InterfaceReader.read(files, proc, state.interfaces());
        AccountReader.read(files, root, state.users(), Text.EMPTY);
        fds.forgetSockets();
        for (long pid : files.numbers(proc)) {
            int directory = files.openDirectory(proc, pid);
            if (directory < 0) {
                continue;
            }
            ThreadInfo main = processes.main(directory, pid);
            if (main != null && state.threads().add(main)) {
                readFds(directory, main);
                readThreads(directory, main, state);
            }
            files.close(directory);
        }
        fds.forgetSockets();
        state.listsComplete();
    }

    /**
     * Reads the users and groups in the root directory of a process, unless that is still this system's own.
     *
     * @param container whose users they are
     * @return false if there is nothing to read: the process is gone, has the root directory of the host, or its accounts are
     *     not plain files
     */
    public boolean readAccounts(long pid, UserTable users, Text container) {
        Path inside = Path.of(root + "/proc/" + pid + "/root");
        try {
            Object own = Files.readAttributes(inside, BasicFileAttributes.class).fileKey();
            Object host = Files.readAttributes(Path.of(root + "/"), BasicFileAttributes.class).fileKey();
            if (own.equals(host) || !Files.isDirectory(inside.resolve("etc"), LinkOption.NOFOLLOW_LINKS)
                    || !Files.isRegularFile(inside.resolve("etc/passwd"), LinkOption.NOFOLLOW_LINKS)
                    || Files.exists(inside.resolve("etc/group"), LinkOption.NOFOLLOW_LINKS)
                            && !Files.isRegularFile(inside.resolve("etc/group"), LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
        } catch (IOException gone) {
            return false;
        }
        AccountReader.read(files, inside.toString(), users, container);
        return true;
    }

    private void readThreads(int process, ThreadInfo main, SystemState state) {
        int tasks = files.openDirectory(process, "task");
        if (tasks < 0) {
            return;
        }
        for (long tid : files.numbers(tasks)) {
            int directory = tid == main.tid ? -1 : files.openDirectory(tasks, tid);
            ThreadInfo thread = directory < 0 ? null : processes.other(directory, tid, main);
            if (thread != null) {
                state.threads().add(thread);
            }
            files.close(directory);
        }
        files.close(tasks);
    }

    private void readFds(int process, ThreadInfo main) {
        int directory = files.openDirectory(process, "fd");
        if (directory < 0) {
            // Kernel threads have no memory, and no fds either.
            hidden += main.vmSize > 0 ? 1 : 0;
            return;
        }
        for (long number : files.numbers(directory)) {
            FdInfo info = fds.read(process, directory, number);
            if (info != null) {
                main.fds().put(number, info);
            }
        }
        files.close(directory);
    }

    @Override
    public ThreadInfo lookup(long tid, SystemState state) {
        refill();
        if (threadsLeft <= 0) {
            refused++;
            return null;
        }
        threadsLeft--;
        int directory = files.openDirectory(proc, tid);
        if (directory < 0) {
            return null;
        }
        ThreadInfo found = processes.main(directory, tid);
        if (found != null) {
            if (state.threads().add(found)) {
                readFds(directory, found);
                state.adopt(found.fds());
            }
            files.close(directory);
            return found;
        }
        long pid = processes.leader(directory);
        files.close(directory);
        ThreadInfo main = pid <= 0 || pid == tid ? null : state.threads().get(pid);
        if (main == null && pid > 0 && pid != tid) {
            main = lookup(pid, state);
        }
        directory = main == null ? -1 : files.openDirectory(proc, pid + "/task/" + tid);
        ThreadInfo thread = directory < 0 ? null : processes.other(directory, tid, main);
        files.close(directory);
        return thread != null && state.threads().add(thread) ? thread : null;
    }

    @Override
    public FdInfo lookupFd(ThreadInfo thread, long fd, SystemState state) {
        refill();
        if (fdsLeft <= 0) {
            refused++;
            return null;
        }
        fdsLeft--;
        FdInfo info = readFd(thread, fd);
        if (info != null) {
            state.adopt(info);
            thread.fds().put(fd, info);
        }
        return info;
    }

    private FdInfo readFd(ThreadInfo thread, long fd) {
        int process = files.openDirectory(proc, thread.tid);
        int directory = files.openDirectory(process, "fd");
        FdInfo info = null;
        if (process >= 0 && directory >= 0) {
            Text link = files.link(directory, fd);
            if (link != null) {
                if (!fds.knowsSocket(process, link) && tablesLeft > 0) {
                    tablesLeft--;
                    fds.forgetSockets();
                }
                info = fds.read(process, directory, fd);
            }
        }
        files.close(directory);
        files.close(process);
        return info;
    }

    @Override
    public ThreadInfo refresh(ThreadInfo thread, SystemState state) {
        refill();
        if (refreshesLeft <= 0) {
            return null;
        }
        refreshesLeft--;
        boolean main = thread.pid == thread.tid;
        int directory = main || thread.pid <= 0 ? -1 : files.openDirectory(proc, thread.pid + "/task/" + thread.tid);
        ThreadInfo now = directory < 0 ? null : processes.other(directory, thread.tid, thread.leader());
        files.close(directory);
        if (now != null) {
            thread.refresh(now);
            return thread;
        }
        directory = files.openDirectory(proc, thread.tid);
        now = directory < 0 ? null : processes.main(directory, thread.tid);
        if (now != null && main && Math.abs(now.cloneTime - thread.cloneTime) < SAME_START) {
            thread.refresh(now);
            state.threads().retie(thread);
            now = thread;
        } else if (now != null && state.threads().add(now)) {
            readFds(directory, now);
            state.adopt(now.fds());
        }
        files.close(directory);
        return now == null ? thread : now;
    }

    @Override
    public FdInfo refreshFd(ThreadInfo thread, long fd, FdInfo known, SystemState state) {
        refill();
        if (fdRefreshesLeft <= 0) {
            return null;
        }
        fdRefreshesLeft--;
        Text link = files.link(proc, thread.tid + "/fd/" + fd);
        if (link == null || link.equals(known.name)) {
            return known;
        }
        FdInfo now = link.equals(Text.of(known.name + DELETED)) ? null : readFd(thread, fd);
        if (now == null) {
            return known;
        }
        state.adopt(now);
        if (isSame(known, now)) {
            return known;
        }
        thread.fds().put(fd, now);
        return now;
    }

    /** Whether events and /proc may well mean the same thing: they do not know the same of it. */
    private static boolean isSame(FdInfo known, FdInfo now) {
        if (known.type.isPath() || now.type.isPath()) {
            return false;
        }
        if (known.type != now.type) {
            return now.type == FdType.UNKNOWN && known.type.isSocket();
        }
        if (known.type.isInet()) {
            return known.sourcePort == now.sourcePort && known.destinationPort == now.destinationPort
                    || known.sourcePort == now.destinationPort && known.destinationPort == now.sourcePort;
        }
        return known.type != FdType.PIPE || known.ino == 0 || known.ino == now.ino;
    }

    @Override
    public Text readFdPath(ThreadInfo thread, long fd) {
        refill();
        if (fdsLeft <= 0) {
            refused++;
            return null;
        }
        fdsLeft--;
        Text link = files.link(proc, thread.tid + "/fd/" + fd);
        return link == null || link.byteAt(0) != '/' ? null : link;
    }

    @Override
    public TextList environment(ThreadInfo thread) {
        if (!largeEnvironments) {
            return null;
        }
        refill();
        if (threadsLeft <= 0) {
            refused++;
            return null;
        }
        threadsLeft--;
        int directory = files.openDirectory(proc, thread.tid);
        if (directory < 0) {
            return null;
        }
        TextList found = processes.environment(directory);
        files.close(directory);
        return found.isEmpty() ? null : found;
    }

    @Override
    public boolean isAlive(ThreadInfo thread) {
        int directory = files.openDirectory(proc, thread.tid);
        files.close(directory);
        return directory >= 0;
    }

    /**
     * How much CPU time a thread has used since it began.
     *
     * @param times receives user and system time, in clock ticks of 10 ms
     * @return false if the thread is gone
     */
    public boolean cpuTimes(ThreadInfo thread, long[] times) {
        return processes.cpuTimes(proc, (thread.pid > 0 ? thread.pid : thread.tid) + "/task/" + thread.tid + "/stat", times);
    }

    /** All processes that /proc shows now, in the order of their ids. */
    public long[] processes() {
        int directory = files.openDirectory(ProcFiles.AT_FDCWD, root + "/proc");
        long[] found = directory < 0 ? new long[0] : files.numbers(directory);
        files.close(directory);
        return found;
    }

    /** The process that a thread belongs to; -1 if there is no such thread. */
    public long leader(long tid) {
        int directory = files.openDirectory(proc, tid);
        long pid = directory < 0 ? -1 : processes.leader(directory);
        files.close(directory);
        return pid;
    }

    /** The parent of a process; -1 if the process is gone. */
    public long parent(long pid) {
        return processes.parent(proc, pid);
    }

    /**
     * The call in which a thread waits now.
     *
     * @return null if it runs, is in no call, is gone or may not be looked into
     */
    public WaitingCall waitingCall(long tid) {
        return WaitingCall.read(files, proc, tid);
    }

    /** Whether a process executes a 32-bit program; false if that cannot be seen. */
    public boolean is32Bit(long pid) {
        int length = files.readOnce(proc, pid + "/auxv");
        byte[] bytes = files.bytes();
        // Pairs of numbers: of 64 bits, where the upper half of the first, small one is empty, or of 32, where it is a value.
        return length >= Long.BYTES && (bytes[4] | bytes[5] | bytes[6] | bytes[7]) != 0;
    }

    /**
     * Reads a text that ends with NUL out of the memory of a process.
     *
     * @param most how many bytes at most
     * @return null if it cannot be read
     */
    public Text memoryText(long tid, long address, int most) {
        try (FileChannel memory = FileChannel.open(Path.of(root + "/proc/" + tid + "/mem"))) {
            ByteBuffer buffer = ByteBuffer.allocate(most);
            // Behind the text a page may be missing, so that a long read fails where a short one does not.
            int length = 0;
            while (length < most && address + length > 0) {
                int upTo = (int) Math.min(most - length, PAGE - (address + length & PAGE - 1));
                buffer.limit(length + upTo);
                int got = memory.read(buffer, address + length);
                for (int i = 0; i < got; i++) {
                    if (buffer.get(length + i) == 0) {
                        return Text.copyOf(buffer.array(), 0, length + i);
                    }
                }
                if (got <= 0) {
                    return null;
                }
                length += got;
            }
            return length == 0 ? null : Text.copyOf(buffer.array(), 0, length);
        } catch (IOException gone) {
            return null;
        }
    }

    /** Whether a process is stopped by a signal. */
    public boolean isStopped(long pid) {
        return processes.isStopped(proc, pid);
    }

    /** Whether a process has no thread left that runs; a zombie has not. */
    public boolean hasEnded(long pid) {
        return processes.hasEnded(proc, pid);
    }

    /** How many questions of the state were left unanswered because the budget of their second was spent. */
    public long refused() {
        return refused;
    }

    /** Of how many processes the open fds could not be read, for want of capabilities or because they ended. */
    public long hidden() {
        return hidden;
    }

    private void refill() {
        long now = clock.getAsLong() / SECOND;
        if (now != second) {
            second = now;
            threadsLeft = THREADS_A_SECOND;
            fdsLeft = FDS_A_SECOND;
            tablesLeft = SOCKET_TABLES_A_SECOND;
            refreshesLeft = REFRESHES_A_SECOND;
            fdRefreshesLeft = FD_REFRESHES_A_SECOND;
        }
    }

    @Override
    public void close() {
        files.close(proc);
        files.close();
    }
}
