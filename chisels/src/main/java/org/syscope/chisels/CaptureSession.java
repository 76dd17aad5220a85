package org.syscope.chisels;

import java.io.OutputStream;
import java.util.List;
import java.util.OptionalDouble;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;

/**
 * The run that chisels are part of, as far as a script may see or change it. The tool implements it; everything is
 * called from the thread that handles events.
 */
public interface CaptureSession {
    /** Decides whether a chisel sees an event. */
    @FunctionalInterface
    interface EventTest {
        /** Looks at the current event. */
        boolean test(EventContext context);
    }

    /** Writes the line of an event, or whatever the output options say, to {@link #out()}. */
    @FunctionalInterface
    interface EventPrinter {
        /** Prints the current event. */
        void print(EventContext context);
    }

    /**
     * Fields that scripts can ask for. Buffers are not cut. May be another catalog once a script has called
     * {@link #setOutputFormat}, but no longer after the host has started.
     */
    FieldCatalog fields();

    /**
     * Compiles a chisel's own filter.
     *
     * @throws ChiselException if it is wrong; with what, where and what may have been meant
     */
    EventTest filter(String expression) throws ChiselException;

    /**
     * Makes a printer of event lines.
     *
     * @param format an output format; empty or {@code default} for the tool's own
     * @throws ChiselException if it is wrong
     */
    EventPrinter printer(String format) throws ChiselException;

    /** Where scripts print: the tool's standard output, buffered. */
    OutputStream out();

    /** The system as it is at the current event. */
    SystemState state();

    /** Whether {@link #out()} is a terminal. */
    boolean isTerminal();

    /** Columns of the terminal; -1 if there is none. */
    int terminalWidth();

    /** Rows of the terminal; -1 if there is none. */
    int terminalHeight();

    /** Whether events come from the running machine, not from a file. */
    boolean isLive();

    /** Name of the capture file as given; empty if live. */
    String sourceName();

    /** The capture's filter as given by the user or set by a script; empty if there is none. */
    String captureFilter();

    /** Whether the user asked for container columns ({@code -pc} and its like). */
    boolean showsContainers();

    /** Whether the user asked for JSON ({@code -j}). */
    boolean printsJson();

    /** Time of the first event, ns since the epoch; 0 before there was one. */
    long firstTimestamp();

    /** Time of the event seen last, ns since the epoch; 0 before there was one. */
    long lastTimestamp();

    /** How much of the file has been read, 0 to 100; empty if live. */
    OptionalDouble readProgress();

    /** The containers that are known, the host not among them. */
    List<Container> containers();

    /**
     * A container.
     *
     * @param id 12 digits, or the name its engine uses
     * @param name its name; may be empty
     * @param image the image it runs; may be empty
     * @param type of the engine: {@code docker}, {@code lxc}, ...
     */
    record Container(String id, String name, String image, String type) {
    }

    /**
     * Sets the capture's filter for all chisels and sinks, in addition to the user's.
     *
     * @throws ChiselException if it is wrong
     */
    void setCaptureFilter(String expression) throws ChiselException;

    /** Sets how many bytes of a buffer the driver keeps; no effect on files. */
    void setSnaplen(int bytes);

    /**
     * Sets how buffers and lines are written; ignored if the user chose it.
     *
     * @param format {@code normal}, {@code json}, {@code simple}, {@code hex}, {@code hexascii}, {@code ascii},
     *         {@code base64} or {@code jsonbase64}
     */
    void setOutputFormat(String format);

    /** Sets whether events that are filtered out but change the state are written to a recording. */
    void setFatfile(boolean on);

    /** Asks for another run of the tool behind this one, with these words as its command line. */
    void requestRun(String commandLine);

    /** Ends the capture as if the user had interrupted it. */
    void endCapture();

    /**
     * Shows a script's message on standard error.
     *
     * @param level {@code debug}, {@code info}, {@code warning}, {@code error} or {@code critical}
     */
    void log(String level, String text);
}
