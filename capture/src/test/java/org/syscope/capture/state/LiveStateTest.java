package org.syscope.capture.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** What no event told of is asked of the running system, which here is a made-up one. */
final class LiveStateTest {

    private static final long MINUTE = 60_000_000_000L;

    private final Set<Long> alive = new HashSet<>(Set.of(100L, 200L));
    private int questions;
    private int refreshed;
    private boolean budget = true;

    private final ThreadLookup system = new ThreadLookup() {
        @Override
        public ThreadInfo lookup(long tid, SystemState asking) {
            questions++;
            if (!alive.contains(tid)) {
                return null;
            }
            ThreadInfo thread = new ThreadInfo(tid);
            thread.pid = tid;
            thread.comm = Text.of("found");
            asking.threads().add(thread);
            return thread;
        }

        @Override
        public FdInfo lookupFd(ThreadInfo thread, long fd, SystemState asking) {
            questions++;
            if (fd > 50) {
                return null;
            }
            FdInfo info = new FdInfo(FdType.FILE_V2);
            info.name = Text.of("/found/" + fd);
            thread.fds().put(fd, info);
            return info;
        }

        @Override
        public ThreadInfo refresh(ThreadInfo thread, SystemState asking) {
            refreshed++;
            if (!budget) {
                return null;
            }
            ThreadInfo now = new ThreadInfo(thread.tid);
            now.pid = thread.pid;
            now.comm = Text.of("now");
            now.cwd(Text.of("/now"));
            thread.refresh(now);
            return thread;
        }

        @Override
        public FdInfo refreshFd(ThreadInfo thread, long fd, FdInfo known, SystemState asking) {
            refreshed++;
            if (!budget || known.name.equals(Text.of("/right"))) {
                return budget ? known : null;
            }
            FdInfo info = new FdInfo(FdType.FILE_V2);
            info.name = Text.of("/now/" + fd);
            thread.fds().put(fd, info);
            return info;
        }

        @Override
        public Text readFdPath(ThreadInfo thread, long fd) {
            return fd > 50 ? null : Text.of("/dir" + fd);
        }

        @Override
        public TextList environment(ThreadInfo thread) {
            questions++;
            return TextList.of(Text.of("WHOLE=1\0"));
        }

        @Override
        public boolean isAlive(ThreadInfo thread) {
            return alive.contains(thread.tid);
        }
    };
    private final SystemState state = new SystemState(system);

    @BeforeEach
    void start() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(100));
    }

    private void process(EventBuilder builder) {
        state.process(builder.build());
    }

    @Test
    void anUnknownThreadIsLookedUpOnce() {
        assertThat(state.thread().comm).hasToString("found");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(100));
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void aThreadThatIsGoneIsMarked() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(300));
        assertThat(state.thread().isInvalid()).isTrue();
        assertThat(state.thread().comm).isEqualTo(ThreadInfo.NOT_AVAILABLE);
    }

    @Test
    void anUnknownFdIsLookedUpUnlessTheCallSaysThatThereIsNone() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_READ_X).tid(100).with("res", 3).with("fd", 7));
        assertThat(state.fd().name).hasToString("/found/7");
        int before = questions;
        process(new EventBuilder(EventCodes.PPME_SYSCALL_READ_X).tid(100).with("res", -9).with("fd", 8));
        assertThat(state.fd()).isNull();
        assertThat(questions).isEqualTo(before);
    }

    @Test
    void anUnknownDirectoryIsRead() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_X).tid(100).with("fd", 3).with("dirfd", 12).with("name", "x"));
        assertThat(state.fd().name).hasToString("/dir12/x");
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_X).tid(100).with("fd", 4).with("dirfd", 60).with("name", "x"));
        assertThat(state.fd().name).hasToString("<UNKNOWN>x");
    }

    @Test
    void fdsThatComeInAMessageAreLookedUp() {
        byte[] message = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(24).putInt(1).putInt(1).putInt(21)
                .putInt(22).array();
        process(new EventBuilder(EventCodes.PPME_SOCKET_RECVMSG_X).tid(100).with("res", 1).with("fd", 5)
                .with("msgcontrol", message));
        assertThat(state.thread().fd(21).name).hasToString("/found/21");
        assertThat(state.thread().fd(22).name).hasToString("/found/22");
    }

    private static EventBuilder readOf(long fd) {
        return new EventBuilder(EventCodes.PPME_SYSCALL_READ_X).tid(100).with("res", 3).with("fd", fd)
                .at(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }

    private void lose() {
        process(new EventBuilder(EventCodes.PPME_DROP_E).tid(-1).with("ratio", 5));
    }

    private void open(long fd, String name) {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_OPENAT_2_X).tid(100).with("fd", fd).with("dirfd", -100)
                .with("name", name));
    }

    @Test
    void afterALossThreadsAndFdsAreCheckedOnceWhenNextUsed() {
        open(3, "/old");
        open(4, "/right");
        process(readOf(3));
        assertThat(refreshed).isZero();
        lose();
        process(readOf(3));
        assertThat(state.thread().comm).hasToString("now");
        assertThat(state.thread().cwd()).hasToString("/now/");
        assertThat(state.fd().name).hasToString("/now/3");
        assertThat(refreshed).as("the thread and the fd").isEqualTo(2);
        process(readOf(3));
        assertThat(refreshed).isEqualTo(2);
        process(readOf(4));
        assertThat(state.fd().name).hasToString("/right");
        process(readOf(4));
        assertThat(refreshed).isEqualTo(3);
        open(5, "/new");
        process(readOf(5));
        assertThat(state.fd().name).hasToString("/new");
        assertThat(refreshed).as("what was opened since is right").isEqualTo(3);
        lose();
        process(readOf(5));
        assertThat(refreshed).isEqualTo(5);
    }

    @Test
    void nothingIsCheckedWhileEventsLagBehind() {
        open(3, "/old");
        lose();
        process(readOf(3).at(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - 10 * LossRepair.MAX_LAG));
        assertThat(state.fd().name).hasToString("/old");
        assertThat(refreshed).isZero();
        process(readOf(3));
        assertThat(state.fd().name).hasToString("/now/3");
    }

    @Test
    void aSpentBudgetIsAskedAgainLater() {
        open(3, "/old");
        lose();
        budget = false;
        process(readOf(3));
        assertThat(state.fd().name).hasToString("/old");
        budget = true;
        process(readOf(3));
        assertThat(state.fd().name).hasToString("/now/3");
    }

    @Test
    void anEnvironmentThatFillsItsEventIsAskedFor() {
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_19_X).tid(100).with("res", 0)
                .with("env", "A=" + "x".repeat(4093)));
        assertThat(state.thread().env().parts()).containsExactly(Text.of("WHOLE=1"));
        process(new EventBuilder(EventCodes.PPME_SYSCALL_EXECVE_19_X).tid(100).with("res", 0).with("env", "A=b"));
        assertThat(state.thread().env().parts()).containsExactly(Text.of("A=b"));
    }

    @Test
    void threadsThatWentUnnoticedAreForgottenInTime() {
        long start = 1_000_000_000_000L;
        process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(200).at(start));
        alive.remove(200L);
        for (int minute = 0; minute <= 90; minute++) {
            process(new EventBuilder(EventCodes.PPME_SYSCALL_GETUID_X).tid(100).at(start + minute * MINUTE));
        }
        assertThat(state.threads().get(200)).isNull();
        assertThat(state.threads().get(100)).isNotNull();
    }
}
