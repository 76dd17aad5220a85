package org.syscope.capture.procfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Reads a /proc that was made up in a temporary directory. */
final class ProcSystemTest {

    private static final String STATUS = """
            Name:	web server
            Umask:	0022
            Tgid:	%d
            Pid:	%d
            PPid:	1
            Uid:	1000	1001	1000	1000
            Gid:	100	101	100	100
            NStgid:	%d	7
            NSpid:	%d	%d
            NSpgid:	%d	7
            VmSize:	    3060 kB
            VmRSS:	    1756 kB
            VmSwap:	       8 kB
            CapInh:	0000000000000000
            CapPrm:	000001fffeffffff
            CapEff:	0000000000000005
            """;

    @TempDir
    private Path root;
    private Path proc;
    private long now;
    private boolean largeEnvironments;

    @BeforeEach
    void makeProc() throws IOException {
        proc = Files.createDirectory(root.resolve("proc"));
        write("stat", "cpu  1 2\ncpu0 1 2\ncpu1 1 2\nintr 5\nbtime 1700000000\n");
        write("meminfo", "MemTotal:       1024 kB\nMemFree: 1 kB\n");
        write("sys/kernel/pid_max", "32768\n");
        write("sys/kernel/hostname", "testhost\n");
        Files.createDirectory(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"),
                "root:x:0:0:root:/root:/bin/bash\nbad line\nweb:x:1001:101::/srv:/bin/false\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nwww:x:101:web\n");
        process(70, 71);
    }

    private void process(long pid, long other) throws IOException {
        String base = pid + "/";
        task(base, pid, pid, 7);
        task(base + "task/" + pid + "/", pid, pid, 7);
        task(base + "task/" + other + "/", pid, other, 8);
        task(other + "/", pid, other, 8);
        write(base + "cmdline", "/srv/web\0-p\08080\0");
        write(base + "environ", "A=b\0C=d\0");
        write(base + "cgroup", "9:cpu,cpuacct:/docker/x\n1:name=systemd:/y\n0::/z\n");
        write(base + "limits", "Limit   Soft Limit   Hard Limit   Units\nMax open files      20000   20001   files\n");
        write(base + "loginuid", "4294967295");
        link(base + "exe", "/srv/web");
        link(base + "cwd", "/not/there");
        link(base + "root", "/not/there/either");
        link(base + "ns/net", "net:[1]");
        write(base + "net/tcp", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt uid inode\n"
                + "   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 501 1 0 100 0 0 10 0\n"
                + "   1: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000 0 0 502 1 0 20 4 30 10 -1\n"
                + "   2: 0200000A:9C40 08080808:01BB 01 00000000:00000000 00:00000000 00000000 0 0 503 1 0 20 4 30 10 -1\n");
        write(base + "net/tcp6", "  sl  local_address                         remote_address st tx rx\n"
                + "   0: 00000000000000000000000001000000:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 "
                + "00:00000000 00000000     0        0 504 1 0 100 0 0 10 0\n");
        write(base + "net/udp", "  sl  local_address rem_address\n"
                + " 10: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 505 2 0 0\n");
        write(base + "net/unix", "Num       RefCount Protocol Flags    Type St Inode Path\n"
                + "00000000abcdef01: 00000002 00000000 00010000 0001 01   506 /run/my server.sock\n"
                + "0000000000000002: 00000003 00000000 00000000 0001 03   507\n");
        write(base + "net/netlink", "sk               Eth Pid        Groups   Rmem     Wmem     Dump  Locks    Drops    Inode\n"
                + "000000002805fe47 0   0          00000000 0        0        0     2        0        508     \n");
        for (int inode = 501; inode <= 509; inode++) {
            link(base + "fd/" + (inode - 500), "socket:[" + inode + "]");
        }
        link(base + "fd/20", "pipe:[600]");
        link(base + "fd/21", "anon_inode:[eventpoll]");
        link(base + "fd/22", "anon_inode:[pidfd]");
        link(base + "fd/23", "/memfd:x (deleted)");
        link(base + "fd/24", root.resolve("etc").toString());
        link(base + "fd/25", root.resolve("etc/passwd").toString());
        link(base + "fd/26", "/gone/file");
        write(base + "fdinfo/25", "pos:\t0\nflags:\t02102001\nmnt_id:\t24\n");
        write(base + "fdinfo/22", "pos:\t0\nflags:\t02\nPid:\t71\n");
    }

    private void task(String base, long pid, long tid, long vtid) throws IOException {
        write(base + "status", STATUS.formatted(pid, tid, pid, tid, vtid, pid));
        write(base + "stat", tid + " (web) (x\ny) S 1 70 69 34816 -1 4194304 100 0 3 0 1 2 0 0 20 0 2 0 500 3133440 394\n");
    }

