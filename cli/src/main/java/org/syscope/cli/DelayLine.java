package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.MalformedEventException;

/**
 * A source whose events can be made to wait without waiting for it: while an event is held, those behind it are taken out
 * of the source, so that its rings do not overflow, and are given out afterwards in their order.
 */
final class DelayLine implements EventSource {

    /** Whether what is waited for has come. */
    @FunctionalInterface
    interface Arrival {
        /** Asked often; must be cheap. */
        boolean hasCome();
    }

    /** More than this is not kept, bytes: the wait ends. */
    private static final long MAX_BYTES = 64L << 20;

    private record Kept(byte[] bytes, int cpu, int flags) {
    }

    private final EventSource source;
    private final ArrayDeque<Kept> waiting = new ArrayDeque<>();
    private final Event scratch = new Event();
    private long bytes;
    private boolean ended;

    /** A line behind a source. */
    DelayLine(EventSource source) {
        this.source = source;
    }

    @Override
    public Next next(Event event) throws IOException {
        Kept first = waiting.poll();
        if (first != null) {
            bytes -= first.bytes.length;
            point(event, first);
            return Next.EVENT;
        }
        return ended ? Next.END : source.next(event);
    }

    /**
     * Waits while events go on coming. Afterwards {@code event} is a view of a copy of what it was before.
     *
     * @param nanos how long at most, ns
     * @return whether it has come
     * @throws IOException if the source fails
     */
    boolean hold(Event event, Arrival arrival, long nanos) throws IOException {
        if (arrival.hasCome()) {
            return true;
        }
        long number = event.number();
        point(event, copy(event));
        event.number(number);
        long start = System.nanoTime();
        boolean come = false;
        while (!come && System.nanoTime() - start < nanos && bytes < MAX_BYTES && !ended) {
            switch (source.next(scratch)) {
                case EVENT -> {
                    Kept kept = copy(scratch);
                    waiting.add(kept);
                    bytes += kept.bytes.length;
                }
                case END -> ended = true;
                case IDLE -> {
                    // the source has waited a moment
                }
            }
            come = arrival.hasCome();
        }
        return come;
    }

    private static Kept copy(Event event) {
        byte[] copy = new byte[event.length() + event.optionsLength()];
        MemorySegment.copy(event.segment(), ValueLayout.JAVA_BYTE, event.offset(), copy, 0, copy.length);
        return new Kept(copy, event.cpu(), event.blockFlags());
    }

    private static void point(Event event, Kept kept) throws MalformedEventException {
        event.wrap(MemorySegment.ofArray(kept.bytes), 0, kept.bytes.length, kept.cpu, kept.flags);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
