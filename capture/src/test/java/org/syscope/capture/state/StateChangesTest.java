package org.syscope.capture.state;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** What a driver may leave out really changes nothing: {@link StateChanges} is held against what the state does. */
final class StateChangesTest {

    private static final int ROUNDS = 500;
    private static final byte[] FAMILIES = {1, 2, 10};
    /** Change only what few fields show: sizes of memory, and whether data went over a socket. */
    private static final int[] ASKED_FOR_WITH_FIELDS = {EventCodes.PPME_SYSCALL_BRK_4_X, EventCodes.PPME_SYSCALL_MMAP_X,
        EventCodes.PPME_SYSCALL_MMAP2_X, EventCodes.PPME_SYSCALL_MUNMAP_X, EventCodes.PPME_SYSCALL_READ_X,
        EventCodes.PPME_SYSCALL_WRITE_X, EventCodes.PPME_SYSCALL_READV_X, EventCodes.PPME_SYSCALL_WRITEV_X,
        EventCodes.PPME_SYSCALL_PREAD_X, EventCodes.PPME_SYSCALL_PWRITE_X, EventCodes.PPME_SYSCALL_PREADV_X,
        EventCodes.PPME_SYSCALL_PWRITEV_X};

    private static SystemState state() {
        SystemState state = new SystemState(null);
        ThreadInfo thread = new ThreadInfo(100);
        thread.pid = 100;
        thread.ptid = 1;
        thread.comm = Text.of("a");
        state.threads().add(thread);
        thread.fds().put(3, new FdInfo(FdType.FILE));
        FdInfo socket = new FdInfo(FdType.IPV4);
        socket.l4proto = FdInfo.L4_UDP;
        thread.fds().put(4, socket);
        thread.fds().put(5, new FdInfo(FdType.UNIX));
        FdInfo directory = new FdInfo(FdType.DIRECTORY);
        directory.name = Text.of("/tmp");
        thread.fds().put(6, directory);
        return state;
    }

    /** An fd, a number of an enumeration, or one bit of flags. */
    private static long number(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(64);
            case 1 -> 1L << random.nextInt(Integer.SIZE);
            default -> random.nextInt(8);
        };
    }

    private static EventBuilder random(Random random, EventType type) {
        EventBuilder builder = new EventBuilder(type.code()).tid(100);
        for (int i = 0; i < type.parameterCount(); i++) {
            ParameterInfo info = type.parameter(i);
            if (info.type().width() > 0) {
                builder.with(info.name(), number(random));
            } else if (random.nextBoolean()) {
                byte[] bytes = new byte[20 + random.nextInt(40)];
                random.nextBytes(bytes);
                bytes[0] = FAMILIES[random.nextInt(FAMILIES.length)];
                builder.with(info.name(), bytes);
            } else {
                builder.with(info.name(), "/some/where");
            }
        }
        return builder;
    }

    /** Whether events of a type can change what is known, but for when the thread was seen last. */
    private static boolean changes(EventType type, int rounds) {
        Random random = new Random(type.code());
        byte[] before = StateSnapshot.save(state());
        for (int round = 0; round < rounds; round++) {
            SystemState state = state();
            state.process(random(random, type).build());
            ThreadInfo thread = state.threads().get(100);
            if (thread != null) {
                ThreadInfo fresh = new ThreadInfo(100);
                thread.previousEventTime = fresh.previousEventTime;
                thread.lastEventTime = fresh.lastEventTime;
                thread.lastEventType = fresh.lastEventType;
                thread.lastEventFd = fresh.lastEventFd;
                thread.lastLatency = fresh.lastLatency;
                thread.enterType = fresh.enterType;
            }
            if (!Arrays.equals(before, StateSnapshot.save(state))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whatIsNotInTheSetChangesNothing() {
        BitSet asked = new BitSet();
        Arrays.stream(ASKED_FOR_WITH_FIELDS).forEach(asked::set);
        for (int code = 1; code < EventCodes.COUNT; code += 2) {
            EventType type = EventType.of(code);
            if (type.category().startsWith("SYSCALL") && !StateChanges.by(type)) {
                assertThat(changes(type, ROUNDS)).as(type.enumName()).isEqualTo(asked.get(code));
            }
        }
    }

    @Test
    void theSetHoldsWhatChangesTheState() {
        for (int code : new int[] {EventCodes.PPME_SYSCALL_EXECVE_19_X, EventCodes.PPME_SYSCALL_CLONE_20_X,
            EventCodes.PPME_SYSCALL_PRCTL_X, EventCodes.PPME_SYSCALL_GETCWD_X, EventCodes.PPME_SYSCALL_PRLIMIT_X,
            EventCodes.PPME_SYSCALL_UNSHARE_X, EventCodes.PPME_SYSCALL_SETNS_X, EventCodes.PPME_SYSCALL_BPF_2_X,
            EventCodes.PPME_SOCKET_SEND_X, EventCodes.PPME_SYSCALL_CLOSE_X, EventCodes.PPME_SYSCALL_CHDIR_X}) {
            assertThat(StateChanges.by(EventType.of(code))).as(EventType.of(code).enumName()).isTrue();
            assertThat(changes(EventType.of(code), 40 * ROUNDS)).as(EventType.of(code).enumName()).isTrue();
        }
        assertThat(StateChanges.by(SyscallTable.byName("socketcall"))).isTrue();
        assertThat(StateChanges.by(SyscallTable.byName("getppid"))).isFalse();
    }
}
