package org.syscope.capture.state;

import java.lang.foreign.ValueLayout;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

/** Calls that open, copy and close fds other than sockets, and those that change the working or root directory. */
final class FileEvents {

    /** The directory fd that stands for the working directory. */
    static final long AT_FDCWD = -100;
    /** Where a path begins whose directory fd is not known. */
    static final Text UNKNOWN_DIRECTORY = Text.of("<UNKNOWN>");

    static final int O_DIRECTORY = 1 << 10;
    static final int O_CLOEXEC = 1 << 12;
    /** This and higher bits of the open flags are set by drivers, not by the caller. */
    private static final int O_F_CREATED = 1 << 14;
    private static final int FD_UPPER_LAYER = 1 << 15;
    private static final int FD_LOWER_LAYER = 1 << 16;
    private static final int CREAT_UPPER_LAYER = 1;
    private static final int CREAT_LOWER_LAYER = 1 << 1;
    private static final int MFD_CLOEXEC = 1;
    private static final int CLOSE_RANGE_CLOEXEC = 1 << 2;
    private static final int F_DUPFD = 1;
    private static final int F_SETFD = 3;
    private static final int F_DUPFD_CLOEXEC = 26;
    private static final int FD_CLOEXEC = 1;
    private static final int EPOLL_CLOEXEC = 1;
    /** Kernel value of O_CLOEXEC, which SOCK_CLOEXEC, TFD_CLOEXEC, IN_CLOEXEC and EFD_CLOEXEC share. */
    static final int KERNEL_CLOEXEC = 0x80000;
    /** Bits of the bpf commands that return an fd: MAP_CREATE, PROG_LOAD, OBJ_GET and so on. */
    private static final long BPF_OPENS = 1L | 1L << 5 | 1L << 7 | 1L << 13 | 1L << 14 | 1L << 17 | 1L << 18 | 1L << 19
            | 1L << 28 | 1L << 30 | 1L << 32 | 1L << 33 | 1L << 36;
    private static final Text PROC = Text.of("/proc/");

    private final SystemState state;

    FileEvents(SystemState state) {
        this.state = state;
    }

