package org.syscope.chisels;

import org.syscope.filters.field.EventContext;

/**
 * The chisels of one run. The order of calls: {@link #add} for each {@code -c}, then the source is opened with whatever
 * the scripts asked of the {@link CaptureSession}, then {@link #start}, then {@link #event} or {@link #tick} for each
 * event in order of time, then {@link #end}, whether or not the events came to an end by themselves.
 *
 * <p>Not for use by several threads, {@link #interrupt} apart.
 */
public interface ChiselHost extends AutoCloseable {
    /**
     * Loads a chisel, gives it its arguments and has it initialise itself.
     *
     * @param name as on the command line
     * @param arguments all arguments in one text, separated by blanks, quoted by {@code '} or {@code `}; null for none
     * @throws ChiselException if any of that fails
     */
    void add(String name, String arguments) throws ChiselException;

    /** Whether no chisel was added. */
    boolean isEmpty();

    /**
     * Whether no chisel needs other events than those its own filter lets through, not even to see the time pass: a live
     * source need not send them. True for chisels of our own that have set a filter.
     */
    boolean needsOnlyFiltered();

    /**
     * Tells the scripts that the source is open and the thread table complete.
     *
     * @throws ChiselException if a script fails or gives up
     */
    void start() throws ChiselException;

    /**
     * Runs the chisels on an event that passed the capture's filter, whether or not such events are shown: procinfo and
     * other internal events are of interest to some.
     *
     * @param context the event
     * @param timestamp of it, ns since the epoch
     * @throws ChiselException if a script fails or gives up; the run is over, {@link #end} must not be called
     */
    void event(EventContext context, long timestamp) throws ChiselException;

    /**
     * Lets time pass for the scripts: for each event that did not pass the capture's filter, and every second or so while
     * none comes.
     *
     * @param context the event that was filtered out; null if there was none
     * @param timestamp of it, or the time now, ns since the epoch
     * @throws ChiselException as {@link #event}
     */
    void tick(EventContext context, long timestamp) throws ChiselException;

    /**
     * Tells the scripts that there will be no more events; most print their result now.
     *
     * @param timestamp of the last event, ns since the epoch
     * @throws ChiselException as {@link #event}
     */
    void end(long timestamp) throws ChiselException;

    /**
     * Makes a script that does not come back fail with an error that says so. To be called from another thread when the
     * user interrupts a second time, or when a script has kept the tool from stopping for a second.
     */
    void interrupt();

    /** Lets go of the scripts and whatever they opened. */
    @Override
    void close();
}
