package org.syscope.capture.state;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

/** Threads that begin and programs that are executed. */
final class ProcessEvents {

    /** An entry older than this when its child's side of the clone comes belongs to an earlier thread of that id. */
    private static final long STALE = 2_000_000_000L;
    /** Drivers cut environments at 4096 bytes, a NUL at their end included or not. */
    private static final int FULL_ENVIRONMENT = 4095;
    private static final int AT_EMPTY_PATH = 1;
    /** The child cannot be named by the caller: it has another id in its own namespace. */
    private static final int CHILD_UNNAMEABLE = ThreadFlags.CHILD_IN_PIDNS | ThreadFlags.CLONE_NEWPID
            | ThreadFlags.CLONE_PARENT;

    private final SystemState state;

    ProcessEvents(SystemState state) {
        this.state = state;
    }

    /** Takes an exit event in; false if it is none of those. */
    boolean exit(Event event, int code) {
        CloneLayout clone = CloneLayout.of(code);
        if (clone != null) {
            long result = event.signed(CloneLayout.RES, -1);
            if (result == 0) {
                child(event, clone);
            } else if (result > 0) {
                caller(event, code, clone, result);
            }
            return true;
        }
        ExecLayout exec = ExecLayout.of(code);
        if (exec != null) {
            if (event.signed(ExecLayout.RES, -1) >= 0 && state.thread() != null) {
                exec(event, exec, state.thread());
            }
            return true;
        }
        return false;
    }

    private void caller(Event event, int code, CloneLayout layout, long childTid) {
        ThreadInfo caller = state.require(event.tid());
        state.thread(caller);
        if (caller == null) {
            return;
        }
        boolean known = !caller.isInvalid();
        if (!known) {
            caller.pid = event.signed(CloneLayout.PID, -1);
            caller.ptid = event.signed(CloneLayout.PTID, -1);
            caller.vtid = event.signed(layout.vtid(), caller.tid);
            caller.vpid = event.signed(layout.vpid(), -1);
            caller.exe = SystemState.string(event, CloneLayout.EXE);
            caller.comm = comm(event, layout);
            caller.args = TextList.of(event, CloneLayout.ARGS);
            state.threads().retie(caller);
        }
        int flags = (int) event.unsigned(layout.flags(), 0);
        boolean otherNamespace = caller.vtid >= 0 && caller.vtid != caller.tid;
        boolean vfork = CloneLayout.isVfork(code) || (flags & ThreadFlags.CLONE_VFORK) != 0;
        if ((flags & CHILD_UNNAMEABLE) != 0 || otherNamespace) {
            return;
        }
        ThreadInfo existing = state.threads().get(childTid);
        if (existing == null ? state.removals().recentlyRemoved(childTid) : isThisChild(event, existing, vfork)) {
            return;
        }
        ThreadInfo child = new ThreadInfo(childTid);
        child.flags = flags;
        if ((flags & ThreadFlags.CLONE_THREAD) == 0) {
            child.pid = childTid;
            child.ptid = caller.tid;
        } else {
            child.pid = caller.pid;
            child.ptid = caller.ptid;
            child.flags |= ThreadFlags.CLONE_FILES;
        }
        child.vtid = childTid;
        child.vpid = child.pid;
        fill(child, event, layout);
        child.pidnsInitStart = state.machine().bootTime();
        if (known) {
            inherit(child, caller, flags);
        }
        add(child);
    }

    /** Whether an entry is of the child that this clone made, and not of an earlier thread whose exit was lost. */
    private boolean isThisChild(Event event, ThreadInfo existing, boolean vfork) {
        if (existing.isInvalid()) {
            return false;
        }
        boolean sinceEntry = state.enterTime() != SystemState.UNKNOWN && existing.lastEventTime >= state.enterTime();
        boolean byChild = (existing.flags & ThreadFlags.CLONE_INVERTED) != 0 && isRecent(event, existing);
        return byChild || sinceEntry || vfork;
    }

    private boolean isRecent(Event event, ThreadInfo thread) {
        return event.timestamp() - thread.cloneTime < STALE;
    }

