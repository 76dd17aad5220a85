package org.syscope.capture.scap;

import java.io.IOException;
import org.syscope.capture.event.Event;

/** Where events are recorded: one file, or files that follow each other. */
public interface CaptureSink extends AutoCloseable {

    /**
     * Records an event with all that is behind it.
     *
     * @param flags 0, or {@link Event#STATE_ONLY} for an event that later readers do not show
     * @throws CaptureWriteException if the file cannot be written on; so does every later call
     */
    void write(Event event, int flags) throws IOException;

    /** Puts everything that was recorded into the file. */
    void flush() throws IOException;

    /** How many events were recorded, in all files together. */
    long events();

    /** Completes the last file. */
    @Override
    void close() throws IOException;
}
