package org.syscope.cli;

import java.io.IOException;
import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.EventContext;

/**
 * The way of every event: source, state, filter, sinks. Ends when the source does, a limit is reached or a signal asks
 * for it. Allocates nothing per event.
 */
final class EventLoop {

    /** How often a busy source's output is let out, in time of the events, ns. */
    private static final long FLUSH_NANOS = 100_000_000;
    /** How often, in events, signals and the display of progress get their turn. */
    private static final int CHORE_EVENTS = 4096;

    /** Decides whether an event passes. */
    @FunctionalInterface
    interface EventTest {
        /** Whether the current event passes. */
        boolean matches(EventContext context);
    }

    /** Decides whether an event is left out as if it had not happened; the state has taken it in. */
    @FunctionalInterface
    interface Exclusion {
        /** Whether the event is left out. Asked once for each event, in order. */
        boolean excludes(Event event, SystemState state);
    }

    /** What belongs to events but is not in them, and comes later than they do: names of containers. */
    interface Metadata extends AutoCloseable {
        /** Sees to it that what the event belongs to is known, as well as can be; the state has taken the event in. */
        void complete(Event event) throws IOException;

        /**
         * The next event that tells what was found out; null if there is none. Belongs before the current event.
         *
         * @param time of the current event, ns since the epoch; 0 before the first
         */
        Event told(long time) throws IOException;

        @Override
        void close();
    }

    /** Handles many events at once where nobody looks at each of them. */
    @FunctionalInterface
    interface Shortcut {
        /** Handles those that come next; how many they were, 0 if the next one has to take the usual way. */
        long take() throws IOException;
    }

    /** What else is to be done now and then, such as showing progress. */
    @FunctionalInterface
    interface Chore {
        /** Does it; must return at once. */
        void run() throws IOException;
    }

    /**
     * What the loop is asked to do.
     *
     * @param filter decides; null lets all pass
     * @param excluded tells which events do not exist for the rest of the program; null for none
     * @param showInternal whether events about the capture itself pass like others
     * @param maxEvents how many events that pass end the loop
     * @param maxNanos how much time of the events, ns, ends the loop
     * @param numbers whether events are numbered here: a source of files does it itself
     * @param followed which events the state takes in; where nobody asks for it, that can be spared
     */
    record Options(EventTest filter, Exclusion excluded, boolean showInternal, long maxEvents, long maxNanos,
            boolean numbers, TypeProperty followed) {

        /** As above, with the state following the events. */
        Options(EventTest filter, Exclusion excluded, boolean showInternal, long maxEvents, long maxNanos, boolean numbers) {
            this(filter, excluded, showInternal, maxEvents, maxNanos, numbers, new TypeProperty(type -> true));
        }
    }

    private final SystemState state;
    private final CurrentEvent current;
    private final Options options;
    private final List<EventSink> sinks;
    private final Interrupts interrupts;
    private final Totals totals;
    private final Metadata metadata;
    private UnwantedThreads unwanted;
    private Shortcut shortcut = () -> 0;
    private final TypeProperty shown = new TypeProperty(CurrentEvent::isShown);
    private final Event event = new Event();
    private long firstTime = -1;
    private long lastTime;
    private long flushTime;
    private int untilChore = CHORE_EVENTS;

    /** A loop over the sources given to {@link #run}, one after another. */
    EventLoop(SystemState state, CurrentEvent current, Options options, List<EventSink> sinks, Interrupts interrupts,
            Totals totals) {
        this(state, current, options, sinks, interrupts, totals, null);
    }

    /** As above with {@code metadata}, which may be null. */
    EventLoop(SystemState state, CurrentEvent current, Options options, List<EventSink> sinks, Interrupts interrupts,
            Totals totals, Metadata metadata) {
        this.state = state;
        this.current = current;
        this.options = options;
        this.sinks = List.copyOf(sinks);
        this.interrupts = interrupts;
        this.totals = totals;
        this.metadata = metadata;
    }

