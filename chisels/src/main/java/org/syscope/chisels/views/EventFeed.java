package org.syscope.chisels.views;

import java.io.IOException;
import java.nio.file.Path;

/** The one that feeds an engine of views. */
public interface EventFeed {
    /** Has {@link ViewEngine#poll()} called soon; may be called by any thread. */
    void wake();

    /** Ends the run; may be called by any thread. */
    void quit();

    /** How much of the file was read, 0 to 100; 100 live. */
    double progress();

    /** How many events were lost. */
    long lost();

    /** Finds out which calls threads are in now, where that can be asked; by the thread of the events. */
    void lookAtCalls();

    /** Whether a process is one of those that are looked at; by the thread of the events. */
    default boolean concerns(long pid) {
        return true;
    }

    /**
     * Writes a capture, see {@link ViewRun#save}.
     *
     * @param filter of the events to write; empty for all
     */
    void save(Path file, String filter) throws IOException;
}