    private void write(String path, String content) throws IOException {
        Path file = proc.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void link(String path, String target) throws IOException {
        Path file = proc.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, Path.of(target));
    }

    private ProcSystem system() throws IOException {
        return new ProcSystem(root.toString(), largeEnvironments, () -> now);
    }

    @Test
    void largeEnvironmentsAreCutUnlessAskedFor() throws IOException {
        write("70/environ", "A=" + "x".repeat(5000) + "\0LAST=1\0");
        for (boolean large : new boolean[] {false, true}) {
            largeEnvironments = large;
            SystemState state = new SystemState(null);
            try (ProcSystem system = system()) {
                system.scan(state);
                ThreadInfo thread = state.threads().get(70);
                assertThat(thread.env().parts()).hasSize(large ? 2 : 1);
                assertThat(thread.env().parts().getFirst().length()).isEqualTo(large ? 5002 : 4096);
                assertThat(system.environment(thread) == null).isEqualTo(!large);
                assertThat(system.environment(new ThreadInfo(4))).isNull();
            }
        }
    }

    @Test
    void scansProcessesAndThreads() throws IOException {
        SystemState state = new SystemState(null);
        try (ProcSystem system = system()) {
            system.scan(state);
        }
        ThreadInfo main = state.threads().get(70);
        assertThat(main.pid).isEqualTo(70);
        assertThat(main.ptid).isEqualTo(1);
        assertThat(main.comm).hasToString("web) (x\ny");
        assertThat(main.exe).hasToString("/srv/web");
        assertThat(main.args.parts()).containsExactly(Text.of("-p"), Text.of("8080"));
        assertThat(main.env().parts()).hasSize(2);
        assertThat(main.cwd()).hasToString("/not/there/");
        assertThat(main.root).hasToString("/not/there/either");
        assertThat(main.exepath).hasToString("/srv/web");
        assertThat(main.uid).isEqualTo(1001);
        assertThat(main.gid).isEqualTo(101);
        assertThat(main.vtid).isEqualTo(7);
        assertThat(main.vpid).isEqualTo(7);
        assertThat(main.vpgid).isEqualTo(7);
        assertThat(main.pgid).isEqualTo(70);
        assertThat(main.sid).isEqualTo(69);
        assertThat(main.tty).isEqualTo(34816);
        assertThat(main.pfMinor).isEqualTo(100);
        assertThat(main.pfMajor).isEqualTo(3);
        assertThat(main.vmSize).isEqualTo(3060);
        assertThat(main.vmRss).isEqualTo(1756);
        assertThat(main.vmSwap).isEqualTo(8);
        assertThat(main.capEffective).isEqualTo(5);
        assertThat(main.fdLimit()).isEqualTo(20000);
        assertThat(main.loginuid).isEqualTo(-1);
        assertThat(main.cloneTime).isEqualTo(1_700_000_005_000_000_000L);
        assertThat(main.cgroups.parts()).containsExactly(Text.of("cpu=/docker/x"), Text.of("cpuacct=/docker/x"),
                Text.of("name=systemd=/y"), Text.of("cpuset=/z"), Text.of("io=/z"), Text.of("memory=/z"));
        ThreadInfo other = state.threads().get(71);
        assertThat(other.leader()).isSameAs(main);
        assertThat(other.vtid).isEqualTo(8);
        assertThat(other.exepath).hasToString("/srv/web");
        assertThat(other.fd(20)).isSameAs(main.fd(20));
    }

    @Test
    void scansFdsAndSockets() throws IOException {
        SystemState state = new SystemState(null);
        try (ProcSystem system = system()) {
            system.scan(state);
        }
        ThreadInfo main = state.threads().get(70);
        assertThat(main.fd(1).name).hasToString("0.0.0.0:8080");
        assertThat(main.fd(1).type).isEqualTo(FdType.IPV4_SERVER);
        assertThat(main.fd(2).name).hasToString("127.0.0.1:50000->127.0.0.1:8080");
        assertThat(main.fd(2).role()).isEqualTo(FdInfo.Role.SERVER);
        assertThat(main.fd(3).name).hasToString("10.0.0.2:40000->8.8.8.8:443");
        assertThat(main.fd(3).role()).isEqualTo(FdInfo.Role.CLIENT);
        assertThat(main.fd(4).name).hasToString("::1:8081");
        assertThat(main.fd(5).name).hasToString("127.0.0.1:53");
        assertThat(main.fd(5).l4proto).isEqualTo(FdInfo.L4_UDP);
        assertThat(main.fd(6).name).hasToString("/run/my server.sock");
        assertThat(main.fd(6).sourceLow).isEqualTo(0xabcdef01L);
        assertThat(main.fd(7).name).isEqualTo(Text.EMPTY);
        assertThat(main.fd(8).type).isEqualTo(FdType.NETLINK);
        assertThat(main.fd(9).type).isEqualTo(FdType.UNKNOWN);
        assertThat(main.fd(20).type).isEqualTo(FdType.PIPE);
        assertThat(main.fd(20).ino).isEqualTo(600);
        assertThat(main.fd(21).type).isEqualTo(FdType.EVENTPOLL);
        assertThat(main.fd(22).name).hasToString("/proc/71");
        assertThat(main.fd(23).type).isEqualTo(FdType.MEMFD);
        assertThat(main.fd(24).type).isEqualTo(FdType.DIRECTORY);
        assertThat(main.fd(25).type).isEqualTo(FdType.FILE_V2);
        assertThat(main.fd(25).cloexec()).isTrue();
        assertThat(main.fd(25).openFlags & 0x1000).isNotZero();
        assertThat(main.fd(25).ino).isNotZero();
        assertThat(main.fd(26).name).hasToString("/gone/file");
    }

