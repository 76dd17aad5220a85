package org.syscope.capture.scap;

import java.io.IOException;
import org.syscope.capture.event.Event;

/** Where events are recorded: one file, or files that follow each other. */
public interface CaptureSink extends AutoCloseable {

    /**
     * Records an event with all that is behind it.
     *
     * @param flags 0, or {@link Event#STATE_ONLY} for an event that later readers do not show
     * @throws CaptureWriteException if the file cannot be written on, which is known some events later; so does every later call
     */
    void write(Event event, int flags) throws IOException;

    /** Has everything that was recorded put into the file now; does not wait for that where another thread does it. */
    void flush() throws IOException;

    /** How many events were recorded, in all files together; after a failure, how many of them are in the files. */
    long events();

    /** Completes the last file, and returns when everything is in it. */
    @Override
    void close() throws IOException;
}
