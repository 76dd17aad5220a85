package org.syscope.capture.driver;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.syscope.capture.event.EventCodes;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the events of the workload "mixed": each must be whole, say what its round made, and come in its order. */
final class MixedRounds {

    private static final long BAD_FD = -9;
    private static final long INVALID = -22;

    private final Map<String, Long> last = new TreeMap<>();
    private long unreadable;

    /** Takes the next event; those of the program's start are passed over. */
    void take(Seen event) {
        switch (event.type().code()) {
            case EventCodes.PPME_SYSCALL_WRITE_X -> write(event);
            case EventCodes.PPME_SYSCALL_READ_X -> read(event);
            case EventCodes.PPME_SYSCALL_DUP2_X -> {
                assertThat(number(event, 0)).isEqualTo(BAD_FD);
                assertThat(number(event, 1)).isEqualTo(-1);
                next("dup2", number(event, 2));
            }
            case EventCodes.PPME_SYSCALL_LSEEK_X -> {
                if (number(event, 1) == -1) {
                    assertThat(number(event, 0)).isEqualTo(BAD_FD);
                    assertThat(event.parameters().get(3)).hasSize(1);
                    next("lseek", number(event, 2));
                }
            }
            case EventCodes.PPME_GENERIC_X -> {
                assertThat(event.result()).isEqualTo(INVALID);
                assertThat(event.arguments()).hasSize(2);
                assertThat(event.arguments()[0]).isEqualTo(100);
                next("getpriority", event.arguments()[1]);
            }
            default -> {
            }
        }
        assertThat(event.latency()).isNotNegative();
    }

    private void write(Seen event) {
        long size = number(event, 3);
        byte[] data = event.parameters().get(1);
        if (last.isEmpty() && size < Long.BYTES) {
            return;
        }
        if (number(event, 2) == -1) {
            assertThat(number(event, 0)).isEqualTo(BAD_FD);
            assertThat(data).isEmpty();
            unreadable += size > 0 ? 1 : 0;
            return;
        }
        assertThat(number(event, 0)).isEqualTo(size);
        long round = number(event, 1);
        assertThat(data).hasSize((int) (8 + round % 57));
        byte[] rest = new byte[data.length - 8];
        Arrays.fill(rest, (byte) ('a' + round % 26));
        assertThat(data).endsWith(rest);
        next("write", round);
    }

    /** What the process has read before its first round is its parent's, or the loader's. */
    private void read(Seen event) {
        long size = number(event, 3);
        byte[] data = event.parameters().get(1);
        if (last.isEmpty()) {
            return;
        }
        assertThat(number(event, 0)).isEqualTo(size);
        assertThat(data).isEqualTo(new byte[(int) size]);
    }

    private void next(String call, long round) {
        assertThat(round).as(call).isGreaterThan(last.getOrDefault(call, -1L));
        last.put(call, round);
    }

    private static long number(Seen event, int parameter) {
        byte[] bytes = event.parameters().get(parameter);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.length == Integer.BYTES ? in.getInt() : in.getLong();
    }

    /** How many events have no data although there was some to have. */
    long unreadable() {
        return unreadable;
    }

    /** The last round of each call. */
    Collection<Long> lasts() {
        return last.values();
    }
}
