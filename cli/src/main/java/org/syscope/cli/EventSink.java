package org.syscope.cli;

import java.io.IOException;
import org.syscope.filters.field.EventContext;

/** Where events go: lines, a capture file, a summary. Called by one thread. */
interface EventSink extends AutoCloseable {

    /** Takes in an event that passed the filter. */
    void accept(EventContext context) throws IOException;

    /** Takes in an event that is never shown: one about the capture itself, or one kept for the state's sake. */
    default void acceptHidden(EventContext context) throws IOException {
    }

    /** Takes in an event that the filter refused. */
    default void acceptRefused(EventContext context) throws IOException {
    }

    /** Lets others see what was taken in so far; called when a live source has nothing for now, and now and then. */
    default void flush() throws IOException {
    }

    /** Finishes the output; there will be no more events. */
    @Override
    void close() throws IOException;
}
