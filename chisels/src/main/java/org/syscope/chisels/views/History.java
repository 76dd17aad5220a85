package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What a column had in the last intervals, for each row: a line of small bars beside it. Rows that were not there for as many
 * intervals are forgotten, and of very many rows only the first ones are remembered.
 */
final class History {

    /** How many intervals are remembered. */
    static final int LENGTH = 24;

    private static final int MAX_ROWS = 4096;

    private final Map<String, Line> lines = new HashMap<>();
    private long interval;

    private static final class Line {
        private final float[] values = new float[LENGTH];
        private long seen;
    }

    /** Takes in an interval that is over. */
    void add(Sample sample, int column) {
        interval++;
        if (column < 0 || column >= sample.columns().size() || !sample.columns().get(column).isNumeric()) {
            lines.clear();
            return;
        }
        for (SampleRow row : sample.rows()) {
            Line line = lines.get(row.key());
            if (line == null) {
                if (lines.size() >= MAX_ROWS) {
                    continue;
                }
                line = new Line();
                lines.put(row.key(), line);
            }
            shift(line, interval - line.seen);
            line.values[LENGTH - 1] = (float) sample.number(row, column);
            line.seen = interval;
        }
        for (Iterator<Line> i = lines.values().iterator(); i.hasNext();) {
            if (interval - i.next().seen > LENGTH) {
                i.remove();
            }
        }
    }

    private static void shift(Line line, long by) {
        int steps = (int) Math.min(by, LENGTH);
        System.arraycopy(line.values, steps, line.values, 0, LENGTH - steps);
        for (int i = LENGTH - steps; i < LENGTH; i++) {
            line.values[i] = 0;
        }
    }

    /** Forgets everything: another column, or another view. */
    void clear() {
        lines.clear();
    }

    /** What a row had until now, oldest first; null if nothing is known. */
    float[] of(byte[] key) {
        Line line = lines.get(key == null ? "<NA>" : new String(key, StandardCharsets.UTF_8));
        if (line == null) {
            return null;
        }
        float[] values = line.values.clone();
        long missing = Math.min(interval - line.seen, LENGTH);
        if (missing > 0) {
            System.arraycopy(line.values, (int) missing, values, 0, LENGTH - (int) missing);
            Arrays.fill(values, LENGTH - (int) missing, LENGTH, 0);
        }
        return values;
    }
}
