package org.syscope.cli.ui.terminal;

import java.util.Arrays;
import org.jline.utils.WCWidth;

/**
 * A grid of cells to draw into. A cell holds one character with the combining marks on it; a wide character takes two, of which
 * the second is empty. Text comes from events, and so from anybody: what would steer the terminal or turn the
 * direction of writing is shown as {@code ?}. Drawing outside the grid draws nothing.
 */
public final class Screen {

    /** A combining sequence of more characters than these is cut: no name needs it, and it would cost without bound. */
    private static final int MAX_CELL = 12;
    private static final String BLANK = " ";
    private static final String HARMLESS = "?";
    private static final String[] ASCII = new String[128];

    static {
        for (char c = 0; c < ASCII.length; c++) {
            ASCII[c] = c < ' ' || c == 0x7f ? HARMLESS : String.valueOf(c);
        }
    }

    private final int rows;
    private final int columns;
    private final String[] cells;
    private final int[] styles;
    private int cursorRow = -1;
    private int cursorColumn = -1;

    /** A blank grid; sizes below 1 count as 1. */
    public Screen(int rows, int columns) {
        this.rows = Math.max(1, rows);
        this.columns = Math.max(1, columns);
        cells = new String[this.rows * this.columns];
        styles = new int[cells.length];
        Arrays.fill(cells, BLANK);
    }

    /** Height, in cells. */
    public int rows() {
        return rows;
    }

    /** Width, in cells. */
    public int columns() {
        return columns;
    }

    /** How many cells a code point takes: 0 for marks on the character before, 2 for wide ones, otherwise 1. */
    static int width(int codePoint) {
        if (codePoint < 0x7f) {
            return 1;
        }
        return isHarmful(codePoint) ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
    }

    /** How many cells a text takes. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length();) {
            int codePoint = text.codePointAt(i);
            width += width(codePoint);
            i += Character.charCount(codePoint);
        }
        return width;
    }

    private static boolean isHarmful(int codePoint) {
        return codePoint < ' ' || codePoint >= 0x7f && codePoint < 0xa0
                || codePoint >= 0x202a && codePoint <= 0x202e || codePoint >= 0x2066 && codePoint <= 0x2069
                || codePoint == 0x2028 || codePoint == 0x2029
                || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /**
     * Draws a text.
     *
     * @param width how many cells it may take at most; what is longer is cut, never in the middle of a wide character
     * @return how many cells it took
     */
    public int put(int row, int column, String text, int style, int width) {
        if (row < 0 || row >= rows || column < 0) {
            return 0;
        }
        int end = (int) Math.min(columns, (long) column + width);
        int at = column;
        int last = -1;
        for (int i = 0; i < text.length();) {
            int codePoint = text.codePointAt(i);
            i += Character.charCount(codePoint);
            int cellsOf = width(codePoint);
            if (cellsOf == 0) {
                if (last >= 0 && cells[last].length() < MAX_CELL) {
                    cells[last] += Character.toString(codePoint);
                }
                continue;
            }
            if (at + cellsOf > end) {
                break;
            }
            last = row * columns + at;
            clear(last);
            if (cellsOf == 2) {
                clear(last + 1);
                cells[last + 1] = "";
                styles[last + 1] = style;
            }
            cells[last] = isHarmful(codePoint) ? HARMLESS
                    : codePoint < ASCII.length ? ASCII[codePoint] : Character.toString(codePoint);
            styles[last] = style;
            at += cellsOf;
        }
        return at - column;
    }

    /** Draws a text as far as the row goes. */
    public int put(int row, int column, String text, int style) {
        return put(row, column, text, style, columns);
    }

    /** Draws a text, and blanks up to the full width; a text that is too long ends in a tilde when {@code mark} is set. */
    public void putPadded(int row, int column, String text, int style, int width, boolean right, boolean mark) {
        int needed = width(text);
        fill(row, column, width, style);
        if (right && needed < width) {
            put(row, column + width - needed, text, style, needed);
            return;
        }
        put(row, column, text, style, width);
        if (mark && needed > width && width > 1) {
            put(row, column + width - 1, "~", style, 1);
        }
    }

    /** Blanks in a style. */
    public void fill(int row, int column, int width, int style) {
        if (row < 0 || row >= rows) {
            return;
        }
        int end = (int) Math.min(columns, (long) column + width);
        for (int at = Math.max(0, column); at < end; at++) {
            clear(row * columns + at);
            styles[row * columns + at] = style;
        }
    }

    /** Blanks a cell; the other half of a wide character that it was part of goes with it. */
    private void clear(int at) {
        if (cells[at].isEmpty()) {
            cells[at - 1] = BLANK;
        } else if (at % columns + 1 < columns && cells[at + 1].isEmpty()) {
            cells[at + 1] = BLANK;
        }
        cells[at] = BLANK;
    }

    /** Shows the cursor at a cell. */
    public void cursor(int row, int column) {
        cursorRow = Math.min(row, rows - 1);
        cursorColumn = Math.min(column, columns - 1);
    }

    /** Row of the cursor; -1 where it is hidden. */
    int cursorRow() {
        return cursorRow;
    }

    int cursorColumn() {
        return cursorColumn;
    }

    /** Text of a cell; empty for the second half of a wide character. */
    String cell(int row, int column) {
        return cells[row * columns + column];
    }

    /** Style of a cell. */
    public int style(int row, int column) {
        return styles[row * columns + column];
    }

    /** A row as text, without the blanks at its end. */
    public String line(int row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            line.append(cell(row, column));
        }
        return line.toString().stripTrailing();
    }

    /** All rows as text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            text.append(line(row)).append('\n');
        }
        return text.toString();
    }
}
