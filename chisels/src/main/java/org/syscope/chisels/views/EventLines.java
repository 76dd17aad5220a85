package org.syscope.chisels.views;

import java.util.List;

/**
 * Lines about events: never changes.
 *
 * @param lines oldest first
 * @param first number of the first of them, from 0, counting those that had no room any more
 */
public record EventLines(List<Line> lines, long first) {

    /** What a line is about. */
    public enum Direction {
        /** An event, neither read nor written. */
        NONE,
        /** Data that was read. */
        IN,
        /** Data that was written. */
        OUT
    }

    /**
     * One line.
     *
     * @param text without a line end, control characters escaped
     * @param direction of the data
     * @param heading whether it introduces data
     */
    public record Line(String text, Direction direction, boolean heading) {
    }
}
