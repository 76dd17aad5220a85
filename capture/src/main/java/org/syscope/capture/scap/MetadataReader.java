package org.syscope.capture.scap;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.GroupInfo;
import org.syscope.capture.state.InterfaceTable;
import org.syscope.capture.state.MachineInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.TextList;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.UserInfo;

/**
 * Fills the state from the blocks before the events: machine, processes, fds, interfaces, users, in all their versions.
 * Layouts are drawn in this package's description.
 */
final class MetadataReader {

    /** Bytes that are fewer than this are the block's padding. */
    private static final int MIN_ENTRY = 4;
    /** A V9 process without the namespace's start time and the tty has at most so many bytes behind its root. */
    private static final int V9_FIRST_TAIL = 29;
    private static final int HOSTNAME = 128;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;
    private static final int IPV4_WITHOUT_SPEED = 3;
    private static final int IPV6_WITHOUT_SPEED = 4;

    private final SystemState state;
    private long fdsOfUnknownThreads;

    MetadataReader(SystemState state) {
        this.state = state;
    }

    /** How many fds were listed for threads that are not. */
    long fdsOfUnknownThreads() {
        return fdsOfUnknownThreads;
    }

    /** Takes a block in; false if its type is none of these. */
    boolean read(int type, BlockCursor body) throws DamagedBlockException {
        int version = BlockType.processListVersion(type);
        if (version > 0) {
            processes(body, version);
            return true;
        }
        switch (type) {
            case BlockType.MACHINE, BlockType.MACHINE_OLD -> machine(body);
            case BlockType.FDS, BlockType.FDS_OLD -> fds(body, false);
            case BlockType.FDS_V2 -> fds(body, true);
            case BlockType.INTERFACES, BlockType.INTERFACES_OLD -> interfaces(body, false);
            case BlockType.INTERFACES_V2 -> interfaces(body, true);
            case BlockType.USERS, BlockType.USERS_OLD -> users(body, false);
            case BlockType.USERS_V2 -> users(body, true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void machine(BlockCursor body) throws DamagedBlockException {
        int cpus = body.i32("CPU count");
        long memory = body.i64("memory size");
        long maxPid = body.i64("highest pid");
        Text hostname = untilNul(body.bytes(HOSTNAME, "host name"));
        long bootTime = body.i64("boot time");
        long flags = body.i64("flags");
        state.machine(new MachineInfo(cpus, memory, maxPid, hostname, bootTime, flags));
    }

    private static Text untilNul(Text text) {
        int length = 0;
        while (length < text.length() && text.byteAt(length) != 0) {
            length++;
        }
        return Text.copyOf(text.array(), 0, length);
    }

    private void processes(BlockCursor body, int version) throws DamagedBlockException {
        long end = body.end();
        while (body.remaining() >= MIN_ENTRY) {
            long next = -1;
            if (version >= 9) {
                next = entryEnd(body, "process", true);
            }
            state.threads().add(process(body, version));
            if (next >= 0) {
                body.position(next);
                body.end(end);
            }
        }
    }

    /** Limits the cursor to the entry whose length comes next, and says where it ends. */
    private static long entryEnd(BlockCursor body, String what, boolean countsItself) throws DamagedBlockException {
        long start = body.position();
        long length = body.u32(what + " length");
        long next = (countsItself ? start : body.position()) + length;
        if (next < body.position() || next > body.end()) {
            throw new DamagedBlockException(what + " says it has " + length + " bytes, " + (body.end() - start) + " are left");
        }
        body.end(next);
        return next;
    }

    private static ThreadInfo process(BlockCursor body, int version) throws DamagedBlockException {
        ThreadInfo thread = new ThreadInfo(body.i64("tid"));
        thread.pid = body.i64("pid");
        thread.ptid = body.i64("parent");
        if (version >= 6) {
            thread.sid = body.i64("session");
        }
        if (version >= 8) {
            thread.vpgid = body.i64("process group");
        }
        thread.comm = body.string("comm");
        thread.exe = body.string("exe");
        if (version >= 7) {
            thread.exepath = body.string("exepath");
        }
        thread.args = TextList.of(body.string("args"));
        thread.cwd(body.string("cwd"));
        thread.fdLimit(body.i64("fd limit"));
        thread.flags = body.i32("flags");
        thread.uid = body.i32("uid");
        thread.gid = body.i32("gid");
        if (version >= 2) {
            thread.vmSize = body.u32("memory size");
            thread.vmRss = body.u32("memory size");
            thread.vmSwap = body.u32("memory size");
            thread.pfMajor = body.i64("page faults");
            thread.pfMinor = body.i64("page faults");
        }
        if (version >= 3) {
            thread.env(TextList.of(body.string("environment")));
        }
        if (version >= 4) {
            thread.vtid = body.i64("vtid");
            thread.vpid = body.i64("vpid");
            thread.cgroups = TextList.of(body.string("cgroups"));
        }
        if (version >= 5) {
            thread.root = body.string("root");
        }
        if (version >= 9) {
            tail(body, thread);
        } else {
            thread.listedUid = thread.uid;
        }
        return thread;
    }

    /** What was added to V9 over the years, each field only if the entry has room for it. */
    private static void tail(BlockCursor body, ThreadInfo thread) throws DamagedBlockException {
        if (body.remaining() > V9_FIRST_TAIL) {
            thread.pidnsInitStart = body.i64("namespace start");
            thread.tty = body.i32("tty");
        }
        if (body.remaining() >= 4) {
            thread.loginuid = body.i32("login uid");
        }
        if (body.remaining() >= 1) {
            thread.exeWritable = body.u8("writable flag") != 0;
        }
        if (body.remaining() >= 8) {
            thread.capInheritable = body.i64("capabilities");
        }
        if (body.remaining() >= 8) {
            thread.capPermitted = body.i64("capabilities");
        }
        if (body.remaining() >= 8) {
            thread.capEffective = body.i64("capabilities");
        }
        if (body.remaining() >= 1) {
            thread.exeUpperLayer = body.u8("upper layer flag") != 0;
        }
        if (body.remaining() >= 8) {
            thread.exeIno = body.i64("inode");
        }
        if (body.remaining() >= 8) {
            thread.exeCtime = body.i64("inode time");
        }
        if (body.remaining() >= 8) {
            thread.exeMtime = body.i64("modification time");
        }
        if (body.remaining() >= 1) {
            thread.exeFromMemfd = body.u8("memfd flag") != 0;
        }
        if (body.remaining() >= 1) {
            thread.exeLowerLayer = body.u8("lower layer flag") != 0;
        }
        if (body.remaining() >= 8) {
            thread.pgid = body.i64("process group");
        }
    }

    private void fds(BlockCursor body, boolean lengths) throws DamagedBlockException {
        long end = body.end();
        ThreadInfo thread = state.threads().get(body.i64("tid"));
        while (body.remaining() >= MIN_ENTRY) {
            long next = -1;
            if (lengths) {
                next = entryEnd(body, "fd", true);
            }
            long number = body.i64("fd number");
            FdInfo fd = fd(body, lengths);
            if (thread == null) {
                fdsOfUnknownThreads++;
            } else {
                thread.fds().put(number, fd);
            }
            if (next >= 0) {
                body.position(next);
                body.end(end);
            }
        }
    }

    private static FdInfo fd(BlockCursor body, boolean lengths) throws DamagedBlockException {
        long ino = body.i64("inode");
        int code = body.u8("fd type");
        FdType type = FdType.of(code);
        FdInfo fd = new FdInfo(type);
        fd.ino = ino;
        switch (type) {
            case IPV4 -> {
                int source = body.network32("address");
                int destination = body.network32("address");
                fd.ipv4(source, body.u16("port"), destination, body.u16("port"));
                fd.l4proto = (byte) body.u8("protocol");
            }
            case IPV6 -> {
                fd.sourceHigh = body.network64("address");
                fd.sourceLow = body.network64("address");
                fd.destinationHigh = body.network64("address");
                fd.destinationLow = body.network64("address");
                fd.sourcePort = body.u16("port");
                fd.destinationPort = body.u16("port");
                fd.l4proto = (byte) body.u8("protocol");
            }
            case IPV4_SERVER -> {
                int address = body.network32("address");
                fd.ipv4(address, body.u16("port"), 0, 0);
                fd.l4proto = (byte) body.u8("protocol");
            }
            case IPV6_SERVER -> {
                fd.sourceHigh = body.network64("address");
                fd.sourceLow = body.network64("address");
                fd.sourcePort = body.u16("port");
                fd.l4proto = (byte) body.u8("protocol");
            }
            case UNIX -> {
                fd.sourceLow = body.i64("address");
                fd.destinationLow = body.i64("address");
                fd.name = body.string("name");
            }
            case FILE_V2 -> {
                fd.openFlags = body.i32("open flags");
                fd.name = body.string("name");
                if (lengths && body.remaining() >= 4) {
                    fd.dev = body.i32("device");
                }
            }
            default -> {
                if (code == type.code() && type != FdType.UNKNOWN) {
                    fd.name = body.string("name");
                } else if (lengths) {
                    fd.type = FdType.UNSUPPORTED;
                    fd.name = Text.of("unknown-type:[" + code + "]");
                } else {
                    throw new DamagedBlockException("fd of type " + code + ", which no version has");
                }
            }
        }
        return fd;
    }

    private void interfaces(BlockCursor body, boolean lengths) throws DamagedBlockException {
        long end = body.end();
        InterfaceTable table = state.interfaces();
        table.clear();
        while (body.remaining() >= MIN_ENTRY) {
            long next = -1;
            if (lengths) {
                next = entryEnd(body, "interface", false);
            }
            int type = body.u16("interface type");
            int nameLength = body.u16("name length");
            switch (type) {
                case IPV4, IPV4_WITHOUT_SPEED -> {
                    int address = body.network32("address");
                    int netmask = body.network32("netmask");
                    int broadcast = body.network32("broadcast address");
                    long speed = type == IPV4 ? body.i64("link speed") : 0;
                    table.add(new InterfaceTable.Ipv4(body.bytes(nameLength, "name"), address, netmask, broadcast, speed));
                }
                case IPV6, IPV6_WITHOUT_SPEED -> {
                    long high = body.network64("address");
                    long low = body.network64("address");
                    long netmaskHigh = body.network64("netmask");
                    long netmaskLow = body.network64("netmask");
                    long broadcastHigh = body.network64("broadcast address");
                    long broadcastLow = body.network64("broadcast address");
                    long speed = type == IPV6 ? body.i64("link speed") : 0;
                    table.add(new InterfaceTable.Ipv6(body.bytes(nameLength, "name"), high, low, netmaskHigh, netmaskLow,
                            broadcastHigh, broadcastLow, speed));
                }
                default -> {
                    if (!lengths) {
                        throw new DamagedBlockException("interface of type " + type + ", which no version has");
                    }
                }
            }
            if (next >= 0) {
                body.position(next);
                body.end(end);
            }
        }
    }

    private void users(BlockCursor body, boolean lengths) throws DamagedBlockException {
        long end = body.end();
        state.users().clear(Text.EMPTY);
        while (body.remaining() >= MIN_ENTRY) {
            long next = -1;
            if (lengths) {
                next = entryEnd(body, "user", true);
            }
            if (body.u8("user type") == 0) {
                int uid = body.i32("uid");
                int gid = body.i32("gid");
                Text name = body.string("name");
                Text home = body.string("home");
                state.users().addUser(Text.EMPTY, new UserInfo(uid, gid, name, home, body.string("shell")));
            } else {
                int gid = body.i32("gid");
                state.users().addGroup(Text.EMPTY, new GroupInfo(gid, body.string("name")));
            }
            if (next >= 0) {
                body.position(next);
                body.end(end);
            }
        }
    }
}
