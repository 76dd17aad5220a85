package org.syscope.capture.event;

import java.io.IOException;

/** Where events come from: a driver's rings, merged by time, or the event blocks of a capture file. */
public interface EventSource extends AutoCloseable {

    /** What {@link #next} found. */
    enum Next {
        /** The event view points at an event. */
        EVENT,
        /** Nothing now, perhaps later (live only): the caller flushes its output, looks at its deadlines and asks again. */
        IDLE,
        /** There is nothing more. */
        END
    }

    /**
     * Points {@code event} at the next event. The view is valid until the next call.
     *
     * @throws IOException if the source is damaged or fails; everything before that place was delivered
     */
    Next next(Event event) throws IOException;

    @Override
    void close() throws IOException;
}
