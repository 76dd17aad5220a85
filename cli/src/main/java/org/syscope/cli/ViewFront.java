package org.syscope.cli;

import java.io.IOException;

/** What shows views: called by the thread of the events. */
interface ViewFront {

    /** The source is open: events come now. */
    default void opened() throws IOException {
    }

    /** To be called often while events come. */
    default void progress(double percent, long events) throws IOException {
    }

    /**
     * The file is read, and what the engine shows is final.
     *
     * @return whether more is wanted of it; false ends the run
     */
    boolean finished() throws IOException;

    /** Whether it ends with the file, unless {@link #finished} says otherwise at once; else it waits for commands. */
    default boolean waits() {
        return false;
    }
}
