package org.syscope.capture.procfs;

import java.util.Arrays;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadFlags;
import org.syscope.capture.state.ThreadInfo;

/** Reads what {@code /proc/PID} and {@code /proc/PID/task/TID} say of a thread, its fds left out. */
final class ProcessReader {

    /** Kernel's unit of start times in /proc/PID/stat: USER_HZ is 100 on all architectures of today. */
    private static final long TICK = 10_000_000L;
    /** The task is a kernel thread (include/linux/sched.h). */
    private static final long PF_KTHREAD = 0x200000;
    /** As much as an event of an execve holds, and as a capture's list of processes may. */
    private static final int MAX_ENVIRONMENT = 4096;
    private static final int MAX_LARGE_ENVIRONMENT = 1 << 20;
    private static final int MAX_ARGUMENTS = 4096;
    private static final int OWNER_WRITES = 0200;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final Text MEMFD = Text.of("/memfd:");
    /** What drivers tell of the unified hierarchy, whose line names no controller. */
    private static final String[] UNIFIED = {"cpuset", "cpu", "cpuacct", "io", "memory"};

    private final ProcFiles files;
    private final long bootTime;
    private final boolean large;

    /**
     * Reads through {@code files}.
     *
     * @param bootTime when the machine was booted, ns since the epoch
     * @param large whether environments of more than 4 KiB are read whole
     */
    ProcessReader(ProcFiles files, long bootTime, boolean large) {
        this.files = files;
        this.bootTime = bootTime;
        this.large = large;
    }

    /** The main thread of a process by its open directory; null if it is gone. */
    ThreadInfo main(int directory, long pid) {
        ThreadInfo thread = new ThreadInfo(pid);
        thread.flags = ThreadFlags.ACTIVE;
        if (!status(directory, thread) || !stat(directory, thread) || thread.pid != pid) {
            return null;
        }
        commandLine(directory, thread);
        executable(directory, thread);
        Text cwd = files.link(directory, "cwd");
        thread.cwd(cwd == null ? Text.EMPTY : cwd);
        Text root = files.link(directory, "root");
        thread.root = root == null ? Text.EMPTY : root;
        thread.env(environment(directory));
        cgroups(directory, thread);
        limits(directory, thread);
        int length = files.readOnce(directory, "loginuid");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        if (scanner.line() && scanner.word()) {
            thread.loginuid = (int) scanner.number(10);
        }
        return thread;
    }

    /** The environment of a process by its open directory. */
    TextList environment(int directory) {
        int length = large ? files.read(directory, "environ") : files.readOnce(directory, "environ");
        return strings(Math.min(length, large ? MAX_LARGE_ENVIRONMENT : MAX_ENVIRONMENT), 0);
    }

    /** Another thread of a process by its open directory; what both have in common comes from {@code main}. */
    ThreadInfo other(int directory, long tid, ThreadInfo main) {
        ThreadInfo thread = new ThreadInfo(tid);
        thread.flags = ThreadFlags.ACTIVE | ThreadFlags.CLONE_THREAD | ThreadFlags.CLONE_FILES;
        if (!status(directory, thread) || !stat(directory, thread)) {
            return null;
        }
        thread.exe = main.exe;
        thread.exepath = main.exepath;
        thread.args = main.args;
        thread.root = main.root;
        thread.cgroups = main.cgroups;
        thread.loginuid = main.loginuid;
        thread.exeWritable = main.exeWritable;
        thread.exeFromMemfd = main.exeFromMemfd;
        thread.exeIno = main.exeIno;
        thread.exeCtime = main.exeCtime;
        thread.exeMtime = main.exeMtime;
        return thread;
    }

    /** The process that the thread with this open directory belongs to; -1 if it is gone. */
    long leader(int directory) {
        ThreadInfo thread = new ThreadInfo(0);
        return status(directory, thread) ? thread.pid : -1;
    }

