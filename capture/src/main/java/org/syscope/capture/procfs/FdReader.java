package org.syscope.capture.procfs;

import java.util.HashMap;
import java.util.Map;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;

/**
 * Reads what the fds of a process are open on, from the links in {@code /proc/PID/fd} and the flags in
 * {@code /proc/PID/fdinfo}. Sockets are looked up by inode in the tables of the process's network namespace, which are read
 * once for each.
 */
final class FdReader {

    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int S_IFIFO = 0010000;
    private static final String SOCKET = "socket:[";
    private static final String PIPE = "pipe:[";
    private static final String ANON = "anon_inode:";
    private static final String MEMFD = "/memfd:";

    /** Kernel's O_* and the bits that capture files use for them. */
    private static final int KERNEL_CLOEXEC = 02000000;
    private static final int[][] FLAGS = {
        {0100, 1 << 2}, {02000, 1 << 3}, {010000, 1 << 4}, {0200, 1 << 5}, {04000, 1 << 6}, {04000000, 1 << 7},
        {01000, 1 << 8}, {KERNEL_CLOEXEC, 1 << 12}};
    /** O_DIRECT, O_DIRECTORY and O_LARGEFILE differ by architecture. */
    private static final int[][] FLAGS_X86 = {{040000, 1 << 9}, {0200000, 1 << 10}, {0100000, 1 << 11}};
    private static final int[][] FLAGS_ARM = {{0200000, 1 << 9}, {040000, 1 << 10}, {0400000, 1 << 11}};
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    private final ProcFiles files;
    private final Map<Text, SocketTable> sockets = new HashMap<>();

    FdReader(ProcFiles files) {
        this.files = files;
    }

    /** Forgets the sockets: they are read anew when next asked for. */
    void forgetSockets() {
        sockets.clear();
    }

    /**
     * What an fd of a process is open on.
     *
     * @param process the open directory of the process
     * @param directory its open fd directory
     * @return null if it is closed by now or may not be read
     */
    FdInfo read(int process, int directory, long number) {
        Text link = files.link(directory, number);
        if (link == null) {
            return null;
        }
        if (startsWith(link, SOCKET)) {
            FdInfo socket = socket(process, inode(link, SOCKET));
            flags(process, number, socket);
            return socket;
        }
        FdInfo info = new FdInfo();
        info.name = link;
        if (startsWith(link, PIPE)) {
            info.type = FdType.PIPE;
            info.ino = inode(link, PIPE);
        } else if (startsWith(link, ANON)) {
            info.type = FdType.ofAnonymous(link.toString().substring(ANON.length()));
            info.name = Text.EMPTY;
            if (info.type == FdType.PIDFD) {
                pidfd(process, number, info);
            }
        } else if (startsWith(link, MEMFD)) {
            info.type = FdType.MEMFD;
        } else if (link.byteAt(0) != '/') {
            info.type = FdType.UNSUPPORTED;
        } else {
            file(directory, number, info);
        }
        flags(process, number, info);
        return info;
    }

    private void file(int directory, long number, FdInfo info) {
        info.type = FdType.FILE_V2;
        info.rawName = info.name;
        if (files.status(directory, number)) {
            int kind = files.mode() & S_IFMT;
            if (kind == S_IFDIR) {
                info.type = FdType.DIRECTORY;
            } else if (kind == S_IFIFO) {
                info.type = FdType.PIPE;
            }
            info.ino = files.inode();
            info.dev = files.device();
        }
    }

    private FdInfo socket(int process, long inode) {
        Text namespace = files.link(process, "ns/net");
        Text key = namespace == null ? Text.EMPTY : namespace;
        SocketTable table = sockets.get(key);
        if (table == null) {
            table = new SocketTable(files, process);
            sockets.put(key, table);
        }
        FdInfo found = table.get(inode);
        if (found == null) {
            found = new FdInfo();
            found.ino = inode;
        }
        return found;
    }

    /** Whether the tables that are in memory have a socket with that inode, for the namespace of the process. */
    boolean knowsSocket(int process, Text link) {
        if (!startsWith(link, SOCKET)) {
            return true;
        }
        Text namespace = files.link(process, "ns/net");
        SocketTable table = sockets.get(namespace == null ? Text.EMPTY : namespace);
        return table != null && table.get(inode(link, SOCKET)) != null;
    }

    private void flags(int process, long number, FdInfo info) {
        int length = files.readOnce(process, "fdinfo/" + number);
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (scanner.word() && scanner.is("flags:") && scanner.word()) {
                int flags = (int) scanner.number(8);
                info.cloexec((flags & KERNEL_CLOEXEC) != 0);
                if (info.type.isPath()) {
                    info.openFlags = translate(flags);
                }
                return;
            }
        }
    }

    private void pidfd(int process, long number, FdInfo info) {
        int length = files.readOnce(process, "fdinfo/" + number);
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (scanner.word() && scanner.is("Pid:") && scanner.word() && scanner.number(10) > 0) {
                info.pidfdPid = scanner.number(10);
                info.name = Text.of("/proc/" + info.pidfdPid);
                return;
            }
        }
    }

    /** The kernel's open flags as drivers translate them. */
    static int translate(int flags) {
        int result = (flags & 3) == 0 ? 1 : (flags & 3) == 1 ? 2 : 3;
        for (int[] pair : FLAGS) {
            result |= (flags & pair[0]) == pair[0] ? pair[1] : 0;
        }
        for (int[] pair : ARM ? FLAGS_ARM : FLAGS_X86) {
            result |= (flags & pair[0]) == pair[0] ? pair[1] : 0;
        }
        return result;
    }

    private static boolean startsWith(Text text, String prefix) {
        if (text.length() < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text.byteAt(i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static long inode(Text link, String prefix) {
        long value = 0;
        for (int i = prefix.length(); i < link.length() && link.byteAt(i) != ']'; i++) {
            value = value * 10 + link.byteAt(i) - '0';
        }
        return value;
    }
}
