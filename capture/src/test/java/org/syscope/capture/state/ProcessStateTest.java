package org.syscope.capture.state;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads that begin, execute, change and exit. */
final class ProcessStateTest {

    private static final long START = 5_000_000_000_000L;

    private final SystemState state = new SystemState(null);
    private final ThreadInfo init = new ThreadInfo(1);
    private final ThreadInfo shell = new ThreadInfo(100);

    @BeforeEach
    void addThreads() {
        init.pid = 1;
        init.ptid = 0;
        init.vtid = 1;
        init.vpid = 1;
        init.comm = Text.of("init");
        shell.pid = 100;
        shell.ptid = 1;
        shell.vtid = 100;
        shell.vpid = 100;
        shell.sid = 100;
        shell.comm = Text.of("bash");
        shell.exepath = Text.of("/bin/bash");
        shell.loginuid = 1000;
        shell.cwd(Text.of("/home"));
        shell.env(TextList.of(Text.of("A=1\0B=2\0")));
        state.threads().add(init);
        state.threads().add(shell);
        state.listsComplete();
        FdInfo file = new FdInfo(FdType.FILE_V2);
        file.name = Text.of("/etc/x");
        shell.fds().put(3, file);
        FdInfo secret = new FdInfo(FdType.FILE_V2);
        secret.name = Text.of("/etc/secret");
        secret.cloexec(true);
        shell.fds().put(4, secret);
    }

    private void process(EventBuilder builder) {
        state.process(builder.build());
    }

    private static byte[] strings(String... values) {
        return (String.join("\0", values) + '\0').getBytes(StandardCharsets.UTF_8);
    }

    private static EventBuilder clone(long result, long tid, long pid, long ptid, int flags) {
        return new EventBuilder(EventCodes.PPME_SYSCALL_CLONE_20_X).tid(tid).at(START).with("res", result).with("exe", "bash")
                .with("args", strings("-l")).with("tid", tid).with("pid", pid).with("ptid", ptid).with("comm", "bash")
                .with("fdlimit", 1024).with("flags", flags).with("uid", 1000).with("gid", 100).with("vtid", tid)
                .with("vpid", pid).with("vm_size", 77).with("cgroups", strings("cpu=/x"));
    }

