package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.syscope.filters.text.OutputBuffer;

/**
 * The rows of a view at one moment: never changes, and may be read by any thread.
 *
 * @param columns the shown columns
 * @param rows sorted
 * @param nanos how much time the rows are about, ns
 * @param refused how many events had no room for their rows any more
 */
public record Sample(List<SampleColumn> columns, List<SampleRow> rows, long nanos, long refused) {

    /** Without rows. */
    static Sample empty(List<SampleColumn> columns) {
        return new Sample(columns, List.of(), 0, 0);
    }

    /** A cell as it is shown in a table. */
    public String text(SampleRow row, int column) {
        return CellText.nice(columns.get(column), row, column, nanos);
    }

    /** A cell as commands and filters take it: without units. */
    public String plain(SampleRow row, int column) {
        return CellText.plain(columns.get(column), row, column);
    }

    /** Adds a cell as JSON, in csysdig's form: numbers as they were added up, times of calls with their units. */
    public void json(OutputBuffer out, SampleRow row, int column) {
        CellText.json(out, columns.get(column), row, column);
    }

    /** The value that a column is sorted by and drawn: per second where it is shown so. */
    public double number(SampleRow row, int column) {
        return CellText.scaled(columns.get(column), row, column, nanos);
    }

    /** The same with only those rows that have the text somewhere, upper and lower case being the same. */
    public Sample matching(String text) {
        if (text.isEmpty()) {
            return this;
        }
        List<SampleRow> kept = new ArrayList<>();
        for (SampleRow row : rows) {
            if (find(row, text)) {
                kept.add(row);
            }
        }
        return new Sample(columns, kept, nanos, refused);
    }

    /** Whether a row has the text somewhere, upper and lower case being the same. */
    public boolean find(SampleRow row, String text) {
        for (int i = 0; i < columns.size(); i++) {
            if (contains(text(row, i), text)) {
                return true;
            }
        }
        return false;
    }

    static boolean contains(String text, String part) {
        for (int i = 0; i + part.length() <= text.length(); i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }

    /** The same in another order; equal rows by their keys, so that they do not jump. */
    public Sample sorted(int column, boolean ascending) {
        if (column < 0 || column >= columns.size()) {
            return this;
        }
        SampleColumn by = columns.get(column);
        Comparator<SampleRow> order = by.isText() ? Comparator.comparing(row -> row.bytes(column), Sample::compareBytes)
                : by.isReal() ? Comparator.comparingDouble(row -> row.number(by, column))
                        : Comparator.comparingLong(row -> row.integer(column));
        List<SampleRow> ordered = new ArrayList<>(rows);
        ordered.sort((ascending ? order : order.reversed()).thenComparing(SampleRow::key));
        return new Sample(columns, ordered, nanos, refused);
    }

    private static int compareBytes(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /** The place of the row with that key; -1 if it is not there. */
    public int indexOf(String key) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
