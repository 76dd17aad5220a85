package org.syscope.cli;

import java.io.IOException;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.scap.CaptureSink;
import org.syscope.filters.field.EventContext;

/**
 * Writes events into a capture. What is about the capture itself is kept too; what the filter refused is kept, hidden,
 * where later names and fds depend on it and that is wanted.
 */
final class RecordingSink implements EventSink {

    /** Creates the capture, with the state of this moment. */
    @FunctionalInterface
    interface Opener {
        /** Creates it. */
        CaptureSink open() throws IOException;
    }

    /** Begins the capture anew where the system is not any more what the events before made of it. */
    @FunctionalInterface
    interface Renewal {
        /** Does so if the lists of another source were read since the last call. */
        void check() throws IOException;
    }

    private final Opener opener;
    private final Renewal renewal;
    private final boolean fat;
    private final TypeProperty changesState = new TypeProperty(StateChanges::by);
    private CaptureSink sink;

    /**
     * Creates the capture with {@link #open()}, or else at the first event.
     *
     * @param renewal asked before each event but the first; null if there is one source only
     * @param fat whether refused events that change the state are kept
     */
    RecordingSink(Opener opener, Renewal renewal, boolean fat) {
        this.opener = opener;
        this.renewal = renewal;
        this.fat = fat;
    }

    /** As above, for one source. */
    RecordingSink(Opener opener, boolean fat) {
        this(opener, null, fat);
    }

    /** Creates the capture now. */
    void open() throws IOException {
        sink = opener.open();
    }

    /** How many events were written. */
    long events() {
        return sink == null ? 0 : sink.events();
    }

    private void write(EventContext context, int flags) throws IOException {
        if (sink == null) {
            open();
        }
        if (renewal != null) {
            renewal.check();
        }
        sink.write(context.event(), flags);
    }

    @Override
    public void accept(EventContext context) throws IOException {
        write(context, 0);
    }

    @Override
    public void acceptHidden(EventContext context) throws IOException {
        write(context, 0);
    }

    @Override
    public void acceptRefused(EventContext context) throws IOException {
        if (fat && changesState.holds(context.eventCode())) {
            write(context, Event.STATE_ONLY);
        }
    }

    @Override
    public void flush() throws IOException {
        if (sink != null) {
            sink.flush();
        }
    }

    @Override
    public void close() throws IOException {
        if (sink != null) {
            sink.close();
        }
    }
}