    private void child(Event event, CloneLayout layout) {
        ThreadInfo existing = state.thread();
        if (existing != null && existing.cloneTime != 0 && isRecent(event, existing)) {
            return;
        }
        ThreadInfo child = new ThreadInfo(event.tid());
        child.pid = event.signed(CloneLayout.PID, -1);
        child.ptid = event.signed(CloneLayout.PTID, -1);
        child.vtid = event.signed(layout.vtid(), child.tid);
        child.vpid = event.signed(layout.vpid(), -1);
        int flags = (int) event.unsigned(layout.flags(), 0);
        boolean isThread = (flags & ThreadFlags.CLONE_THREAD) != 0;
        child.flags = flags | ThreadFlags.CLONE_INVERTED | (isThread ? ThreadFlags.CLONE_FILES : 0);
        long originTid = isThread ? child.pid : child.ptid;
        ThreadInfo origin = originTid == child.tid ? null : state.require(originTid);
        fill(child, event, layout);
        if (origin != null && origin.isInvalid() && isThread) {
            origin.pid = child.pid;
            origin.ptid = child.ptid;
            origin.vpid = child.vpid;
            origin.vtid = child.vpid;
            origin.exe = child.exe;
            origin.comm = child.comm;
            origin.args = child.args;
            state.threads().retie(origin);
        } else if (origin != null && !origin.isInvalid()) {
            inherit(child, origin, flags);
        }
        boolean namespaced = (flags & (ThreadFlags.CHILD_IN_PIDNS | ThreadFlags.CLONE_NEWPID)) != 0
                || child.tid != child.vtid;
        long start = layout.pidnsStart() < 0 || !namespaced ? 0 : event.unsigned(layout.pidnsStart(), 0);
        child.pidnsInitStart = state.machine().bootTime() + start;
        child.lastEventTime = event.timestamp();
        child.lastEventType = event.typeCode();
        state.thread(add(child) ? child : null);
    }

    private boolean add(ThreadInfo child) {
        Text cwd = child.ownCwd;
        TextList env = child.ownEnv;
        long limit = child.ownFdLimit;
        boolean added = state.threads().add(child);
        if (child.leader != child) {
            child.ownCwd = Text.EMPTY;
            child.ownEnv = TextList.EMPTY;
            child.ownFdLimit = 0;
        } else {
            child.ownCwd = cwd;
            child.ownEnv = env;
            child.ownFdLimit = limit;
        }
        return added;
    }

    private void fill(ThreadInfo child, Event event, CloneLayout layout) {
        child.exe = SystemState.string(event, CloneLayout.EXE);
        child.args = TextList.of(event, CloneLayout.ARGS);
        child.comm = comm(event, layout);
        child.ownFdLimit = event.signed(CloneLayout.FDLIMIT, 0);
        memory(child, event, layout.pageFaults());
        child.uid = (int) event.unsigned(layout.uid(), ThreadInfo.NO_ID);
        child.gid = (int) event.unsigned(layout.gid(), ThreadInfo.NO_ID);
        if (layout.cgroups() >= 0) {
            child.cgroups = TextList.of(event, layout.cgroups());
        }
        child.cloneTime = event.timestamp();
    }

    private static Text comm(Event event, CloneLayout layout) {
        return SystemState.string(event, layout.comm() >= 0 ? layout.comm() : CloneLayout.EXE);
    }

    private static void memory(ThreadInfo thread, Event event, int first) {
        if (first >= 0) {
            thread.pfMajor = event.unsigned(first, 0);
            thread.pfMinor = event.unsigned(first + 1, 0);
            thread.vmSize = event.unsigned(first + 2, 0);
            thread.vmRss = event.unsigned(first + 3, 0);
            thread.vmSwap = event.unsigned(first + 4, 0);
        }
    }

    /** What the event does not tell is as it was with the parent, or with the leader of a new thread. */
    private static void inherit(ThreadInfo child, ThreadInfo origin, int flags) {
        child.exepath = origin.exepath;
        child.exeWritable = origin.exeWritable;
        child.exeUpperLayer = origin.exeUpperLayer;
        child.exeLowerLayer = origin.exeLowerLayer;
        child.exeFromMemfd = origin.exeFromMemfd;
        child.exeIno = origin.exeIno;
        child.exeCtime = origin.exeCtime;
        child.exeMtime = origin.exeMtime;
        child.root = origin.root;
        child.sid = origin.sid;
        child.vpgid = origin.vpgid;
        child.pgid = origin.pgid;
        child.tty = origin.tty;
        child.loginuid = origin.loginuid;
        child.capInheritable = origin.capInheritable;
        child.capPermitted = origin.capPermitted;
        child.capEffective = origin.capEffective;
        if (child.cgroups.isEmpty()) {
            child.cgroups = origin.cgroups;
        }
        if ((flags & ThreadFlags.CLONE_THREAD) != 0) {
            child.lastExecTime = origin.lastExecTime;
        } else {
            FdTable fds = origin.leader.ownFds;
            child.ownFds = fds == null ? null : new FdTable(fds);
            child.ownCwd = origin.cwd();
            child.ownEnv = origin.env();
        }
    }

