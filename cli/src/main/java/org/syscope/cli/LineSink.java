package org.syscope.cli;

import java.io.IOException;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.text.OutputBuffer;

/** Writes a line for each event. */
final class LineSink implements EventSink {

    /** Renders events. */
    @FunctionalInterface
    interface LineFormat {
        /**
         * Adds an event's line without its end.
         *
         * @return false if the event has no line because a field has no value; what was added does not count
         */
        boolean append(EventContext context, OutputBuffer line);
    }

    private final StandardOutput out;
    private final LineFormat format;
    private final EventLoop.EventTest shown;
    private final boolean flushEach;
    private final OutputBuffer line = new OutputBuffer();
    private long lines;

    /**
     * Writes lines to {@code out}.
     *
     * @param shown decides which events have a line; null for all
     * @param flushEach whether each line is let out at once
     */
    LineSink(StandardOutput out, LineFormat format, EventLoop.EventTest shown, boolean flushEach) {
        this.out = out;
        this.format = format;
        this.shown = shown;
        this.flushEach = flushEach;
    }

    @Override
    public void accept(EventContext context) throws IOException {
        if (shown != null && !shown.matches(context)) {
            return;
        }
        line.clear();
        if (format.append(context, line)) {
            line.append('\n');
            out.write(line.array(), 0, line.length());
            lines++;
            if (flushEach) {
                out.flush();
            }
        }
    }

    /** How many lines were written. */
    long lines() {
        return lines;
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
