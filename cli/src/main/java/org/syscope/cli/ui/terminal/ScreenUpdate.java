package org.syscope.cli.ui.terminal;

/**
 * Turns one screen into the next: the shortest way there that every terminal understands, cell by cell. Knows what is shown
 * and what style is set; {@link #forget()} when something else has written to the terminal.
 */
final class ScreenUpdate {

    /** Jumping costs up to eight bytes: so few unchanged cells are rather written again. */
    private static final int WORTH_A_JUMP = 5;

    private Screen shown;
    private int row;
    private int column;
    private int style;

    /** What is shown is not known any more: the next update draws everything. */
    void forget() {
        shown = null;
    }

    /** Appends what has to be sent so that the terminal shows {@code next}; nothing if it shows it already. */
    void update(Screen next, Bytes out) {
        int before = out.size();
        boolean all = shown == null || shown.rows() != next.rows() || shown.columns() != next.columns();
        if (all) {
            shown = null;
            out.ascii("\033[?25l\033[0m\033[H\033[2J");
            style = Style.PLAIN;
            row = 0;
            column = 0;
        } else if (shown.cursorRow() >= 0) {
            column = -1;
        }
        for (int each = 0; each < next.rows(); each++) {
            updateRow(shown, next, each, out);
        }
        boolean moved = out.size() > before;
        boolean wasVisible = !all && shown.cursorRow() >= 0;
        if (next.cursorRow() >= 0) {
            if (moved || !wasVisible || shown.cursorRow() != next.cursorRow() || shown.cursorColumn() != next.cursorColumn()) {
                column = -1;
                moveTo(next.cursorRow(), next.cursorColumn(), out);
                out.ascii("\033[?25h");
                column = -1;
            }
        } else if (wasVisible) {
            out.ascii("\033[?25l");
        }
        shown = next;
    }

    private void updateRow(Screen before, Screen next, int r, Bytes out) {
        int tail = blankTail(next, r);
        int columns = next.columns();
        for (int c = 0; c < columns; c++) {
            if (!differs(before, next, r, c)) {
                continue;
            }
            if (c >= tail) {
                moveTo(r, c, out);
                setStyle(Style.PLAIN, out);
                out.ascii("\033[K");
                return;
            }
            if (next.cell(r, c).isEmpty()) {
                continue;
            }
            moveTo(r, c, out);
            write(next, r, c, out);
        }
    }

    /** From which cell on the row holds nothing to be seen. */
    private static int blankTail(Screen next, int r) {
        int tail = next.columns();
        while (tail > 0 && next.cell(r, tail - 1).equals(" ") && Style.blankIsNothing(next.style(r, tail - 1))) {
            tail--;
        }
        return tail;
    }

    private static boolean differs(Screen before, Screen next, int r, int c) {
        if (before == null) {
            return !next.cell(r, c).equals(" ") || !Style.blankIsNothing(next.style(r, c));
        }
        if (!next.cell(r, c).equals(before.cell(r, c)) || next.style(r, c) != before.style(r, c)) {
            return true;
        }
        // half of a wide character cannot be drawn alone
        return c + 1 < next.columns() && next.cell(r, c + 1).isEmpty()
                && (!before.cell(r, c + 1).isEmpty() || next.style(r, c + 1) != before.style(r, c + 1));
    }

    private void moveTo(int r, int c, Bytes out) {
        if (column >= 0 && r == row && c == column) {
            return;
        }
        if (column >= 0 && r == row && c > column && c - column < WORTH_A_JUMP && shown != null && sameStyleBetween(r, c)) {
            for (int each = column; each < c; each++) {
                out.text(shown.cell(r, each));
            }
        } else {
            out.ascii("\033[");
            out.number(r + 1);
            if (c > 0) {
                out.ascii(";");
                out.number(c + 1);
            }
            out.ascii("H");
        }
        row = r;
        column = c;
    }

    /** Whether the cells that are passed over could be written again without another style, being plain ASCII. */
    private boolean sameStyleBetween(int r, int c) {
        for (int each = column; each < c; each++) {
            String cell = shown.cell(r, each);
            if (shown.style(r, each) != style || cell.length() != 1 || cell.charAt(0) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private void write(Screen next, int r, int c, Bytes out) {
        setStyle(next.style(r, c), out);
        String cell = next.cell(r, c);
        out.text(cell);
        boolean wide = c + 1 < next.columns() && next.cell(r, c + 1).isEmpty();
        int after = c + (wide ? 2 : 1);
        // terminals disagree about the width of many characters: behind one the place is set anew
        column = after < next.columns() && isOfSureWidth(cell) ? after : -1;
    }

    private static boolean isOfSureWidth(String cell) {
        char c = cell.charAt(0);
        return cell.length() == 1 && (c < 0x80 || c >= 0x2500 && c < 0x25a0 || c >= 0xa0 && c < 0x250 && c != 0xad);
    }

    private void setStyle(int wanted, Bytes out) {
        if (wanted != style) {
            style = wanted;
            if (wanted == Style.PLAIN) {
                out.ascii("\033[m");
            } else {
                Style.append(wanted, out);
            }
        }
    }
}
