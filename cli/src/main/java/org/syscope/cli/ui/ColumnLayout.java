package org.syscope.cli.ui;

import java.util.List;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.cli.ui.terminal.Screen;

/**
 * Where the columns of a table stand. Widths are those that the view gives; one with width 0 takes the rest of the line. What
 * does not fit at the right is reached by scrolling sideways, a column at a time; so that the rest of a narrow
 * screen is not nothing, the column that takes it has at least {@link #LEAST_REST} characters.
 *
 * @param first the first column shown
 * @param starts column of the screen where each shown column begins; those that are not shown have -1
 * @param widths width of each in cells, the blank behind it not counted
 */
record ColumnLayout(int first, int[] starts, int[] widths) {

    private static final int LEAST_REST = 12;
    private static final int UNSAID = 20;

    /**
     * Lays columns out.
     *
     * @param room cells of the line
     * @param first the first column wanted; as few as needed are left out
     */
    static ColumnLayout of(List<SampleColumn> columns, int room, int first) {
        int[] starts = new int[columns.size()];
        int[] widths = new int[columns.size()];
        int at = 0;
        for (int i = 0; i < columns.size(); i++) {
            starts[i] = -1;
            int size = columns.get(i).definition().size();
            boolean last = i == columns.size() - 1;
            int wanted = wanted(columns.get(i));
            if (i < first || at >= room) {
                continue;
            }
            starts[i] = at;
            if (size == 0 || last) {
                widths[i] = Math.max(size == 0 ? Math.min(LEAST_REST, room - at) : Math.min(wanted, room - at),
                        room - at - behind(columns, i + 1));
            } else {
                widths[i] = Math.min(wanted, room - at);
            }
            at += widths[i] + 1;
        }
        return new ColumnLayout(first, starts, widths);
    }

    private static int wanted(SampleColumn column) {
        int size = column.definition().size();
        return Math.max(size < 0 ? UNSAID : size - 1, Math.min(Screen.width(column.name()), UNSAID));
    }

    /** Cells that the columns from one on need. */
    private static int behind(List<SampleColumn> columns, int from) {
        int needed = 0;
        for (SampleColumn column : columns.subList(from, columns.size())) {
            needed += wanted(column) + 1;
        }
        return needed;
    }

    /** The column at a place of the screen; -1 if there is none. */
    int at(int screenColumn) {
        for (int i = starts.length - 1; i >= 0; i--) {
            if (starts[i] >= 0 && screenColumn >= starts[i]) {
                return i;
            }
        }
        return -1;
    }
}