    /** From now on {@code threads} are told of each event that the filter refuses, and of losses. */
    void tellRefused(UnwantedThreads threads) {
        unwanted = threads;
    }

    /** From now on events are handled by {@code way} where that can be. */
    void shorten(Shortcut way) {
        shortcut = way;
    }

    /**
     * Handles the events of a source.
     *
     * @param chore done when nothing comes, and every few thousand events
     * @return whether the source came to its end; false if a limit or a signal ended the loop
     * @throws IOException if the source or a sink fails; what came before was handled
     */
    boolean run(EventSource source, Chore chore) throws IOException {
        while (!interrupts.stopped()) {
            long handled = shortcut.take();
            if (handled > 0) {
                totals.events(handled);
                chore.run();
            }
            switch (source.next(event)) {
                case EVENT -> {
                    if (!take()) {
                        return false;
                    }
                    if (--untilChore == 0) {
                        untilChore = CHORE_EVENTS;
                        chore.run();
                        flushNowAndThen();
                    }
                }
                case IDLE -> {
                    tell();
                    flush();
                    chore.run();
                    if (options.maxNanos() != Long.MAX_VALUE && outOfTime()) {
                        return false;
                    }
                }
                case END -> {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean take() throws IOException {
        totals.event();
        if (options.numbers()) {
            event.number(totals.events());
        }
        boolean followed = options.followed().holds(event.typeCode());
        if (followed) {
            state.process(event);
        }
        lastTime = event.timestamp();
        if (firstTime < 0) {
            firstTime = lastTime;
        }
        if (lastTime - firstTime >= options.maxNanos()) {
            return false;
        }
        if (options.excluded() != null && options.excluded().excludes(event, state)) {
            return true;
        }
        if (metadata != null) {
            if (followed) {
                metadata.complete(event);
            }
            tell();
        }
        current.point(event);
        boolean internal = !shown.holds(event.typeCode());
        if (internal) {
            totals.internal(event);
            if (unwanted != null && event.typeCode() == EventCodes.PPME_DROP_E) {
                unwanted.lost();
            }
        }
        if (event.stateOnly() || internal && !options.showInternal()) {
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).acceptHidden(current);
            }
        } else if (options.filter() != null && !options.filter().matches(current)) {
            if (unwanted != null) {
                unwanted.refused(current);
            }
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).acceptRefused(current);
            }
        } else {
            totals.match();
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).accept(current);
            }
            if (totals.matched() >= options.maxEvents()) {
                return false;
            }
        }
        return true;
    }

    /** Gives the sinks what was found out, so that a capture tells it before the first event that it belongs to. */
    private void tell() throws IOException {
        if (metadata == null) {
            return;
        }
        for (Event told = metadata.told(lastTime); told != null; told = metadata.told(lastTime)) {
            current.point(told);
            for (int i = 0; i < sinks.size(); i++) {
                sinks.get(i).acceptHidden(current);
            }
        }
    }

    /** A busy live source is never idle: its output is let out by time. */
    private void flushNowAndThen() throws IOException {
        if (options.numbers() && lastTime - flushTime > FLUSH_NANOS) {
            flushTime = lastTime;
            flush();
        }
    }

    /**
     * Handles what a source still has, after it was told to stop.
     *
     * @throws IOException as {@link #run}
     */
    void drain(EventSource source) throws IOException {
        while (source.next(event) == EventSource.Next.EVENT) {
            if (!take()) {
                return;
            }
        }
    }

    /** Whether the time is over although no event came to show it. */
    private boolean outOfTime() {
        return totals.nanos() >= options.maxNanos();
    }

    private void flush() throws IOException {
        for (int i = 0; i < sinks.size(); i++) {
            sinks.get(i).flush();
        }
    }

    /** Time of the last event, ns since the epoch; 0 before there was one. */
    long lastTime() {
        return lastTime;
    }
}
