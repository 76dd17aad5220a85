package org.syscope.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes in comes out, in order and unchanged, over the borders of blocks, with as much memory as said. */
class EventQueueTest {

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void firstInFirstOut() throws Exception {
        Random random = new Random(7);
        ArrayDeque<byte[]> expected = new ArrayDeque<>();
        Event event = new Event();
        try (EventQueue queue = new EventQueue()) {
            for (int i = 0; i < 5000; i++) {
                byte[] data = bytes(random, random.nextInt(i % 100 == 0 ? 60_000 : 2000));
                Events source = new Events().add(i % 2, i, 4, EventCodes.PPME_SYSCALL_READ_X, Events.i64(i), data);
                assertThat(source.next(event)).isEqualTo(EventSource.Next.EVENT);
                queue.add(event, 0);
                expected.add(data);
                while (queue.bytes() > 3_000_000) {
                    check(queue, expected.remove());
                }
                assertThat(queue.size()).isEqualTo(expected.size());
            }
            List<byte[]> seen = new ArrayList<>();
            queue.forEach(each -> seen.add(each.bytes(1)));
            assertThat(seen).hasSameSizeAs(expected);
            while (!expected.isEmpty()) {
                assertThat(Arrays.equals(seen.removeFirst(), expected.peek())).isTrue();
                check(queue, expected.remove());
            }
            assertThat(queue.bytes()).isZero();
            assertThat(queue.size()).isZero();
        }
    }

    private static void check(EventQueue queue, byte[] data) throws Exception {
        Event oldest = new Event();
        queue.oldest(oldest);
        assertThat(oldest.stateOnly()).isEqualTo(oldest.signed(0, -1) % 2 == 1);
        assertThat(oldest.tid()).isEqualTo(4);
        assertThat(Arrays.equals(oldest.bytes(1), data)).isTrue();
        queue.remove();
    }

    @Test
    void anEmptyQueueTakesEventsAgain() throws Exception {
        Event event = new Event();
        try (EventQueue queue = new EventQueue()) {
            for (int i = 0; i < 3; i++) {
                new Events().add(i, 1, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(i)).next(event);
                queue.add(event, Event.STATE_ONLY);
                queue.oldest(event);
                assertThat(event.timestamp()).isEqualTo(i);
                assertThat(event.stateOnly()).isTrue();
                queue.remove();
                assertThat(queue.size()).isZero();
            }
        }
    }
}