    private static EventBuilder exec(long tid, String name) {
        return new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_19_X).tid(tid).at(START + 10).with("res", 0).with("exe", name)
                .with("args", strings("a", "b")).with("tid", tid).with("pid", tid).with("ptid", 100).with("comm", name)
                .with("fdlimit", 99).with("env", strings("X=y")).with("trusted_exepath", "/usr/bin/" + name).with("uid", 7)
                .with("flags", 1).with("loginuid", 1000).with("gid", 8).with("pgid", 200).with("exe_ino", 12)
                .with("cap_effective", 3);
    }

    @Test
    void theCallersSideMakesTheChild() {
        process(clone(200, 100, 100, 1, 0));
        ThreadInfo child = state.threads().get(200);
        assertThat(child.pid).isEqualTo(200);
        assertThat(child.ptid).isEqualTo(100);
        assertThat(state.parent(child)).isSameAs(shell);
        assertThat(child.comm).hasToString("bash");
        assertThat(child.exepath).hasToString("/bin/bash");
        assertThat(child.args.parts()).containsExactly(Text.of("-l"));
        assertThat(child.cwd()).hasToString("/home/");
        assertThat(child.env().parts()).hasSize(2);
        assertThat(child.fdLimit()).isEqualTo(1024);
        assertThat(child.uid).isEqualTo(1000);
        assertThat(child.sid).isEqualTo(100);
        assertThat(child.vmSize).isEqualTo(77);
        assertThat(child.cloneTime).isEqualTo(START);
        assertThat(child.fd(3).name).hasToString("/etc/x");
        assertThat(state.thread()).isSameAs(shell);
    }

    @Test
    void aForkedTableIsTheChildsOwn() {
        process(clone(200, 100, 100, 1, 0));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCNTL_X).tid(200).with("res", 0).with("fd", 3).with("cmd", 3)
                .with("arg", 1));
        assertThat(state.threads().get(200).fd(3).cloexec()).isTrue();
        assertThat(shell.fd(3).cloexec()).isFalse();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPEN_X).tid(200).with("fd", 9).with("name", "/n"));
        assertThat(shell.fd(9)).isNull();
    }

    @Test
    void theChildsSideMakesItWhereTheCallersDidNot() {
        process(clone(0, 200, 200, 100, 0));
        ThreadInfo child = state.threads().get(200);
        assertThat(child.flags & ThreadFlags.CLONE_INVERTED).isNotZero();
        assertThat(child.ptid).isEqualTo(100);
        assertThat(child.fd(3)).isNotNull();
        assertThat(state.thread()).isSameAs(child);
        process(clone(200, 100, 100, 1, 0).at(START + 5));
        assertThat(state.threads().get(200)).isSameAs(child);
    }

    @Test
    void theSecondSideDoesNotReplaceWhatTheFirstMade() {
        process(clone(200, 100, 100, 1, 0));
        ThreadInfo child = state.threads().get(200);
        process(clone(0, 200, 200, 100, 0).at(START + 1000));
        assertThat(state.threads().get(200)).isSameAs(child);
    }

    @Test
    void anOldEntryOfThatIdIsReplaced() {
        process(clone(200, 100, 100, 1, 0));
        ThreadInfo stale = state.threads().get(200);
        process(clone(0, 200, 200, 100, 0).at(START + 3_000_000_000L));
        assertThat(state.threads().get(200)).isNotSameAs(stale);
        process(clone(300, 100, 100, 1, 0));
        stale = state.threads().get(300);
        process(clone(300, 100, 100, 1, 0).at(START + 10_000_000_000L));
        assertThat(state.threads().get(300)).isNotSameAs(stale);
    }

    @Test
    void inAContainerOnlyTheChildCanTellItsId() {
        process(clone(7, 100, 100, 1, ThreadFlags.CHILD_IN_PIDNS));
        assertThat(state.threads().get(7)).isNull();
        process(clone(0, 2007, 2007, 100, ThreadFlags.CHILD_IN_PIDNS).with("vtid", 7).with("vpid", 7)
                .with("pidns_init_start_ts", 55));
        ThreadInfo child = state.threads().get(2007);
        assertThat(child.vtid).isEqualTo(7);
        assertThat(child.inPidNamespace()).isTrue();
        assertThat(child.pidnsInitStart).isEqualTo(55);
    }

    @Test
    void aThreadSharesItsLeadersFdsAndDirectory() {
        int flags = ThreadFlags.CLONE_THREAD | ThreadFlags.CLONE_FILES;
        process(clone(201, 100, 100, 1, flags));
        ThreadInfo thread = state.threads().get(201);
        assertThat(thread.pid).isEqualTo(100);
        assertThat(thread.ptid).isEqualTo(1);
        assertThat(thread.leader()).isSameAs(shell);
        assertThat(thread.fd(3)).isSameAs(shell.fd(3));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CHDIR_X).tid(201).with("res", 0).with("path", "/tmp"));
        assertThat(shell.cwd()).hasToString("/tmp/");
        assertThat(state.threads().threadsOf(100)).isEqualTo(2);
    }

    @Test
    void aFailedCloneMakesNothing() {
        process(clone(-11, 100, 100, 1, 0));
        assertThat(state.threads().size()).isEqualTo(2);
    }

    @Test
    void oldCloneHasNoCommAndOtherPlaces() {
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_CLONE_11_X).tid(100).at(START).with("res", 200).with("exe", "sh")
                .with("args", new byte[0]).with("pid", 100).with("ptid", 1).with("uid", 5)
                .with("gid", 6).build());
        ThreadInfo child = state.threads().get(200);
        assertThat(child.comm).hasToString("sh");
        assertThat(child.uid).isEqualTo(5);
        assertThat(child.gid).isEqualTo(6);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FORK_17_X).tid(100).at(START).with("res", 202).with("exe", "sh")
                .with("comm", "dash").with("pid", 100).with("uid", 9));
        assertThat(state.threads().get(202).comm).hasToString("dash");
        assertThat(state.threads().get(202).uid).isEqualTo(9);
    }

    @Test
    void anUnknownCallerLearnsFromItsClone() {
        process(clone(600, 500, 500, 100, 0).with("comm", "lost"));
        ThreadInfo caller = state.threads().get(500);
        assertThat(caller.isInvalid()).isFalse();
        assertThat(caller.comm).hasToString("lost");
        assertThat(caller.ptid).isEqualTo(100);
        assertThat(state.threads().get(600).ptid).isEqualTo(500);
    }

    @Test
    void aVforkedChildThatIsGoneDoesNotComeBack() {
        process(clone(0, 200, 200, 100, ThreadFlags.CLONE_VFORK));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(200));
        process(clone(200, 100, 100, 1, ThreadFlags.CLONE_VFORK).at(START + 50));
        assertThat(state.threads().get(200)).isNull();
    }

    @Test
    void execReplacesTheProgram() {
        process(clone(200, 100, 100, 1, 0));
        process(exec(200, "cat"));
        ThreadInfo thread = state.threads().get(200);
        assertThat(thread.comm).hasToString("cat");
        assertThat(thread.exe).hasToString("cat");
        assertThat(thread.exepath).hasToString("/usr/bin/cat");
        assertThat(thread.args.parts()).hasSize(2);
        assertThat(thread.env().parts()).containsExactly(Text.of("X=y"));
        assertThat(thread.uid).isEqualTo(7);
        assertThat(thread.gid).isEqualTo(8);
        assertThat(thread.pgid).isEqualTo(200);
        assertThat(thread.fdLimit()).isEqualTo(99);
        assertThat(thread.exeWritable).isTrue();
        assertThat(thread.exeIno).isEqualTo(12);
        assertThat(thread.capEffective).isEqualTo(3);
        assertThat(thread.lastExecTime).isEqualTo(START + 10);
        assertThat(thread.fd(3)).isNotNull();
        assertThat(thread.fd(4)).isNull();
        assertThat(shell.fd(4)).isNotNull();
    }

    @Test
    void aFailedExecChangesNothing() {
        process(exec(100, "cat").with("res", -2));
        assertThat(shell.comm).hasToString("bash");
    }

    @Test
    void olderExecsTellThePathInTheirEnterEvent() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_18_E).with("filename", "bin/tool"));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_18_X).with("res", 0).with("exe", "tool").with("comm", "tool")
                .with("pid", 100));
        assertThat(shell.exepath).hasToString("/home/bin/tool");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVEAT_E).with("dirfd", 3).with("pathname", "").with("flags", 1));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_19_X).with("res", 0).with("exe", "x").with("comm", "x")
                .with("pid", 100).build(18));
        assertThat(shell.exepath).hasToString("/etc/x");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVEAT_E).with("dirfd", 66).with("pathname", "q").with("flags", 0));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_19_X).with("res", 0).with("exe", "x").with("comm", "x")
                .with("pid", 100).build(18));
        assertThat(shell.exepath).hasToString("<NA>");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_8_X).with("res", 0).with("exe", "old").with("pid", 100));
        assertThat(shell.comm).hasToString("old");
    }

    @Test
    void anExecOfAThreadEndsTheOthersAfterTheEvent() {
        process(clone(201, 100, 100, 1, ThreadFlags.CLONE_THREAD));
        process(clone(202, 100, 100, 1, ThreadFlags.CLONE_THREAD));
        process(exec(100, "cat").with("pid", 100));
        assertThat(state.threads().get(201)).isNotNull();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(201)).isNull();
        assertThat(state.threads().get(202)).isNull();
        assertThat(state.threads().get(100)).isSameAs(shell);
    }

    @Test
    void aDeadLeaderThatExecutesLivesAgain() {
        process(clone(201, 100, 100, 1, ThreadFlags.CLONE_THREAD));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(100));
        process(exec(100, "cat"));
        assertThat(shell.isDead()).isFalse();
    }

    @Test
    void exitTakesEffectAfterTheEvent() {
        process(clone(200, 100, 100, 1, 0));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(200));
        assertThat(state.thread().isDead()).isTrue();
        assertThat(state.threads().get(200)).isNotNull();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(200)).isNull();
    }

    @Test
    void aLeaderStaysUntilItsLastThreadHasGone() {
        process(clone(201, 100, 100, 1, ThreadFlags.CLONE_THREAD));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(100));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(201));
        assertThat(state.threads().get(100)).isSameAs(shell);
        assertThat(state.thread().fd(3)).isNotNull();
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(201));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(201)).isNull();
        assertThat(state.threads().get(100)).isNull();
    }

    @Test
    void orphansGoToWhomTheKernelSays() {
        process(clone(200, 100, 100, 1, 0));
        process(clone(300, 200, 200, 100, 0));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(200).with("reaper_tid", 100));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(300).ptid).isEqualTo(100);
    }

    @Test
    void withoutThatTheyGoToASiblingThreadThenToTheNearestReaper() {
        process(clone(200, 100, 100, 1, 0));
        process(clone(201, 200, 200, 100, ThreadFlags.CLONE_THREAD));
        process(clone(300, 200, 200, 100, 0));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_E).tid(200));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(300).ptid).isEqualTo(201);
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_E).tid(201));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(300).ptid).isEqualTo(1);
    }

    @Test
    void aSubreaperAdopts() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PRCTL_X).tid(100).with("res", 0).with("option", 36).with("arg2_int", 1));
        process(clone(200, 100, 100, 1, 0));
        process(clone(300, 200, 200, 100, 0));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_E).tid(200));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(300).ptid).isEqualTo(100);
    }

    @Test
    void withoutAnyReaperThereIsNoParent() {
        ThreadInfo lone = new ThreadInfo(900);
        lone.pid = 900;
        state.threads().add(lone);
        process(clone(901, 900, 900, 0, 0).with("vtid", 900));
        lone.vtid = 900;
        process(clone(901, 900, 900, 0, 0));
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_E).tid(900));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(1));
        assertThat(state.threads().get(901).ptid).isZero();
    }

    @Test
    void anUnknownThreadIsMarkedAsSuchOffline() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(4000));
        ThreadInfo unknown = state.thread();
        assertThat(unknown.isInvalid()).isTrue();
        assertThat(unknown.comm).isEqualTo(ThreadInfo.NOT_AVAILABLE);
        assertThat(unknown.pid).isEqualTo(-1);
        assertThat(unknown.uid).isEqualTo(-1);
        assertThat(unknown.cwd()).hasToString("./");
    }

    @Test
    void switchAndExitNeverMakeThreads() {
        process(new EventBuilder(EventCodes.PPME_SCHEDSWITCH_6_E).tid(4000));
        assertThat(state.thread()).isNull();
        process(new EventBuilder(EventCodes.PPME_PROCEXIT_1_E).tid(4000));
        assertThat(state.threads().get(4000)).isNull();
    }

    @Test
    void aFullTableRefusesAndCounts() {
        SystemState small = new SystemState(null, 2);
        for (long tid = 1; tid <= 4; tid++) {
            small.process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(tid).build());
        }
        assertThat(small.threads().size()).isEqualTo(2);
        assertThat(small.thread()).isNull();
        assertThat(small.threads().refused()).isEqualTo(2);
    }

    @Test
    void memoryCountersFollowSwitchesAndMappings() {
        process(clone(201, 100, 100, 1, ThreadFlags.CLONE_THREAD));
        process(new EventBuilder(EventCodes.PPME_SCHEDSWITCH_6_E).tid(201).with("pgft_maj", 1).with("pgft_min", 2)
                .with("vm_size", 300).with("vm_rss", 40).with("vm_swap", 5));
        assertThat(state.threads().get(201).pfMinor).isEqualTo(2);
        assertThat(shell.vmSize).isEqualTo(300);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_MMAP_X).tid(100).with("res", -4096).with("vm_size", 301));
        assertThat(shell.vmSize).isEqualTo(301);
    }

    @Test
    void containerIdsComeFromControlGroups() {
        assertThat(state.containerId(shell)).isEqualTo(Text.EMPTY);
        String id = "0123456789abcdef".repeat(4);
        process(exec(100, "cat").with("cgroups", strings("cpu=/docker/" + id)));
        assertThat(state.containerId(shell)).hasToString("0123456789ab");
    }
}
