package org.syscope.cli;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

/**
 * The part of a capture that is asked for. Events outside it are taken into the state here and reach nobody else. When it
 * has been made, the state is that before the first event of the part.
 */
final class RangedSource implements EventSource {

    private final EventSource source;
    private final CaptureRange range;
    private final SystemState state;
    private final BooleanSupplier stopped;
    private final Event first = new Event();
    private Next pending;

    /**
     * Goes to the first event of the part.
     *
     * @param range tied to this capture
     * @param stopped whether a signal asks for the end
     */
    RangedSource(EventSource source, CaptureRange range, SystemState state, BooleanSupplier stopped) throws IOException {
        this.source = source;
        this.range = range;
        this.state = state;
        this.stopped = stopped;
        pending = find(first);
    }

    private Next find(Event event) throws IOException {
        while (!stopped.getAsBoolean()) {
            Next next = source.next(event);
            Next place = next == Next.EVENT ? range.where(event) : Next.IDLE;
            if (next == Next.END || place == Next.END) {
                return Next.END;
            }
            if (place == Next.EVENT) {
                return Next.EVENT;
            }
            if (next == Next.EVENT) {
                state.process(event);
            }
        }
        return Next.END;
    }

    @Override
    public Next next(Event event) throws IOException {
        if (pending == null) {
            return find(event);
        }
        Next found = pending;
        if (found == Next.EVENT) {
            event.wrap(first.segment(), first.offset(), (long) first.length() + first.optionsLength(), first.cpu(),
                    first.blockFlags());
            event.number(first.number());
            pending = null;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
