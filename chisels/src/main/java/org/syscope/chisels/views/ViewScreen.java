package org.syscope.chisels.views;

import java.io.IOException;

/**
 * A front end that a person sits at. It is called by the main thread and returns when the user has had enough; events are
 * meanwhile taken in by another thread.
 */
@FunctionalInterface
public interface ViewScreen {
    /**
     * Shows the run until the user quits or {@link ViewRun#over()} says that a signal ended it. The terminal is as it was
     * before when this returns, however it returns.
     *
     * @throws IOException if the terminal cannot be used
     */
    void show(ViewRun run) throws IOException;
}
