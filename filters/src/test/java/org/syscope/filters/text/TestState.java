package org.syscope.filters.text;

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

/** A small system for tests: init, sshd, bash and cat with some open fds. */
public final class TestState {

    /** The process that events are about. */
    public static final long CAT = 100;

    private TestState() {
    }

    /** A new state of that system. */
    public static SystemState create() {
        SystemState state = new SystemState(null);
        state.machine(new MachineInfo(4, 1L << 30, 32_768, Text.of("testhost"), 0, 0));
        state.users().addUser(Text.EMPTY, new UserInfo(1000, 100, Text.of("bob"), Text.of("/home/bob"), Text.of("/bin/sh")));
        state.users().addGroup(Text.EMPTY, new GroupInfo(100, Text.of("staff")));
        state.interfaces().add(new InterfaceTable.Ipv4(Text.of("eth0"), 0x0A000001, 0xFF000000, 0, 0));
        state.threads().add(process(1, 0, "systemd"));
        state.threads().add(process(20, 1, "sshd"));
        state.threads().add(process(30, 20, "bash"));
        ThreadInfo cat = process(CAT, 30, "cat");
        state.threads().add(cat);
        cat.fds().put(0, named(FdType.PIPE, "pipe:[7]"));
        FdInfo file = named(FdType.FILE_V2, "/etc/passwd");
        file.rawName = Text.of("../etc/passwd");
        file.dev = 0x0080_0005;
        file.ino = 4711;
        cat.fds().put(3, file);
        FdInfo client = named(FdType.IPV4, "10.0.0.1:4000->10.0.0.2:80");
        client.ipv4(0x0A000001, 4000, 0x0A000002, 80);
        client.l4proto = FdInfo.L4_TCP;
        client.role(FdInfo.Role.CLIENT);
        cat.fds().put(4, client);
        cat.fds().put(5, named(FdType.DIRECTORY, "/var/lib"));
        cat.fds().put(6, named(FdType.UNIX, "0->ffff0000 /dev/log"));
        state.listsComplete();
        return state;
    }

    private static FdInfo named(FdType type, String name) {
        FdInfo fd = new FdInfo(type);
        fd.name = Text.of(name);
        return fd;
    }

    private static ThreadInfo process(long pid, long parent, String name) {
        ThreadInfo thread = new ThreadInfo(pid);
        thread.pid = pid;
        thread.ptid = parent;
        thread.vtid = pid;
        thread.vpid = pid;
        thread.sid = 30;
        thread.vpgid = pid;
        thread.pgid = pid;
        thread.comm = Text.of(name);
        thread.exe = Text.of("/bin/" + name);
        thread.exepath = Text.of("/usr/bin/" + name);
        thread.args = TextList.of(Text.of("-v\0file with blanks\0"));
        thread.env(TextList.of(Text.of("HOME=/home/bob\0LANG=C\0")));
        thread.cgroups = TextList.of(Text.of("cpu=/user.slice\0memory=/user.slice/x\0"));
        thread.cwd(Text.of("/home/bob"));
        thread.fdLimit(1024);
        thread.uid = 1000;
        thread.gid = 100;
        thread.loginuid = 1000;
        thread.tty = 34816;
        thread.vmSize = 4096;
        thread.vmRss = 512;
        thread.vmSwap = 8;
        thread.pfMajor = 2;
        thread.pfMinor = 300;
        thread.capEffective = 1;
        thread.capPermitted = 0x21;
        thread.cloneTime = EventBytes.TIME - 5_000_000_000L;
        thread.exeIno = 99;
        thread.exeCtime = thread.cloneTime - 1_000_000_000L;
        thread.exeMtime = thread.exeCtime - 1;
        thread.pidnsInitStart = thread.exeCtime - 2_000_000_000L;
        return thread;
    }
}
