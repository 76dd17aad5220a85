package org.syscope.cli;

import java.io.IOException;
import java.time.ZoneId;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;

/**
 * Which events of a capture are wanted ({@code --from}, {@code --to}), both ends included. Events of one capture can be a
 * little out of order in time: what is left out is decided for each, and reading ends {@link #DISORDER} behind the end.
 */
final class CaptureRange {

    /** How far events can be out of order, ns. */
    static final long DISORDER = 1_000_000_000;

    private final CapturePlace from;
    private final CapturePlace to;
    private final ZoneId zone;
    private long firstNumber = Long.MIN_VALUE;
    private long lastNumber = Long.MAX_VALUE;
    private long firstTime = Long.MIN_VALUE;
    private long lastTime = Long.MAX_VALUE;
    private boolean resolved;
    private long latest;

    /** Finds out the time of a capture's first or last event; 0 if no event has one. */
    @FunctionalInterface
    interface Times {
        /** Finds it. */
        long find() throws IOException;
    }

    /**
     * A range that is not yet tied to a capture.
     *
     * @param from where it begins; null for the start
     * @param to where it ends; null for the end
     * @param zone of times of day
     */
    CaptureRange(CapturePlace from, CapturePlace to, ZoneId zone) {
        this.from = from;
        this.to = to;
        this.zone = zone;
    }

    /** Ties it to a capture, whose first and last times are asked for only where they matter. */
    void resolve(Times first, Times last) throws IOException {
        boolean needsFirst = from != null && from.needsFirst() || to != null && to.needsFirst();
        boolean needsLast = from != null && from.needsLast() || to != null && to.needsLast();
        long start = needsFirst ? first.find() : 0;
        long end = needsLast ? last.find() : 0;
        if (from != null && from.kind() == CapturePlace.Kind.NUMBER) {
            firstNumber = from.value();
        } else if (from != null) {
            firstTime = from.time(start, end, zone);
        }
        if (to != null && to.kind() == CapturePlace.Kind.NUMBER) {
            lastNumber = to.value();
        } else if (to != null) {
            lastTime = to.time(start, end, zone);
        }
        resolved = true;
    }

    /** Whether {@link #resolve} needs the capture to be read to its end. */
    boolean needsLast() {
        return from != null && from.needsLast() || to != null && to.needsLast();
    }

    /** Number of the first event, if it is given by number; otherwise the least value. */
    long firstNumber() {
        return firstNumber;
    }

    /** Time of the first event, ns since the epoch, if it is given by time; otherwise the least value. */
    long firstTime() {
        return firstTime;
    }

    /**
     * Where an event of the capture lies; to be asked for each, in order. An event without a time lies where the one before
     * it does.
     *
     * @return {@link EventSource.Next#EVENT} if it is wanted, {@link EventSource.Next#IDLE} if it is passed over,
     *     {@link EventSource.Next#END} if neither it nor any later one is wanted
     */
    EventSource.Next where(Event event) {
        if (!resolved) {
            throw new IllegalStateException("not tied to a capture");
        }
        long time = event.timestamp() > 0 ? event.timestamp() : latest;
        latest = Math.max(latest, time);
        if (event.number() > lastNumber || time > lastTime && time - lastTime > DISORDER) {
            return EventSource.Next.END;
        }
        return event.number() < firstNumber || time < firstTime || time > lastTime ? EventSource.Next.IDLE
                : EventSource.Next.EVENT;
    }
}
