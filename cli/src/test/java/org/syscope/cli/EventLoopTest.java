package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.EventContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What reaches the sinks, and what ends the loop. */
class EventLoopTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int CALL = EventCodes.PPME_SYSCALL_CLOSE_X;

    private final List<String> seen = new ArrayList<>();
    private final Interrupts interrupts = new Interrupts();
    private final Totals totals = new Totals();
    private int flushes;

    private final EventSink sink = new EventSink() {
        @Override
        public void accept(EventContext context) {
            seen.add("shown " + context.event().number());
        }

        @Override
        public void acceptHidden(EventContext context) {
            seen.add("hidden " + context.event().number());
        }

        @Override
        public void acceptRefused(EventContext context) {
            seen.add("refused " + context.event().number());
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            seen.add("closed");
        }
    };

    private EventLoop loop(EventLoop.EventTest filter, EventLoop.Exclusion excluded, boolean internal, long events, long nanos) {
        SystemState state = new SystemState(null);
        return new EventLoop(state, new CurrentEvent(state),
                new EventLoop.Options(filter, excluded, internal, events, nanos, false), List.of(sink), interrupts, totals);
    }

    private EventLoop plain() {
        return loop(null, null, false, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private static Events calls(int count) {
        Events events = new Events();
        for (int i = 0; i < count; i++) {
            events.add(i * SECOND, 1, CALL, Events.i64(0));
        }
        return events;
    }

    @Test
    void everyEventOfAnEndingSourceIsShown() throws IOException {
        assertThat(plain().run(calls(3), () -> { })).isTrue();
        assertThat(seen).containsExactly("shown 1", "shown 2", "shown 3");
        assertThat(totals.events()).isEqualTo(3);
        assertThat(totals.matched()).isEqualTo(3);
    }

    /** Where nobody asks for the state it is spared the events that change nothing, and so is what belongs to events. */
    @Test
    void theStateTakesInWhatItIsToFollow() throws IOException {
        SystemState state = new SystemState(null);
        List<Long> completed = new ArrayList<>();
        EventLoop.Metadata metadata = new EventLoop.Metadata() {
            @Override
            public void complete(Event event) {
                completed.add(event.number());
            }

            @Override
            public Event told(long time) {
                return null;
            }

            @Override
            public void close() {
                completed.add(-1L);
            }
        };
        Events events = new Events().add(0, 1, EventCodes.PPME_SYSCALL_FLOCK_X, Events.i64(0))
                .add(SECOND, 7, CALL, Events.i64(0));
        EventLoop.Options options = new EventLoop.Options(null, null, false, Long.MAX_VALUE, Long.MAX_VALUE, true,
                new TypeProperty(StateChanges::by));
        new EventLoop(state, new CurrentEvent(state), options, List.of(sink), interrupts, totals, metadata)
                .run(events, () -> { });
        assertThat(seen).containsExactly("shown 1", "shown 2");
        assertThat(completed).containsExactly(2L);
        assertThat(state.threads().get(1)).isNull();
        assertThat(state.threads().get(7)).isNotNull();
    }

    @Test
    void aFilterTellsRefusedOnesApart() throws IOException {
        loop(context -> context.event().number() != 2, null, false, Long.MAX_VALUE, Long.MAX_VALUE).run(calls(3), () -> { });
        assertThat(seen).containsExactly("shown 1", "refused 2", "shown 3");
        assertThat(totals.matched()).isEqualTo(2);
    }

    @Test
    void eventsForTheStateAndAboutTheCaptureAreHidden() throws IOException {
        Events events = calls(1).add(Event.STATE_ONLY, 5, 1, CALL, Events.i64(0)).add(6, -1, EventCodes.PPME_PROCINFO_E,
                Events.i64(1), Events.i64(2));
        plain().run(events, () -> { });
        assertThat(seen).containsExactly("shown 1", "hidden 2", "hidden 3");
    }

    @Test
    void internalEventsAreShownOnRequestStateOnlyOnesNever() throws IOException {
        Events events = calls(1).add(Event.STATE_ONLY, 5, 1, CALL, Events.i64(0)).add(6, -1, EventCodes.PPME_PROCINFO_E,
                Events.i64(1), Events.i64(2));
        loop(null, null, true, Long.MAX_VALUE, Long.MAX_VALUE).run(events, () -> { });
        assertThat(seen).containsExactly("shown 1", "hidden 2", "shown 3");
    }

    @Test
    void theNumberOfMatchingEventsEndsIt() throws IOException {
        Events events = calls(9);
        boolean ended = loop(context -> context.event().number() % 2 == 0, null, false, 2, Long.MAX_VALUE).run(events, () -> { });
        assertThat(ended).isFalse();
        assertThat(events.given()).isEqualTo(4);
        assertThat(seen).containsExactly("refused 1", "shown 2", "refused 3", "shown 4");
    }

    @Test
    void theTimeOfTheEventsEndsIt() throws IOException {
        assertThat(loop(null, null, false, Long.MAX_VALUE, 2 * SECOND).run(calls(9), () -> { })).isFalse();
        assertThat(seen).containsExactly("shown 1", "shown 2");
    }

    @Test
    void aSignalEndsItAtTheNextEvent() throws IOException {
        interrupts.stop();
        assertThat(plain().run(calls(3), () -> { })).isFalse();
        assertThat(seen).isEmpty();
    }

    @Test
    void whatWasLeftIsDrained() throws IOException {
        Events events = calls(3);
        interrupts.stop();
        EventLoop loop = plain();
        loop.run(events, () -> { });
        loop.drain(events);
        assertThat(seen).hasSize(3);
    }

    @Test
    void idleTimesLetOutputOutAndDoTheChore() throws IOException {
        int[] chores = {0};
        plain().run(calls(3).idleBefore(1), () -> chores[0]++);
        assertThat(flushes).isEqualTo(1);
        assertThat(chores[0]).isEqualTo(1);
    }

    @Test
    void excludedEventsReachNobody() throws IOException {
        loop(null, (event, state) -> event.number() == 2, false, Long.MAX_VALUE, Long.MAX_VALUE).run(calls(3), () -> { });
        assertThat(seen).containsExactly("shown 1", "shown 3");
    }

    @Test
    void aFailingSinkEndsItWithItsError() {
        EventLoop loop = loop(context -> {
            throw new IllegalStateException("broken");
        }, null, false, 1, 1);
        assertThatThrownBy(() -> loop.run(calls(1), () -> { })).hasMessage("broken");
    }
}
