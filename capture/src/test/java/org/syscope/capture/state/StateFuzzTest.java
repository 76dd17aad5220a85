package org.syscope.capture.state;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterInfo;

import static org.assertj.core.api.Assertions.assertThat;

/** No sequence of events, however wrong, makes the state throw or lose count. */
final class StateFuzzTest {

    private static final int ROUNDS = 150_000;

    @Test
    void randomEventsNeverThrow() {
        Random random = new Random(42);
        SystemState state = new SystemState(null, 500);
        byte[] path = new byte[Paths.MAX_LENGTH];
        for (int round = 0; round < ROUNDS; round++) {
            Event event = random(random, round);
            state.process(event);
            state.enterEvent();
            if (state.thread() != null) {
                state.containerId(state.thread());
                state.parent(state.thread());
            }
            for (int i = 0; i < event.parameterCount(); i++) {
                state.resolvePath(event, i, i - 1, path);
            }
        }
        assertThat(state.threads().size()).isBetween(1, 500);
        for (long tid : state.threads().tids()) {
            assertThat(state.threads().get(tid).tid).isEqualTo(tid);
        }
    }

    private static Event random(Random random, int round) {
        int code = random.nextInt(EventCodes.COUNT);
        if (random.nextBoolean()) {
            code = INTERESTING[random.nextInt(INTERESTING.length)];
        }
        EventType type = EventType.of(code);
        EventBuilder builder = new EventBuilder(code).tid(random.nextInt(300)).at(round * 1000L);
        for (int i = 0; i < type.parameterCount(); i++) {
            ParameterInfo info = type.parameter(i);
            if (random.nextInt(5) == 0) {
                continue;
            }
            if (info.type().width() > 0) {
                builder.with(info.name(), random.nextInt(12) == 0 ? random.nextLong() : random.nextInt(310) - 5L);
            } else if (random.nextBoolean()) {
                byte[] bytes = new byte[random.nextInt(60)];
                random.nextBytes(bytes);
                if (bytes.length > 0) {
                    bytes[0] = FAMILIES[random.nextInt(FAMILIES.length)];
                }
                builder.with(info.name(), bytes);
            } else {
                builder.with(info.name(), "../x/".repeat(random.nextInt(300)));
            }
        }
        return builder.build(type.parameterCount() - random.nextInt(Math.min(3, type.parameterCount() + 1)));
    }

    private static final byte[] FAMILIES = {1, 2, 10, 0, -1, '/', '.'};
    private static final int[] INTERESTING = {EventCodes.PPME_SYSCALL_CLONE_20_X, EventCodes.PPME_SYSCALL_EXECVE_19_X,
        EventCodes.PPME_PROCEXIT_1_E, EventCodes.PPME_SOCKET_CONNECT_E, EventCodes.PPME_SOCKET_CONNECT_X,
        EventCodes.PPME_SOCKET_SOCKET_X, EventCodes.PPME_SYSCALL_OPENAT_2_X, EventCodes.PPME_SYSCALL_CLOSE_X,
        EventCodes.PPME_SYSCALL_DUP2_X, EventCodes.PPME_SOCKET_SENDTO_E, EventCodes.PPME_SOCKET_SENDTO_X,
        EventCodes.PPME_SOCKET_RECVMSG_X, EventCodes.PPME_SOCKET_BIND_X, EventCodes.PPME_SYSCALL_CLOSE_RANGE_X,
        EventCodes.PPME_SYSCALL_CHDIR_X, EventCodes.PPME_SYSCALL_EXECVEAT_E};
}
