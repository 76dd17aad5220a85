package org.syscope.capture.state;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** What calls on files and fds do to the fd table, as recorded by drivers of both generations. */
final class FileStateTest {

    private static final int O_RDONLY = 1;
    private static final int O_DIRECTORY = 1 << 10;
    private static final int O_CLOEXEC = 1 << 12;
    private static final int O_F_CREATED = 1 << 14;

    private final SystemState state = new SystemState(null);
    private final ThreadInfo thread = new ThreadInfo(100);

    @BeforeEach
    void addThread() {
        thread.pid = 100;
        thread.cwd(Text.of("/home/bob"));
        state.threads().add(thread);
        state.listsComplete();
    }

    private void process(EventBuilder builder) {
        state.process(builder.build());
    }

    private void openAt(long fd, String name, int flags) {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_X).with("fd", fd).with("dirfd", -100).with("name", name)
                .with("flags", flags).with("dev", 0x800003).with("ino", 4711));
    }

    @Test
    void openatMakesAFileWithAnAbsoluteNameKeepingTheRawOne() {
        openAt(3, "../alice/./notes.txt", O_RDONLY);
        FdInfo fd = thread.fd(3);
        assertThat(fd.name).hasToString("/home/alice/notes.txt");
        assertThat(fd.rawName).hasToString("../alice/./notes.txt");
        assertThat(fd.type).isEqualTo(FdType.FILE_V2);
        assertThat(fd.dev).isEqualTo(0x800003);
        assertThat(fd.ino).isEqualTo(4711);
        assertThat(state.fd()).isSameAs(fd);
        assertThat(state.fdNumber()).isEqualTo(3);
    }

    @Test
    void directoriesAreRelativeBasesAndUnknownOnesAreSaidToBe() {
        openAt(3, "/srv", O_RDONLY | O_DIRECTORY);
        assertThat(thread.fd(3).type).isEqualTo(FdType.DIRECTORY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT2_X).with("fd", 4).with("dirfd", 3).with("name", "x/y"));
        assertThat(thread.fd(4).name).hasToString("/srv/x/y");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_X).with("fd", 5).with("dirfd", 77).with("name", "z"));
        assertThat(thread.fd(5).name).hasToString("<UNKNOWN>z");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_X).with("fd", 6).with("dirfd", 77).with("name", "/z"));
        assertThat(thread.fd(6).name).hasToString("/z");
    }

    @Test
    void theEnterEventsNameWinsBecauseMemoryCanChangeUntilTheExit() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPEN_E).with("name", "/etc/shadow").with("flags", O_RDONLY).at(1000));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPEN_X).with("fd", 3).with("name", "/tmp/harmless")
                .with("flags", O_RDONLY | O_F_CREATED).at(1500));
        assertThat(thread.fd(3).name).hasToString("/etc/shadow");
        assertThat(thread.fd(3).openFlags).isEqualTo(O_RDONLY | O_F_CREATED);
        assertThat(state.latency()).isEqualTo(500);
        assertThat(state.enterTime()).isEqualTo(1000);
        assertThat(state.enterEvent().text(0)).hasToString("/etc/shadow");
    }

    @Test
    void anEnterEventWithoutAReadableNameDoesNotWin() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_E).with("dirfd", -100).with("name", "<NA>"));
        openAt(3, "/a", O_RDONLY);
        assertThat(thread.fd(3).name).hasToString("/a");
    }

    @Test
    void oldOpenatTellsOnlyInItsEnterEvent() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_E).with("dirfd", -100).with("name", "old")
                .with("flags", O_RDONLY));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_X).with("fd", 3));
        assertThat(thread.fd(3).name).hasToString("/home/bob/old");
    }

    @Test
    void creatAndOpenByHandle() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CREAT_X).with("fd", 3).with("name", "new").with("creat_flags", 1));
        assertThat(thread.fd(3).name).hasToString("/home/bob/new");
        assertThat(thread.fd(3).upperLayer()).isTrue();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X).with("fd", 4).with("path", "/mnt/f")
                .with("flags", O_RDONLY));
        assertThat(thread.fd(4).name).hasToString("/mnt/f");
    }

    @Test
    void aFailedOpenAddsNothing() {
        openAt(-2, "/nothing", O_RDONLY);
        assertThat(thread.fds().size()).isZero();
        assertThat(state.fd()).isNull();
    }

    @Test
    void aPathThatIsTooLongIsReplaced() {
        openAt(3, "x".repeat(1020), O_RDONLY);
        assertThat(thread.fd(3).name).hasToString("/DIR_TOO_LONG/FILENAME_TOO_LONG");
    }

    @Test
    void closeTakesEffectAfterTheEventWasShown() {
        openAt(3, "/a", O_RDONLY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_X).with("res", 0).with("fd", 3));
        assertThat(state.fd().name).hasToString("/a");
        assertThat(thread.fd(3)).isNotNull();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X));
        assertThat(thread.fd(3)).isNull();
    }

    @Test
    void closeOfTheOlderGenerationFindsItsFdInTheEnterEvent() {
        openAt(3, "/a", O_RDONLY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_E).with("fd", 3));
        assertThat(state.fd().name).hasToString("/a");
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_X).with("res", 0).build(1));
        assertThat(state.fd().name).hasToString("/a");
        assertThat(state.fdNumber()).isEqualTo(3);
        openAt(9, "/b", O_RDONLY);
        assertThat(thread.fd(3)).isNull();
    }

    @Test
    void aFailedCloseRemovesNothing() {
        openAt(3, "/a", O_RDONLY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_X).with("res", -9).with("fd", 3));
        openAt(9, "/b", O_RDONLY);
        assertThat(thread.fd(3)).isNotNull();
    }

    @Test
    void anFdOpenedWhileAnotherThreadClosesTheSameNumberStays() {
        ThreadInfo other = new ThreadInfo(101);
        other.pid = 100;
        state.threads().add(other);
        openAt(3, "/first", O_RDONLY);
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_E).with("fd", 3).at(2_000_000_000_000L).build());
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_OPEN_X).tid(101).with("fd", 3).with("name", "/second")
                .at(2_000_000_000_010L).build());
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_X).with("res", 0).at(2_000_000_000_020L).build(1));
        openAt(9, "/b", O_RDONLY);
        assertThat(thread.fd(3).name).hasToString("/second");
    }

    @Test
    void closeRangeClosesOrMarks() {
        for (int fd = 3; fd < 9; fd++) {
            openAt(fd, "/f" + fd, O_RDONLY);
        }
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_RANGE_X).with("res", 0).with("first", 4).with("last", 5)
                .with("flags", 4));
        assertThat(thread.fd(4).cloexec()).isTrue();
        assertThat(thread.fd(6).cloexec()).isFalse();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_RANGE_X).with("res", 0).with("first", 6)
                .with("last", 0xffff_ffffL));
        openAt(20, "/x", O_RDONLY);
        assertThat(thread.fds().numbers()).containsExactly(3, 4, 5, 20);
    }

    @Test
    void dupCopiesAndClearsCloexec() {
        openAt(3, "/a", O_RDONLY | O_CLOEXEC);
        assertThat(thread.fd(3).cloexec()).isTrue();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_DUP_1_X).with("res", 4).with("oldfd", 3));
        assertThat(thread.fd(4).name).hasToString("/a");
        assertThat(thread.fd(4).cloexec()).isFalse();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_DUP2_X).with("res", 0).with("oldfd", 3).with("newfd", 0));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_DUP3_X).with("res", 1).with("oldfd", 3).with("newfd", 1)
                .with("flags", O_CLOEXEC));
        assertThat(thread.fd(0).cloexec()).isFalse();
        assertThat(thread.fd(1).cloexec()).isTrue();
        assertThat(thread.flags & ThreadFlags.PIPE_DST).isNotZero();
        assertThat(thread.flags & ThreadFlags.PIPE_SRC).isNotZero();
    }

    @Test
    void dupOfTheOlderGeneration() {
        openAt(3, "/a", O_RDONLY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_DUP_E).with("fd", 3));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_DUP_X).with("res", 7));
        assertThat(thread.fd(7).name).hasToString("/a");
        assertThat(state.fdNumber()).isEqualTo(7);
    }

    @Test
    void dupOntoANumberOfAnUnknownFdForgetsWhatWasThere() {
        openAt(5, "/a", O_RDONLY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_DUP2_X).with("res", 5).with("oldfd", 77).with("newfd", 5));
        assertThat(thread.fd(5)).isNull();
    }

    @Test
    void fcntlDuplicatesAndMarks() {
        openAt(3, "/a", O_RDONLY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCNTL_X).with("res", 10).with("fd", 3).with("cmd", 26));
        assertThat(thread.fd(10).cloexec()).isTrue();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCNTL_X).with("res", 0).with("fd", 10).with("cmd", 3).with("arg", 0));
        assertThat(thread.fd(10).cloexec()).isFalse();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCNTL_X).with("res", 0).with("fd", 3).with("cmd", 3).with("arg", 1));
        assertThat(thread.fd(3).cloexec()).isTrue();
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCNTL_E).with("fd", 3).with("cmd", 1));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_FCNTL_X).with("res", 11).build(1));
        assertThat(thread.fd(11).name).hasToString("/a");
    }

    @Test
    void pipesHaveNoNameAndOneInode() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PIPE2_X).with("res", 0).with("fd1", 3).with("fd2", 4).with("ino", 99)
                .with("flags", O_CLOEXEC));
        assertThat(thread.fd(3).type).isEqualTo(FdType.PIPE);
        assertThat(thread.fd(4).ino).isEqualTo(99);
        assertThat(thread.fd(4).name).isEqualTo(Text.EMPTY);
        assertThat(thread.fd(4).cloexec()).isTrue();
    }

    @Test
    void specialFds() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EVENTFD2_X).with("res", 3).with("flags", O_CLOEXEC));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EVENTFD_X).with("res", 4));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_SIGNALFD4_X).with("res", 5));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_TIMERFD_CREATE_X).with("res", 6));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_INOTIFY_INIT1_X).with("res", 7));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_USERFAULTFD_X).with("res", 8));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_IO_URING_SETUP_X).with("res", 9));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EPOLL_CREATE1_X).with("res", 10).with("flags", 1));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_BPF_2_X).with("fd", 11).with("cmd", 5));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_BPF_2_X).with("fd", 0).with("cmd", 1));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_MEMFD_CREATE_X).with("fd", 12).with("name", "secret").with("flags", 1));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PIDFD_OPEN_X).with("fd", 13).with("pid", 4242));
        StringBuilder characters = new StringBuilder();
        for (long number : thread.fds().numbers()) {
            characters.append(thread.fd(number).type.character());
        }
        assertThat(characters).hasToString("eestiurlbmP");
        assertThat(thread.fd(12).name).hasToString("secret");
        assertThat(thread.fd(13).name).hasToString("/proc/4242");
        assertThat(thread.fd(3).cloexec()).isTrue();
        assertThat(thread.fd(10).cloexec()).isTrue();
    }

    @Test
    void oldBpfResultIsAnFdByItsFirstByte() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_BPF_X).with("res_or_fd", new byte[] {0, 5, 0, 0, 0, 0, 0, 0, 0}));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_BPF_X).with("res_or_fd", new byte[] {1, 6, 0, 0, 0, 0, 0, 0, 0}));
        assertThat(thread.fds().numbers()).containsExactly(5);
    }

    @Test
    void pidfdGetfdCopiesFromTheOtherProcess() {
        ThreadInfo other = new ThreadInfo(200);
        other.pid = 200;
        state.threads().add(other);
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_OPEN_X).tid(200).with("fd", 3).with("name", "/theirs").build());
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PIDFD_OPEN_X).with("fd", 4).with("pid", 200));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_PIDFD_GETFD_X).with("fd", 5).with("pid_fd", 4).with("target_fd", 3));
        assertThat(thread.fd(5).name).hasToString("/theirs");
        assertThat(thread.fd(5).cloexec()).isTrue();
    }

    @Test
    void workingAndRootDirectories() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CHDIR_X).with("res", 0).with("path", "src"));
        assertThat(thread.cwd()).hasToString("/home/bob/src/");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CHDIR_X).with("res", -2).with("path", "/nowhere"));
        assertThat(thread.cwd()).hasToString("/home/bob/src/");
        openAt(3, "/var/lib", O_RDONLY | O_DIRECTORY);
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCHDIR_X).with("res", 0).with("fd", 3));
        assertThat(thread.cwd()).hasToString("/var/lib/");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_FCHDIR_E).with("fd", 3));
        state.process(new EventBuilder(EventCodes.PPME_SYSCALL_FCHDIR_X).with("res", 0).build(1));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETCWD_X).with("res", 4).with("path", "/opt"));
        assertThat(thread.cwd()).hasToString("/opt/");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_CHROOT_X).with("res", 0).with("path", "jail"));
        assertThat(thread.root).hasToString("/opt/jail");
    }

    @Test
    void relativePathsOfAnyEventAreResolved() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_UNLINK_2_X).with("res", 0).with("path", "x/../y"));
        assertThat(state.resolvedPath(new EventBuilder(EventCodes.PPME_SYSCALL_UNLINK_2_X).with("res", 0)
                .with("path", "x/../y").build(), 1, -1)).hasToString("/home/bob/y");
        assertThat(state.resolvedPath(new EventBuilder(EventCodes.PPME_SYSCALL_UNLINK_2_X).with("res", 0)
                .with("path", "/abs").build(), 1, -1)).isNull();
    }

    @Test
    void aLatencyBehindTheEventIsTaken() throws MalformedEventException {
        byte[] ring = {1, 0, 8, 0, 44, 1, 0, 0, 0, 0, 0, 0};
        EventBuilder close = new EventBuilder(EventCodes.PPME_SYSCALL_CLOSE_X).with("res", 0).with("fd", 3).at(5000);
        int padding = -close.build().length() & 3;
        byte[] padded = new byte[padding + ring.length];
        System.arraycopy(ring, 0, padded, padding, ring.length);
        state.process(close.options(padded).build());
        assertThat(state.latency()).isEqualTo(300);
        assertThat(state.enterTime()).isEqualTo(4700);
        byte[] file = {(byte) 0xad, 0x0b, 16, 0, (byte) 0xd9, 0x7e, 0, 0, 1, 0, 8, 0, 45, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        padding = -(close.build().length() + Short.BYTES) & 3;
        padded = new byte[padding + file.length];
        System.arraycopy(file, 0, padded, padding, file.length);
        Event built = close.options(padded).build();
        Event recorded = new Event();
        recorded.wrap(built.segment(), 0, built.segment().byteSize(), 0, Event.PCAPNG_OPTIONS);
        state.process(recorded);
        assertThat(state.latency()).isEqualTo(301);
        state.process(close.options(new byte[0]).build());
        assertThat(state.latency()).isEqualTo(SystemState.UNKNOWN);
    }
}