    /** Takes an exit event in; false if it is none of those. */
    boolean exit(Event event, int code) {
        switch (code) {
            case EventCodes.PPME_SYSCALL_OPEN_X, EventCodes.PPME_SYSCALL_OPENAT_X, EventCodes.PPME_SYSCALL_OPENAT_2_X,
                    EventCodes.PPME_SYSCALL_OPENAT2_X, EventCodes.PPME_SYSCALL_CREAT_X,
                    EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X -> open(event, code);
            case EventCodes.PPME_SYSCALL_CLOSE_X -> close(event);
            case EventCodes.PPME_SYSCALL_CLOSE_RANGE_X -> closeRange(event);
            case EventCodes.PPME_SYSCALL_DUP_X, EventCodes.PPME_SYSCALL_DUP_1_X, EventCodes.PPME_SYSCALL_DUP2_X,
                    EventCodes.PPME_SYSCALL_DUP3_X -> dup(event, code);
            case EventCodes.PPME_SYSCALL_FCNTL_X -> fcntl(event);
            case EventCodes.PPME_SYSCALL_PIPE_X, EventCodes.PPME_SYSCALL_PIPE2_X -> pipe(event);
            case EventCodes.PPME_SYSCALL_EVENTFD_X -> add(event, FdType.EVENT,
                    (int) state.number(2, 1, 0) & KERNEL_CLOEXEC);
            case EventCodes.PPME_SYSCALL_EVENTFD2_X -> add(event, FdType.EVENT, (int) event.unsigned(1, 0));
            case EventCodes.PPME_SYSCALL_SIGNALFD_X -> add(event, FdType.SIGNALFD, 0);
            case EventCodes.PPME_SYSCALL_SIGNALFD4_X -> add(event, FdType.SIGNALFD, (int) event.unsigned(1, 0));
            case EventCodes.PPME_SYSCALL_TIMERFD_CREATE_X -> add(event, FdType.TIMERFD, 0);
            case EventCodes.PPME_SYSCALL_INOTIFY_INIT_X -> add(event, FdType.INOTIFY, 0);
            case EventCodes.PPME_SYSCALL_INOTIFY_INIT1_X -> add(event, FdType.INOTIFY, (int) event.unsigned(1, 0));
            case EventCodes.PPME_SYSCALL_USERFAULTFD_X -> add(event, FdType.USERFAULTFD, (int) event.unsigned(1, 0));
            case EventCodes.PPME_SYSCALL_IO_URING_SETUP_X -> add(event, FdType.IO_URING, O_CLOEXEC);
            case EventCodes.PPME_SYSCALL_EPOLL_CREATE_X -> add(event, FdType.EVENTPOLL, 0);
            case EventCodes.PPME_SYSCALL_EPOLL_CREATE1_X -> add(event, FdType.EVENTPOLL,
                    (state.number(1, 0, 0) & EPOLL_CLOEXEC) != 0 ? O_CLOEXEC : 0);
            case EventCodes.PPME_SYSCALL_BPF_X, EventCodes.PPME_SYSCALL_BPF_2_X -> bpf(event, code);
            case EventCodes.PPME_SYSCALL_MEMFD_CREATE_X -> memfd(event);
            case EventCodes.PPME_SYSCALL_PIDFD_OPEN_X -> pidfdOpen(event);
            case EventCodes.PPME_SYSCALL_PIDFD_GETFD_X -> pidfdGetfd(event);
            case EventCodes.PPME_SYSCALL_CHDIR_X, EventCodes.PPME_SYSCALL_GETCWD_X -> {
                if (state.thread() != null && event.signed(0, -1) >= 0) {
                    changeDirectory(event.text(1));
                }
            }
            case EventCodes.PPME_SYSCALL_FCHDIR_X -> {
                if (state.fd() != null && event.signed(0, -1) >= 0) {
                    changeDirectory(state.fd().name);
                }
            }
            case EventCodes.PPME_SYSCALL_CHROOT_X -> chroot(event);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void open(Event event, int code) {
        ThreadInfo thread = state.thread();
        if (thread == null) {
            return;
        }
        long number = event.signed(0, -1);
        Event entered = state.enterEvent();
        if (number < 0) {
            refused(event, code, entered);
            return;
        }
        long dirfd = AT_FDCWD;
        Text name;
        int flags = 0;
        int inode;
        switch (code) {
            case EventCodes.PPME_SYSCALL_OPEN_X -> {
                name = SystemState.string(event, 1);
                flags = (int) event.unsigned(2, 0);
                inode = 4;
                if (isNamed(entered, 0)) {
                    name = entered.text(0);
                    flags = merge(flags, entered.unsigned(1, 0));
                }
            }
            case EventCodes.PPME_SYSCALL_CREAT_X -> {
                name = isNamed(entered, 0) ? entered.text(0) : SystemState.string(event, 1);
                inode = 3;
                long creat = event.unsigned(5, 0);
                flags |= (creat & CREAT_UPPER_LAYER) != 0 ? FD_UPPER_LAYER : 0;
                flags |= (creat & CREAT_LOWER_LAYER) != 0 ? FD_LOWER_LAYER : 0;
            }
            case EventCodes.PPME_SYSCALL_OPENAT_X -> {
                name = entered == null ? ThreadInfo.NOT_AVAILABLE : SystemState.string(entered, 1);
                flags = entered == null ? 0 : (int) entered.unsigned(2, 0);
                dirfd = entered == null ? AT_FDCWD : entered.signed(0, AT_FDCWD);
                inode = -1;
            }
            case EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X -> {
                name = SystemState.string(event, 3);
                flags = (int) event.unsigned(2, 0);
                inode = 4;
            }
            default -> {
                name = SystemState.string(event, 2);
                flags = (int) event.unsigned(3, 0);
                dirfd = event.signed(1, AT_FDCWD);
                inode = code == EventCodes.PPME_SYSCALL_OPENAT_2_X ? 5 : 6;
                if (isNamed(entered, 1)) {
                    name = entered.text(1);
                    flags = merge(flags, entered.unsigned(2, 0));
                    dirfd = entered.signed(0, AT_FDCWD);
                }
            }
        }
        FdInfo info = new FdInfo((flags & O_DIRECTORY) != 0 ? FdType.DIRECTORY : FdType.FILE_V2);
        info.openFlags = flags;
        info.rawName = name;
        Text base = code == EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X || Paths.isAbsolute(name) ? Text.EMPTY
                : directory(dirfd, UNKNOWN_DIRECTORY);
        Text path = state.paths().join(base, name);
        info.name = path.equals(name) ? name : path;
        if (inode >= 0) {
            info.dev = (int) event.unsigned(inode, 0);
            info.ino = event.unsigned(inode + 1, 0);
        }
        info.cloexec((flags & O_CLOEXEC) != 0);
        info.set(FdInfo.UPPER_LAYER, (flags & FD_UPPER_LAYER) != 0);
        info.set(FdInfo.LOWER_LAYER, (flags & FD_LOWER_LAYER) != 0);
        state.open(number, info);
    }

    /** A call that opened nothing is about the directory that its path is relative to; copies nothing. */
    private void refused(Event event, int code, Event entered) {
        boolean inExit = code == EventCodes.PPME_SYSCALL_OPENAT_2_X || code == EventCodes.PPME_SYSCALL_OPENAT2_X;
        Event told = entered != null && (code == EventCodes.PPME_SYSCALL_OPENAT_X || inExit && isNamed(entered, 1))
                ? entered : inExit ? event : null;
        if (told == null) {
            return;
        }
        int index = told == entered ? 0 : 1;
        long dirfd = told.signed(index, AT_FDCWD);
        boolean absolute = told.has(index + 1)
                && told.segment().get(ValueLayout.JAVA_BYTE, told.parameterOffset(index + 1)) == '/';
        if (dirfd >= 0 && !absolute) {
            state.fd(dirfd, state.thread().fd(dirfd));
        }
    }

    private static boolean isNamed(Event entered, int index) {
        return entered != null && entered.has(index) && !entered.text(index).equals(ThreadInfo.NOT_AVAILABLE);
    }

    private static int merge(int exitFlags, long enterFlags) {
        return (int) enterFlags | exitFlags & -O_F_CREATED;
    }

    /**
     * The path that a directory fd stands for.
     *
     * @param unknown what to give where the fd is not known and /proc does not tell either
     */
    Text directory(long dirfd, Text unknown) {
        ThreadInfo thread = state.thread();
        if (dirfd == AT_FDCWD) {
            return thread.cwd();
        }
        FdInfo info = thread.fd(dirfd);
        if (info != null) {
            return info.name;
        }
        ThreadLookup lookup = state.lookup();
        Text path = lookup == null || dirfd < 0 ? null : lookup.readFdPath(thread, dirfd);
        return path == null ? unknown : path;
    }

    private void close(Event event) {
        FdInfo info = state.fd();
        // fails only if there is no such fd: the kernel closes it whatever other error it gives
        if (info == null || event.signed(0, -1) < 0) {
            return;
        }
        // between entry and exit of close, another thread can have opened something else under this number
        if (state.enterTime() == SystemState.UNKNOWN || info.since <= state.enterTime()) {
            state.removals().fds(state.thread().fds(), state.fdNumber(), state.fdNumber());
        }
    }

    private void closeRange(Event event) {
        ThreadInfo thread = state.thread();
        if (thread == null || event.signed(0, -1) < 0) {
            return;
        }
        long first = event.unsigned(1, 0);
        long last = event.unsigned(2, 0);
        if ((event.unsigned(3, 0) & CLOSE_RANGE_CLOEXEC) == 0) {
            state.removals().fds(thread.fds(), first, last);
            return;
        }
        FdTable table = thread.fds();
        for (long number : table.numbers()) {
            if (number >= first && number <= last) {
                table.own(number).cloexec(true);
            }
        }
    }

    private void dup(Event event, int code) {
        ThreadInfo thread = state.thread();
        long number = event.signed(0, -1);
        if (thread == null || number < 0) {
            return;
        }
        if (number == 0) {
            thread.flags |= ThreadFlags.PIPE_DST;
        } else if (number == 1) {
            thread.flags |= ThreadFlags.PIPE_SRC;
        }
        FdInfo source = state.fd();
        if (source == null) {
            thread.fds().remove(number);
            return;
        }
        if (number != state.fdNumber()) {
            boolean cloexec = code == EventCodes.PPME_SYSCALL_DUP3_X && (event.unsigned(3, 0) & O_CLOEXEC) != 0;
            duplicate(source, number, cloexec);
        }
    }

    private void duplicate(FdInfo source, long number, boolean cloexec) {
        FdInfo info = source.copy();
        info.cloexec(cloexec);
        info.openFlags = cloexec ? info.openFlags | O_CLOEXEC : info.openFlags & ~O_CLOEXEC;
        state.open(number, info);
    }

    private void fcntl(Event event) {
        long result = event.signed(0, -1);
        if (result < 0 || state.fd() == null) {
            return;
        }
        int command = (int) state.number(2, 1, 0) & 0xff;
        switch (command) {
            case F_DUPFD -> duplicate(state.fd(), result, false);
            case F_DUPFD_CLOEXEC -> duplicate(state.fd(), result, true);
            // drivers before the argument was recorded leave open which: an fd too many does less harm than one too few
            case F_SETFD -> state.ownFd().cloexec((event.unsigned(3, 0) & FD_CLOEXEC) != 0);
            default -> {
            }
        }
    }

    private void pipe(Event event) {
        if (state.thread() == null || event.signed(0, -1) < 0) {
            return;
        }
        for (int end = 1; end <= 2; end++) {
            FdInfo info = new FdInfo(FdType.PIPE);
            info.ino = event.unsigned(3, 0);
            info.openFlags = (int) event.unsigned(4, 0);
            info.cloexec((info.openFlags & O_CLOEXEC) != 0);
            state.open(event.signed(end, -1), info);
        }
    }

    private FdInfo add(Event event, FdType type, int flags) {
        long number = event.signed(0, -1);
        if (state.thread() == null || number < 0) {
            return null;
        }
        FdInfo info = new FdInfo(type);
        info.openFlags = flags;
        info.cloexec((flags & (O_CLOEXEC | KERNEL_CLOEXEC)) != 0);
        return state.open(number, info);
    }

    private void bpf(Event event, int code) {
        if (code == EventCodes.PPME_SYSCALL_BPF_2_X) {
            long command = state.number(1, 0, -1);
            if (command >= 0 && command < Long.SIZE && (BPF_OPENS >>> command & 1) != 0) {
                add(event, FdType.BPF, O_CLOEXEC);
            }
            return;
        }
        // the result is dynamic: its first byte is 0 if an fd follows
        byte[] result = event.bytes(0);
        if (state.thread() == null || result.length != 1 + Long.BYTES || result[0] != 0 || result[Long.BYTES] < 0) {
            return;
        }
        long number = 0;
        for (int i = Long.BYTES; i >= 1; i--) {
            number = number << Byte.SIZE | result[i] & 0xff;
        }
        FdInfo info = new FdInfo(FdType.BPF);
        info.cloexec(true);
        state.open(number, info);
    }

    private void memfd(Event event) {
        int flags = (int) event.unsigned(2, 0);
        FdInfo info = add(event, FdType.MEMFD, 0);
        if (info != null) {
            info.name = event.text(1);
            info.rawName = info.name;
            info.openFlags = flags;
            info.cloexec((flags & MFD_CLOEXEC) != 0);
        }
    }

    private void pidfdOpen(Event event) {
        FdInfo info = add(event, FdType.PIDFD, O_CLOEXEC);
        if (info != null) {
            info.pidfdPid = event.signed(1, 0);
            info.openFlags = (int) event.unsigned(2, 0);
            info.name = procPath(info.pidfdPid);
        }
    }

    private static Text procPath(long pid) {
        byte[] path = new byte[PROC.length() + Long.SIZE];
        System.arraycopy(PROC.array(), 0, path, 0, PROC.length());
        return Text.copyOf(path, 0, AddressText.decimal(path, PROC.length(), pid));
    }

    private void pidfdGetfd(Event event) {
        long number = event.signed(0, -1);
        ThreadInfo thread = state.thread();
        FdInfo pidfd = thread == null || number < 0 ? null : thread.fd(event.signed(1, -1));
        ThreadInfo target = pidfd == null || pidfd.type != FdType.PIDFD ? null : state.threads().get(pidfd.pidfdPid);
        FdInfo source = target == null ? null : target.fd(event.signed(2, -1));
        if (source != null) {
            duplicate(source, number, true);
        }
    }

    private void changeDirectory(Text path) {
        ThreadInfo thread = state.thread();
        thread.cwd(state.paths().join(thread.cwd(), path));
    }

    private void chroot(Event event) {
        ThreadInfo thread = state.thread();
        if (thread != null && event.signed(0, -1) == 0) {
            thread.root = state.paths().join(thread.cwd(), event.text(1));
        }
    }
}
