package org.syscope.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** How much of a file is read, on one line of a terminal that is written over and over ({@code -P}). */
final class Progress {

    private static final long INTERVAL_NANOS = 200_000_000;
    private static final int WIDTH = 60;

    private final PrintStream err;
    private final LongSupplier clock;
    private final long start;
    private long next;
    private int shown;

    /**
     * Shows progress on {@code err}.
     *
     * @param clock ns, any origin
     */
    Progress(PrintStream err, LongSupplier clock) {
        this.err = err;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.next = start + INTERVAL_NANOS;
    }

    /**
     * Shows where the reader is, if it is time to.
     *
     * @param offset bytes read
     * @param size bytes of the file; 0 if that is not known
     * @param events read so far
     */
    void update(long offset, long size, long events) {
        long now = clock.getAsLong();
        if (now >= next) {
            next = now + INTERVAL_NANOS;
            show(offset, size, events, now - start);
        }
    }

    private void show(long offset, long size, long events, long nanos) {
        StringBuilder line = new StringBuilder();
        if (size > 0) {
            line.append(Figures.decimal(Math.min(offset, size) * 100, size, 2)).append(" %, ");
        }
        line.append(Figures.count(events, "event")).append(", ")
                .append(Figures.count(Math.round(events * 1e9 / Math.max(1, nanos)))).append(" a second");
        if (size > 0 && offset > 0) {
            long left = Math.round((double) nanos / offset * Math.max(0, size - offset));
            line.append(", ").append(Figures.seconds(left, 1)).append(" s left");
        }
        shown = Math.max(shown, line.length());
        err.print("\r" + line.repeat(' ', Math.max(0, Math.min(WIDTH, shown) - line.length())));
        err.flush();
    }

    /** Says that the file is read, and ends the line. */
    void done() {
        err.print("\r" + "100.00 %" + " ".repeat(Math.max(0, shown - "100.00 %".length())) + "\n");
        err.flush();
    }
}
