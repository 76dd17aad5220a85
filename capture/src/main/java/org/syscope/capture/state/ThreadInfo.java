package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.container.ContainerId;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

/**
 * One thread. A plain holder: the state, the capture file reader and the /proc scan write its fields, everybody else only
 * reads. What belongs to the process (fds, cwd, environment, fd limit) is kept at the {@linkplain #leader() leader} and
 * reached through methods.
 */
public final class ThreadInfo {

    /** What names say of a thread that is not known. */
    public static final Text NOT_AVAILABLE = Text.of("<NA>");
    private static final Text UNKNOWN_CWD = Text.of("./");

    private static final long COUNT_OFFSET = 22;
    private static final ValueLayout.OfInt COUNT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort CODE = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** An id that is not known. */
    public static final int NO_ID = -1;

    /** Thread id in the machine's own pid namespace. */
    public final long tid;
    /** Process id: the leader's tid; -1 if not known. */
    public long pid = -1;
    /** Process id of the parent; -1 if not known, 0 if there is none. */
    public long ptid = -1;
    /** The one that adopts this thread's children, as the exit event said; -1 or 0 if not known. */
    public long reaperTid = -1;
    /** Session id in the thread's pid namespace; -1 if not known. */
    public long sid = -1;
    /** Process group id in the thread's pid namespace; -1 if not known. */
    public long vpgid = -1;
    /** Process group id in the machine's pid namespace; -1 if not known. */
    public long pgid = -1;
    /** Thread id in the thread's own pid namespace; -1 if not known. */
    public long vtid = -1;
    /** Process id in the thread's own pid namespace; -1 if not known. */
    public long vpid = -1;
    /** Name of the thread as the kernel has it, at most 15 bytes. */
    public Text comm = Text.EMPTY;
    /** First argument of the command line. */
    public Text exe = Text.EMPTY;
    /** Path of the executable file. */
    public Text exepath = Text.EMPTY;
    /** Arguments without the first. */
    public TextList args = TextList.EMPTY;
    /** Control groups, each {@code subsystem=path}. */
    public TextList cgroups = TextList.EMPTY;
    /** PPM_CL_* flags, {@link ThreadFlags}. */
    public int flags;
    /** User id; 2^32-1 (-1) if not known. */
    public int uid = NO_ID;
    /**
     * The user id that the process list of an older capture (V1 to V8) gave; 2^32-1 (-1) for all others. Such lists were
     * written before users were resolved by container, and sysdig 0.36 shows no name for their users other than root:
     * {@code user.name} does the same, so that its output for these captures stays what scripts know.
     */
    public int listedUid = NO_ID;
    /** Group id; 2^32-1 (-1) if not known. */
    public int gid = NO_ID;
    /** User id of the login; 2^32-1 (-1) if not known. */
    public int loginuid = NO_ID;
    /** Capabilities that survive an exec, PPM_CAP_* bits. */
    public long capInheritable;
    /** Capabilities that can be taken, PPM_CAP_* bits. */
    public long capPermitted;
    /** Capabilities in force, PPM_CAP_* bits. */
    public long capEffective;
    /** Virtual memory, KiB. */
    public long vmSize;
    /** Resident memory, KiB. */
    public long vmRss;
    /** Swapped out memory, KiB. */
    public long vmSwap;
    /** Major page faults since the thread began. */
    public long pfMajor;
    /** Minor page faults since the thread began. */
    public long pfMinor;
    /** When the init process of its pid namespace began, ns since the epoch; 0 if not known. */
    public long pidnsInitStart;
    /** Root directory; empty if not known. */
    public Text root = Text.EMPTY;
    /** Controlling terminal's device number; 0 if there is none. */
    public int tty;
    /** When it was cloned, ns since the epoch; 0 if not known. */
    public long cloneTime;
    /** When it last executed a file, ns since the epoch; 0 if it did not. */
    public long lastExecTime;
    /** Whether its user may write to its executable. */
    public boolean exeWritable;
    /** Whether the executable comes from the upper layer of an overlay file system. */
    public boolean exeUpperLayer;
    /** Whether the executable comes from a lower layer of an overlay file system. */
    public boolean exeLowerLayer;
    /** Whether the executable is a memfd. */
    public boolean exeFromMemfd;
    /** Inode number of the executable; 0 if not known. */
    public long exeIno;
    /** Time of the executable inode's last change, ns since the epoch; 0 if not known. */
    public long exeCtime;
    /** Time of the executable's last modification, ns since the epoch; 0 if not known. */
    public long exeMtime;

    /** Time of its last event before the current one, ns since the epoch; 0 if there was none. */
    public long previousEventTime;
    /** Time of its last event, the current one included, ns since the epoch; 0 if there was none. */
    public long lastEventTime;
    /** Type code of its last event, the current one included; -1 if there was none. */
    public int lastEventType = -1;
    /** The fd its last enter event was about; -1 if none. */
    public long lastEventFd = -1;

    /** Code (PPM_SC) of the call in flight as the driver or /proc told when asked last; -1 if none was known. */
    public int callCode = -1;
    /** When that call began, ns since the epoch. */
    public long callSince;
    /** The fd that it is about; -1 if there is none. */
    public long callFd = -1;

