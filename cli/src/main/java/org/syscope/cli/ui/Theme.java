package org.syscope.cli.ui;

import org.syscope.cli.ui.terminal.ColorDepth;
import org.syscope.cli.ui.terminal.Style;

/**
 * What things look like, for as many colours as there are. Without colours, weight and reversal tell the same.
 *
 * @param text ordinary text
 * @param label what names a value in the top lines
 * @param value the value behind it
 * @param heading a table's column names
 * @param sorted the name of the column that sorts
 * @param selected the row that is selected
 * @param key the number of a function key
 * @param menu what the function key does
 * @param help the line about the selected column
 * @param good what is at work
 * @param warning what the user should know
 * @param faint what is beside the point
 * @param panel a panel's title
 * @param read data that was read
 * @param written data that was written
 * @param found what was searched for
 * @param spark history of a row
 */
record Theme(int text, int label, int value, int heading, int sorted, int selected, int key, int menu, int help, int good,
        int warning, int faint, int panel, int read, int written, int found, int spark, Shades shades) {

    private static final int[] FULL_SHADES = {22, 28, 34, 40, 46, 82, 118, 154, 190, 226, 220, 214, 208, 202, 196};
    private static final int[] BASIC_SHADES = {2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1};
    private static final String DENSITY = ".:-=+*oO#%@";

    /**
     * The scale of a spectrogram: from few to many.
     *
     * @param colors background colours of blanks; null where signs are used instead
     */
    record Shades(int[] colors) {

        /** How many steps there are. */
        int steps() {
            return colors == null ? DENSITY.length() : colors.length;
        }

        String sign(int step) {
            return colors == null ? String.valueOf(DENSITY.charAt(step)) : " ";
        }

        int style(int step) {
            return colors == null ? Style.PLAIN : Style.background(colors[step]);
        }
    }

    static Theme of(ColorDepth colors) {
        return switch (colors) {
            case FULL -> new Theme(Style.PLAIN, Style.foreground(245), Style.foreground(80) | Style.BOLD,
                    Style.colors(16, 71), Style.colors(16, 114) | Style.BOLD, Style.colors(16, 80), Style.foreground(252),
                    Style.colors(16, 73), Style.foreground(109), Style.foreground(114), Style.foreground(215) | Style.BOLD,
                    Style.foreground(242), Style.colors(255, 24) | Style.BOLD, Style.foreground(210), Style.foreground(111),
                    Style.colors(16, 222), Style.foreground(71), new Shades(FULL_SHADES));
            case BASIC -> new Theme(Style.PLAIN, Style.PLAIN, Style.foreground(6) | Style.BOLD, Style.colors(0, 2),
                    Style.colors(0, 3), Style.colors(0, 6), Style.PLAIN, Style.colors(0, 6), Style.foreground(6),
                    Style.foreground(2) | Style.BOLD, Style.foreground(3) | Style.BOLD, Style.PLAIN,
                    Style.colors(7, 4) | Style.BOLD, Style.foreground(1), Style.foreground(4) | Style.BOLD, Style.colors(0, 3),
                    Style.foreground(2), new Shades(BASIC_SHADES));
            case NONE -> new Theme(Style.PLAIN, Style.PLAIN, Style.BOLD, Style.REVERSE,
                    Style.REVERSE | Style.BOLD | Style.UNDERLINE,
                    Style.REVERSE, Style.BOLD, Style.REVERSE, Style.PLAIN, Style.BOLD, Style.BOLD, Style.PLAIN,
                    Style.REVERSE | Style.BOLD, Style.PLAIN, Style.BOLD, Style.BOLD | Style.UNDERLINE, Style.PLAIN,
                    new Shades(null));
        };
    }
}