    @Test
    void scansMachineAndAccounts() throws IOException {
        SystemState state = new SystemState(null);
        try (ProcSystem system = system()) {
            system.scan(state);
        }
        assertThat(state.machine().cpus()).isEqualTo(2);
        assertThat(state.machine().memory()).isEqualTo(1 << 20);
        assertThat(state.machine().maxPid()).isEqualTo(32768);
        assertThat(state.machine().hostname()).hasToString("testhost");
        assertThat(state.machine().bootTime()).isEqualTo(1_700_000_000_000_000_000L);
        assertThat(state.users().user(Text.EMPTY, 1001).name()).hasToString("web");
        assertThat(state.users().group(Text.EMPTY, 101).name()).hasToString("www");
    }

    @Test
    void toleratesWhatVanishesOrIsEmpty() throws IOException {
        Files.createDirectory(proc.resolve("80"));
        write("81/status", "");
        write("82/status", "Tgid:\tx\n");
        write("83/status", STATUS.formatted(83, 83, 83, 83, 83, 83));
        write("83/stat", "83 (no end");
        write("84/status", STATUS.formatted(84, 84, 84, 84, 84, 84));
        write("84/stat", "84 (bare) S 1 84");
        SystemState state = new SystemState(null);
        try (ProcSystem system = system()) {
            system.scan(state);
        }
        assertThat(state.threads().tids()).containsExactly(70, 71, 84);
    }

    @Test
    void looksUpSingleThreadsWithTheirLeader() throws IOException {
        try (ProcSystem system = system()) {
            SystemState state = new SystemState(system);
            ThreadInfo found = system.lookup(71, state);
            assertThat(found.tid).isEqualTo(71);
            assertThat(found.leader().tid).isEqualTo(70);
            assertThat(found.fd(3).name).hasToString("10.0.0.2:40000->8.8.8.8:443");
            assertThat(system.lookup(999, state)).isNull();
            assertThat(system.isAlive(found)).isTrue();
            assertThat(system.isAlive(new ThreadInfo(999))).isFalse();
        }
    }

    @Test
    void looksUpSingleFds() throws IOException {
        try (ProcSystem system = system()) {
            SystemState state = new SystemState(system);
            ThreadInfo thread = system.lookup(70, state);
            thread.fds().clear();
            assertThat(system.lookupFd(thread, 2, state).name).hasToString("127.0.0.1:50000->127.0.0.1:8080");
            assertThat(thread.fd(2)).isNotNull();
            assertThat(system.lookupFd(thread, 999, state)).isNull();
            assertThat(system.readFdPath(thread, 26)).hasToString("/gone/file");
            assertThat(system.readFdPath(thread, 20)).isNull();
        }
    }

    @Test
    void questionsHaveABudgetForEachSecond() throws IOException {
        try (ProcSystem system = system()) {
            SystemState state = new SystemState(system);
            for (int i = 0; i < 2000; i++) {
                system.lookup(5000, state);
            }
            assertThat(system.lookup(70, state)).isNull();
            assertThat(system.refused()).isEqualTo(1);
            now += 1_000_000_000L;
            assertThat(system.lookup(70, state)).isNotNull();
        }
    }

    @Test
    void aRootWithoutProcIsAnError() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> new ProcSystem(root + "/nowhere"))
                .withMessageContaining("/nowhere/proc").withMessageContaining("HOST_ROOT");
    }

    @Test
    void openFlagsAreTranslated() {
        assertThat(FdReader.translate(0)).isEqualTo(1);
        assertThat(FdReader.translate(01 | 0100 | 02000)).isEqualTo(2 | 4 | 8);
        assertThat(FdReader.translate(02 | 04000)).isEqualTo(3 | 1 << 6);
        assertThat(FdReader.translate(04010000)).isEqualTo(1 | 1 << 4 | 1 << 7);
    }
}