    /** Open fds if this is a leader; created when first needed. */
    FdTable ownFds;
    Text ownCwd = Text.EMPTY;
    TextList ownEnv = TextList.EMPTY;
    long ownFdLimit;
    ThreadInfo leader = this;
    boolean dead;
    /** How many losses there had been when it was last checked; see {@link LossRepair}. */
    int checkedLosses;
    /** The container as worked out from {@link #containerCgroups}; null on the host. */
    ContainerId container;
    TextList containerCgroups;
    /** Copy of the last enter event, {@link #enterLength} bytes of it; null until the first. */
    byte[] enterBytes;
    int enterLength;
    int enterCpu;
    /** When the enter event came, ns since the epoch; and its type code, -1 where the last event was no enter. */
    long enterTime;
    int enterType = -1;
    long lastLatency;
    MemorySegment enterSegment;

    ThreadGroup group;
    int groupIndex;
    ThreadInfo parent;
    ThreadInfo firstChild;
    ThreadInfo nextSibling;
    ThreadInfo previousSibling;

    /** A thread of which only the id is known. */
    public ThreadInfo(long tid) {
        this.tid = tid;
    }

    /**
     * Takes over what /proc says of the same thread now; what could not be read there stays.
     *
     * @param now what was read
     */
    public void refresh(ThreadInfo now) {
        comm = now.comm;
        ptid = now.ptid;
        sid = now.sid;
        pgid = now.pgid;
        vpgid = now.vpgid;
        tty = now.tty;
        uid = now.uid;
        gid = now.gid;
        capInheritable = now.capInheritable;
        capPermitted = now.capPermitted;
        capEffective = now.capEffective;
        if (!now.exepath.isEmpty()) {
            exe = now.exe;
            exepath = now.exepath;
            args = now.args;
            exeWritable = now.exeWritable;
            exeFromMemfd = now.exeFromMemfd;
            exeIno = now.exeIno;
            exeCtime = now.exeCtime;
            exeMtime = now.exeMtime;
        }
        if (!now.cgroups.isEmpty()) {
            cgroups = now.cgroups;
        }
        if (!now.root.isEmpty()) {
            root = now.root;
        }
        if (leader == this && !now.ownCwd.isEmpty()) {
            ownCwd = now.ownCwd;
        }
        if (leader == this && !now.ownEnv.isEmpty()) {
            ownEnv = now.ownEnv;
        }
    }

    /** The process's main thread; this thread itself if it is the main one or if the main one is not known. */
    public ThreadInfo leader() {
        return leader;
    }

    /** Whether it is the main thread of its process. */
    public boolean isMain() {
        return tid == pid || (flags & ThreadFlags.IS_MAIN_THREAD) != 0;
    }

    /** Whether its real identity is not known: no event and no /proc entry told of it. */
    public boolean isInvalid() {
        return pid < 0;
    }

    /** Whether it lives in a pid namespace of its own, as in a container. */
    public boolean inPidNamespace() {
        return (flags & ThreadFlags.CHILD_IN_PIDNS) != 0 || (vtid >= 0 && vtid != tid);
    }

    /** Type code of the enter event whose exit event has not come; -1 if there is none. */
    public int enteredType() {
        return enterType;
    }

    /** Time of that enter event, ns since the epoch. */
    public long enteredTime() {
        return enterTime;
    }

    /** The call (PPM_SC code) of that enter event where it is a generic one; -1 otherwise. */
    public int enteredCall() {
        if (enterType != EventCodes.PPME_GENERIC_E) {
            return -1;
        }
        int parameters = Event.HEADER_LENGTH + 2 * enterSegment.get(COUNT, COUNT_OFFSET);
        return parameters + 2 > enterLength ? -1 : Short.toUnsignedInt(enterSegment.get(CODE, parameters));
    }

    /** Whether it has exited; kept while other threads of the process live. */
    public boolean isDead() {
        return dead;
    }

    /** The open fds of the process. */
    public FdTable fds() {
        ThreadInfo owner = leader;
        if (owner.ownFds == null) {
            owner.ownFds = new FdTable();
        }
        return owner.ownFds;
    }

    /** The fd of that number; null if it is not known. */
    public FdInfo fd(long number) {
        FdTable table = leader.ownFds;
        return table == null || number < 0 ? null : table.get(number);
    }

    /** Working directory of the process with a slash at its end; empty or {@code ./} if not known. */
    public Text cwd() {
        Text cwd = leader.ownCwd;
        return cwd.isEmpty() && leader.isInvalid() ? UNKNOWN_CWD : cwd;
    }

    /** Sets the working directory of the process; a slash is added at the end if it lacks one. */
    public void cwd(Text path) {
        leader.ownCwd = Paths.withSlash(path);
    }

    /** Environment of the process, each {@code NAME=value}. */
    public TextList env() {
        return leader.ownEnv;
    }

    /** Sets the environment of the process. */
    public void env(TextList value) {
        leader.ownEnv = value;
    }

    /** How many fds the process may open (RLIMIT_NOFILE); 0 if not known. */
    public long fdLimit() {
        return leader.ownFdLimit;
    }

    /** Sets how many fds the process may open. */
    public void fdLimit(long value) {
        leader.ownFdLimit = value;
    }

    @Override
    public String toString() {
        return tid + " " + comm;
    }
}
