package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Events that come while one is held are given out afterwards, in their order and whole. */
final class DelayLineTest {

    private static final long LONG = TimeUnit.MINUTES.toNanos(1);

    private final Event event = new Event();

    private static Events numbered(int count) {
        Events events = new Events();
        for (int i = 1; i <= count; i++) {
            events.add(i, 1, EventCodes.PPME_SYSCALL_CLOSE_X, Events.i64(i));
        }
        return events;
    }

    private List<Long> rest(DelayLine line) throws IOException {
        List<Long> rest = new ArrayList<>();
        while (line.next(event) == EventSource.Next.EVENT) {
            assertThat(event.signed(0, -1)).isEqualTo(event.timestamp());
            rest.add(event.timestamp());
        }
        return rest;
    }

    @Test
    void nothingIsCopiedWhereNothingIsAwaited() throws IOException {
        DelayLine line = new DelayLine(numbered(3));
        line.next(event);
        Object before = event.segment();
        assertThat(line.hold(event, () -> true, LONG)).isTrue();
        assertThat(event.segment()).isSameAs(before);
        assertThat(rest(line)).containsExactly(2L, 3L);
    }

    @Test
    void theHeldEventStaysAndTheOthersFollow() throws IOException {
        Events source = numbered(10);
        DelayLine line = new DelayLine(source);
        line.next(event);
        assertThat(line.hold(event, () -> source.given() == 4, LONG)).isTrue();
        assertThat(source.given()).isEqualTo(4);
        assertThat(event.timestamp()).isEqualTo(1);
        assertThat(event.number()).isEqualTo(1);
        assertThat(event.signed(0, -1)).isEqualTo(1);
        assertThat(rest(line)).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void anEventThatWaitedCanBeHeldItself() throws IOException {
        Events source = numbered(6);
        DelayLine line = new DelayLine(source);
        line.next(event);
        line.hold(event, () -> source.given() == 3, LONG);
        line.next(event);
        line.hold(event, () -> source.given() == 5, LONG);
        assertThat(event.timestamp()).isEqualTo(2);
        assertThat(rest(line)).containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void theWaitEndsWithTimeAndWithTheSource() throws IOException {
        DelayLine line = new DelayLine(numbered(3));
        line.next(event);
        assertThat(line.hold(event, () -> false, 0)).isFalse();
        assertThat(line.hold(event, () -> false, LONG)).isFalse();
        assertThat(rest(line)).containsExactly(2L, 3L);
    }
}
