package org.syscope.cli.ui;

import java.util.List;
import java.util.stream.IntStream;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.cli.ui.terminal.Screen;

/**
 * Where the columns of a table stand. Widths are those that the view gives; one with width 0 takes the rest of the line. On a
 * narrow screen, where less than {@link #GOOD_REST} would be left for it, the others get only what their texts need. What
 * does not fit even so is reached by scrolling sideways, a column at a time.
 *
 * @param starts column of the screen where each shown column begins; those that are not shown have -1
 * @param widths width of each in cells, the blank behind it not counted
 */
record ColumnLayout(int[] starts, int[] widths) {

    private static final int GOOD_REST = 32;
    private static final int UNSAID = 20;
    /** Room for the sign of the sorting column. */
    private static final int SIGN = 1;

    /**
     * Lays columns out.
     *
     * @param room cells of the line
     * @param first the first column shown
     * @param widest what the texts of each column need, so far as is known; all 0 before there was a row
     */
    static ColumnLayout of(List<SampleColumn> columns, int room, int first, int[] widest) {
        int[] wanted = new int[columns.size()];
        int sum = 0;
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = wanted(columns.get(i));
            sum += isRest(columns.get(i)) ? GOOD_REST : wanted[i] + 1;
        }
        boolean narrow = sum > room && IntStream.of(widest).anyMatch(width -> width > 0);
        for (int i = 0; i < wanted.length && narrow; i++) {
            if (!isRest(columns.get(i))) {
                wanted[i] = Math.min(wanted[i], Math.max(widest[i], Screen.width(columns.get(i).name()) + SIGN));
            }
        }
        int[] starts = new int[wanted.length];
        int[] widths = new int[wanted.length];
        int at = 0;
        for (int i = 0; i < wanted.length; i++) {
            starts[i] = -1;
            if (i < first || at >= room) {
                continue;
            }
            starts[i] = at;
            widths[i] = Math.min(wanted[i], room - at);
            if (isRest(columns.get(i)) || i == wanted.length - 1) {
                widths[i] = Math.max(widths[i], room - at - behind(wanted, i + 1));
            }
            at += widths[i] + 1;
        }
        return new ColumnLayout(starts, widths);
    }

    private static boolean isRest(SampleColumn column) {
        return column.definition().size() == 0;
    }

    private static int wanted(SampleColumn column) {
        int size = column.definition().size();
        return Math.max(size < 0 ? UNSAID : size - 1, Math.min(Screen.width(column.name()), UNSAID));
    }

    /** Cells that the columns from one on need. */
    private static int behind(int[] wanted, int from) {
        int needed = 0;
        for (int i = from; i < wanted.length; i++) {
            needed += wanted[i] + 1;
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
