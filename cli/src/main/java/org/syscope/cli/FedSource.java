package org.syscope.cli;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.chisels.views.ViewEngine;

/**
 * A source that views are fed from: tells them the time before each event, does what front ends ask for between events,
 * ends when the capture has to be read again, and holds events back where a capture is played.
 */
final class FedSource implements EventSource {

    private static final int POLL_EVENTS = 256;
    /** How long a front end may have to wait while a capture is played, ns. */
    private static final long NAP = 20_000_000;

    private final EventSource source;
    private final ViewEngine engine;
    private final boolean live;
    private int untilPoll = 1;
    private long playedFrom;
    private long started;

    /**
     * Feeds from a source.
     *
     * @param live whether time goes on while nothing comes
     */
    FedSource(EventSource source, ViewEngine engine, boolean live) {
        this.source = source;
        this.engine = engine;
        this.live = live;
    }

    @Override
    public Next next(Event event) throws IOException {
        if (--untilPoll == 0) {
            untilPoll = POLL_EVENTS;
            if (engine.poll()) {
                return Next.END;
            }
        }
        Next next = source.next(event);
        if (next == Next.EVENT) {
            if (engine.speed() > 0 && !waitFor(event.timestamp())) {
                return Next.END;
            }
            engine.clock(event.timestamp());
        } else if (next == Next.IDLE) {
            untilPoll = 1;
            if (live) {
                engine.clock(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
            }
        }
        return next;
    }

    /** Waits until it is the event's turn; false if the capture has to be read again. */
    private boolean waitFor(long time) {
        if (playedFrom == 0) {
            playedFrom = time;
            started = System.nanoTime();
        }
        while (true) {
            long wait = (long) ((time - playedFrom) / engine.speed()) - (System.nanoTime() - started);
            if (wait <= 0) {
                return true;
            }
            if (engine.poll()) {
                return false;
            }
            engine.clock(Math.min(time, playedFrom + (long) ((System.nanoTime() - started) * engine.speed())));
            LockSupport.parkNanos(Math.min(wait, NAP));
            if (Thread.interrupted()) {
                return false;
            }
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
