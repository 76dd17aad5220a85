package org.syscope.cli;

import java.io.IOException;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.filters.field.EventContext;

/**
 * Writes events into a capture. What is about the capture itself is kept too; what the filter refused is kept, hidden,
 * where later names and fds depend on it and that is wanted.
 */
final class RecordingSink implements EventSink {

    private final CaptureSink sink;
    private final boolean fat;
    private final TypeProperty changesState = new TypeProperty(type -> type.is(EventFlag.MODIFIES_STATE));

    /**
     * Writes into {@code sink} and closes it in the end.
     *
     * @param fat whether refused events that change the state are kept
     */
    RecordingSink(CaptureSink sink, boolean fat) {
        this.sink = sink;
        this.fat = fat;
    }

    @Override
    public void accept(EventContext context) throws IOException {
        sink.write(context.event(), 0);
    }

    @Override
    public void acceptHidden(EventContext context) throws IOException {
        sink.write(context.event(), 0);
    }

    @Override
    public void acceptRefused(EventContext context) throws IOException {
        if (fat && changesState.holds(context.eventCode())) {
            sink.write(context.event(), Event.STATE_ONLY);
        }
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
