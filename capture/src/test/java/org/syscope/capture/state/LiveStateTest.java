package org.syscope.capture.state;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Set;
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