    private boolean status(int directory, ThreadInfo thread) {
        int length = files.readOnce(directory, "status");
        if (length <= 0) {
            return false;
        }
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (!scanner.word()) {
                continue;
            }
            if (scanner.is("Tgid:")) {
                thread.pid = next(scanner);
                thread.vpid = thread.pid;
                thread.vtid = thread.tid;
            } else if (scanner.is("PPid:")) {
                thread.ptid = next(scanner);
            } else if (scanner.is("Uid:")) {
                thread.uid = scanner.word(1) ? (int) scanner.number(10) : ThreadInfo.NO_ID;
            } else if (scanner.is("Gid:")) {
                thread.gid = scanner.word(1) ? (int) scanner.number(10) : ThreadInfo.NO_ID;
            } else if (scanner.is("NStgid:")) {
                thread.vpid = last(scanner);
            } else if (scanner.is("NSpid:")) {
                thread.vtid = last(scanner);
            } else if (scanner.is("NSpgid:")) {
                thread.vpgid = last(scanner);
            } else if (scanner.is("VmSize:")) {
                thread.vmSize = next(scanner);
            } else if (scanner.is("VmRSS:")) {
                thread.vmRss = next(scanner);
            } else if (scanner.is("VmSwap:")) {
                thread.vmSwap = next(scanner);
            } else if (scanner.is("CapInh:")) {
                thread.capInheritable = hex(scanner);
            } else if (scanner.is("CapPrm:")) {
                thread.capPermitted = hex(scanner);
            } else if (scanner.is("CapEff:")) {
                thread.capEffective = hex(scanner);
            }
        }
        return thread.pid > 0;
    }

    private static long next(ByteScanner scanner) {
        return scanner.word() ? scanner.number(10) : 0;
    }

    private static long hex(ByteScanner scanner) {
        return scanner.word() ? scanner.hex(0, 16) : 0;
    }

    /** Ids are listed from the reader's namespace to the thread's own. */
    private static long last(ByteScanner scanner) {
        long value = -1;
        while (scanner.word()) {
            value = scanner.number(10);
        }
        return value;
    }

    /** User and system time out of a stat file; false if there is none. */
    boolean cpuTimes(int directory, String path, long[] times) {
        ByteScanner scanner = behindName(directory, path);
        if (scanner == null || !scanner.word(11)) {
            return false;
        }
        times[0] = scanner.number(10);
        times[1] = next(scanner);
        return true;
    }

    /** The parent out of a process's stat file; -1 if there is none. */
    long parent(int proc, long pid) {
        ByteScanner scanner = behindName(proc, pid + "/stat");
        return scanner == null || !scanner.word(1) ? -1 : scanner.number(10);
    }

    /** Whether a process is one of the kernel's own. */
    boolean isKernelThread(int proc, long pid) {
        ByteScanner scanner = behindName(proc, pid + "/stat");
        return scanner != null && scanner.word(6) && (scanner.number(10) & PF_KTHREAD) != 0;
    }

    /** The id of a process in the innermost of its namespaces; -1 if it is gone. */
    long innermostId(int proc, long pid) {
        int length = files.readOnce(proc, pid + "/status");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (scanner.word() && scanner.is("NSpid:")) {
                return last(scanner);
            }
        }
        return -1;
    }

    /** Whether a process is stopped by a signal. */
    boolean isStopped(int proc, long pid) {
        ByteScanner scanner = behindName(proc, pid + "/stat");
        return scanner != null && scanner.word() && scanner.is("T");
    }

    /** Whether a process is gone, or a zombie without other threads. */
    boolean hasEnded(int proc, long pid) {
        ByteScanner scanner = behindName(proc, pid + "/stat");
        if (scanner == null || !scanner.word()) {
            return true;
        }
        boolean ended = scanner.is("Z") || scanner.is("X");
        return ended && scanner.word(16) && scanner.number(10) <= 1;
    }

    /** A stat file from the state on, behind the name, which can hold blanks and brackets; null if it cannot be read. */
    private ByteScanner behindName(int directory, String path) {
        int length = files.readOnce(directory, path);
        byte[] bytes = files.bytes();
        int close = length - 1;
        while (close > 0 && bytes[close] != ')') {
            close--;
        }
        if (close <= 0) {
            return null;
        }
        Arrays.fill(bytes, 0, close + 1, (byte) ' ');
        ByteScanner scanner = new ByteScanner(bytes, length);
        return scanner.line() ? scanner : null;
    }

    private boolean stat(int directory, ThreadInfo thread) {
        int length = files.readOnce(directory, "stat");
        byte[] bytes = files.bytes();
        int open = 0;
        while (open < length && bytes[open] != '(') {
            open++;
        }
        int close = length - 1;
        while (close > open && bytes[close] != ')') {
            close--;
        }
        if (close <= open) {
            return false;
        }
        thread.comm = Text.copyOf(bytes, open + 1, close - open - 1);
        // a name can hold blanks, line ends and brackets: fields are counted from behind it
        Arrays.fill(bytes, 0, close + 1, (byte) ' ');
        ByteScanner scanner = new ByteScanner(bytes, length);
        if (!scanner.line() || !scanner.word(2)) {
            return false;
        }
        thread.pgid = scanner.number(10);
        thread.sid = next(scanner);
        thread.tty = (int) next(scanner);
        if (thread.vpgid < 0) {
            thread.vpgid = thread.pgid;
        }
        if (scanner.word(2)) {
            thread.pfMinor = scanner.number(10);
        }
        if (scanner.word(1)) {
            thread.pfMajor = scanner.number(10);
        }
        if (scanner.word(9)) {
            thread.cloneTime = bootTime + scanner.number(10) * TICK;
        }
        return true;
    }

    private void commandLine(int directory, ThreadInfo thread) {
        int length = files.readOnce(directory, "cmdline");
        byte[] bytes = files.bytes();
        int end = 0;
        while (end < length && bytes[end] != 0) {
            end++;
        }
        if (end == 0) {
            thread.exe = thread.comm;
            return;
        }
        thread.exe = Text.copyOf(bytes, 0, end);
        int args = Math.min(length - end - 1, MAX_ARGUMENTS);
        if (args > 0) {
            thread.args = TextList.of(Text.copyOf(bytes, end + 1, args));
        }
    }

    private void executable(int directory, ThreadInfo thread) {
        Text exe = files.link(directory, "exe");
        if (exe == null) {
            return;
        }
        thread.exepath = exe;
        thread.exeFromMemfd = startsWith(exe, MEMFD);
        if (files.status(directory, "exe")) {
            thread.exeIno = files.inode();
            thread.exeCtime = files.changed();
            thread.exeMtime = files.modified();
            int mode = files.mode();
            int bit = OTHERS_WRITE;
            if (files.owner() == thread.uid) {
                bit = OWNER_WRITES;
            } else if (files.group() == thread.gid) {
                bit = GROUP_WRITES;
            }
            thread.exeWritable = thread.uid == 0 || (mode & bit) != 0;
        }
    }

    private static boolean startsWith(Text text, Text prefix) {
        return text.length() >= prefix.length()
                && Arrays.equals(text.array(), 0, prefix.length(), prefix.array(), 0, prefix.length());
    }

    private TextList strings(int length, int from) {
        return length <= from ? TextList.EMPTY : TextList.of(Text.copyOf(files.bytes(), from, length - from));
    }

    /** Turns lines {@code number:controllers:path} into {@code controller=path}, one for each controller. */
    private void cgroups(int directory, ThreadInfo thread) {
        int length = files.readOnce(directory, "cgroup");
        if (length <= 0) {
            return;
        }
        String text = Text.copyOf(files.bytes(), 0, length).toString();
        StringBuilder out = new StringBuilder(length);
        for (String line : text.split("\n")) {
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first < 0 || second < 0) {
                continue;
            }
            String controllers = line.substring(first + 1, second);
            String path = line.substring(second + 1);
            for (String controller : controllers.isEmpty() ? UNIFIED : controllers.split(",")) {
                boolean known = controllers.isEmpty() && has(text, controller);
                if (!known) {
                    out.append(controller).append('=').append(path).append('\0');
                }
            }
        }
        thread.cgroups = TextList.of(Text.of(out.toString()));
    }

    private static boolean has(String cgroups, String controller) {
        return cgroups.contains(':' + controller + ':') || cgroups.contains(':' + controller + ',')
                || cgroups.contains(',' + controller + ',') || cgroups.contains(',' + controller + ':');
    }

    private void limits(int directory, ThreadInfo thread) {
        int length = files.readOnce(directory, "limits");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (scanner.word() && scanner.is("Max") && scanner.word() && scanner.is("open") && scanner.word(1)) {
                thread.fdLimit(scanner.is("unlimited") ? -1 : scanner.number(10));
                return;
            }
        }
    }
}
