package org.syscope.chisels.views;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;

/**
 * A run of views as its front end sees and steers it. Every method may be called by any thread and returns at once: what it
 * asks for is done by the thread that takes the events in, before its next event. What came of it is in the next
 * {@link #shown()}.
 */
public interface ViewRun {

    /** The views there are. */
    ViewLibrary library();

    /** What is to be seen now: never changes, a newer one takes its place. */
    Shown shown();

    /**
     * Has an action run whenever {@link #shown()} gives something new; by the thread of the events, so it must be quick:
     * it notes the fact and wakes the thread that draws.
     */
    void onChange(Runnable action);

    /** Whether the run is over because a signal or a failure ended it; at the end of a file it is not. */
    boolean over();

    /** Ends the run. */
    void quit();

    // ---- where one is

    /** Opens another view of the same selection, {@link ViewLibrary#DIG} and {@link ViewLibrary#ECHO} included. */
    void open(String view) throws ViewException;

    /**
     * Goes down: the next view is about that row only.
     *
     * @param row of the current sample; null for all of them (spectrograms, event lines)
     * @param view which view to open; null for the one that the current view names, or the first that fits
     * @throws ViewException if no view fits
     */
    void drillDown(SampleRow row, String view) throws ViewException;

    /**
     * Goes down into an area of a spectrogram: the events with such latencies in that time, as lines.
     *
     * @param area what is chosen
     */
    void drillDown(SpectrogramArea area);

    /** Goes up to where the last step was done; false if there was none. */
    boolean back();

    /** The steps down to here, oldest first. */
    List<Selection> path();

    // ---- what is shown of it

    /** Sorts by a column, from 0; the same column again turns the order round. */
    void sort(int column);

    /** Shows rows and lines only that have the text somewhere; empty for all. */
    void rowFilter(String text);

    /**
     * Replaces the whole filter, the view's and those of the selections included; empty goes back to them.
     *
     * @throws FilterException if it is no filter
     */
    void eventFilter(String filter) throws FilterException;

    /** Holds what is shown, while events go on being taken in; or goes on. */
    void pause(boolean hold);

    /** Empties a list, event lines or I/O. */
    void clear();

    /** How buffers are shown in event lines and I/O. */
    void bufferFormat(BufferFormat format);

    // ---- time, of captures

    /**
     * Shows a part of the capture.
     *
     * @param from ns since the epoch
     * @param to ns since the epoch, included; both 0 for everything
     */
    void interval(long from, long to);

    /** Plays the capture from an instant on, ns since the epoch, at so many times its own speed; 0 stops. */
    void play(long from, double speed);

    // ---- taking along

    /** The command line that prints what is on the screen. */
    String commandLine();

    /**
     * Writes the events of the selection into a capture file: of a file all of them, of a live trace those to come, until
     * {@link #quit()} or the next call.
     *
     * @param file where to; null ends the writing
     * @throws IOException if the file cannot be written
     */
    void save(Path file) throws IOException;

    /** An action's command with the row's values in it, quoted for a shell. */
    String command(ViewAction action, SampleRow row);
}