    private void exec(Event event, ExecLayout layout, ThreadInfo thread) {
        thread.dead = false;
        thread.exe = SystemState.string(event, ExecLayout.EXE);
        thread.lastExecTime = event.timestamp();
        thread.comm = layout.comm() >= 0 ? SystemState.string(event, layout.comm()) : thread.exe;
        thread.args = TextList.of(event, ExecLayout.ARGS);
        boolean known = !thread.isInvalid();
        long pid = event.signed(ExecLayout.PID, thread.pid);
        boolean moved = pid != thread.pid;
        thread.pid = pid;
        if (!known) {
            thread.ptid = event.signed(ExecLayout.PTID, -1);
            if ((thread.flags & ThreadFlags.CHILD_IN_PIDNS) == 0) {
                thread.vtid = thread.tid;
                thread.vpid = thread.pid;
            }
        }
        if (moved) {
            state.threads().retie(thread);
        }
        thread.fdLimit(event.signed(ExecLayout.FDLIMIT, thread.fdLimit()));
        memory(thread, event, layout.pageFaults());
        if (layout.env() >= 0) {
            TextList whole = state.lookup() == null || event.parameterLength(layout.env()) < FULL_ENVIRONMENT ? null
                    : state.lookup().environment(thread);
            thread.env(whole == null ? TextList.of(event, layout.env()) : whole);
        }
        if (layout.cgroups() >= 0) {
            thread.cgroups = TextList.of(event, layout.cgroups());
        }
        if (layout.tty() >= 0) {
            thread.tty = (int) event.signed(layout.tty(), 0);
        }
        Text exepath = exepath(event, layout, thread);
        if (exepath != null) {
            thread.exepath = exepath;
        }
        tail(event, layout, thread);
        closeOnExec(thread);
        int kept = ThreadFlags.PIPE_SRC | ThreadFlags.PIPE_DST | ThreadFlags.IS_MAIN_THREAD | ThreadFlags.CLONE_INVERTED;
        thread.flags = thread.flags & kept | ThreadFlags.ACTIVE | ThreadFlags.NAME_CHANGED;
        if (thread.group != null && thread.group.size() > 1) {
            state.removals().othersOf(thread);
        }
    }

    /** Parameters that were appended over the years: an event has them or not. */
    private static void tail(Event event, ExecLayout layout, ThreadInfo thread) {
        thread.vpgid = event.signed(layout.vpgid(), thread.vpgid);
        thread.loginuid = (int) event.signed(layout.loginuid(), thread.loginuid);
        if (event.has(layout.flags())) {
            long flags = event.unsigned(layout.flags(), 0);
            thread.exeWritable = (flags & ExecLayout.EXE_WRITABLE) != 0;
            thread.exeUpperLayer = (flags & ExecLayout.EXE_UPPER_LAYER) != 0;
            thread.exeFromMemfd = (flags & ExecLayout.EXE_FROM_MEMFD) != 0;
            thread.exeLowerLayer = (flags & ExecLayout.EXE_LOWER_LAYER) != 0;
        }
        int capabilities = layout.capabilities();
        if (capabilities >= 0) {
            thread.capInheritable = event.unsigned(capabilities, thread.capInheritable);
            thread.capPermitted = event.unsigned(capabilities + 1, thread.capPermitted);
            thread.capEffective = event.unsigned(capabilities + 2, thread.capEffective);
        }
        int inode = layout.inode();
        if (inode >= 0) {
            thread.exeIno = event.unsigned(inode, thread.exeIno);
            thread.exeCtime = event.unsigned(inode + 1, thread.exeCtime);
            thread.exeMtime = event.unsigned(inode + 2, thread.exeMtime);
        }
        thread.uid = (int) event.signed(layout.uid(), thread.uid);
        thread.pgid = event.signed(layout.pgid(), thread.pgid);
        thread.gid = (int) event.signed(layout.gid(), thread.gid);
    }

    /** The path as the kernel resolved it; in older files as far as the enter event tells. Null if it cannot be known. */
    private Text exepath(Event event, ExecLayout layout, ThreadInfo thread) {
        if (layout.exepath() >= 0 && event.parameterCount() > layout.exepath()) {
            return SystemState.string(event, layout.exepath());
        }
        Event entered = state.enterEvent();
        if (entered == null) {
            return null;
        }
        Paths paths = state.paths();
        switch (entered.typeCode()) {
            case EventCodes.PPME_SYSCALL_EXECVE_18_E, EventCodes.PPME_SYSCALL_EXECVE_19_E -> {
                Text name = SystemState.string(entered, 0);
                return name.equals(ThreadInfo.NOT_AVAILABLE) ? name : paths.join(thread.cwd(), name);
            }
            case EventCodes.PPME_SYSCALL_EXECVEAT_E -> {
                Text name = SystemState.string(entered, 1);
                boolean empty = (entered.unsigned(2, 0) & AT_EMPTY_PATH) != 0;
                boolean unnamed = name.isEmpty() || name.equals(ThreadInfo.NOT_AVAILABLE);
                long dirfd = entered.signed(0, FileEvents.AT_FDCWD);
                if (unnamed && !empty) {
                    return ThreadInfo.NOT_AVAILABLE;
                }
                if (Paths.isAbsolute(name)) {
                    return paths.join(Text.EMPTY, name);
                }
                Text base = state.directory(dirfd);
                if (base == FileEvents.UNKNOWN_DIRECTORY) {
                    return ThreadInfo.NOT_AVAILABLE;
                }
                return unnamed ? paths.join(Text.EMPTY, base) : paths.join(base, name);
            }
            default -> {
                return null;
            }
        }
    }

    private static void closeOnExec(ThreadInfo thread) {
        FdTable fds = thread.leader.ownFds;
        if (fds != null) {
            fds.removeCloexec();
        }
    }
}
