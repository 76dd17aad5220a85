package org.syscope.cli.ui.terminal;

/**
 * How a cell looks, in an int; 0 is the terminal's own look.
 *
 * <pre>
 *  bits 0-8: foreground + 1 | bits 9-17: background + 1 | 18 bold | 19 dim | 20 underlined | 21 reversed
 * </pre>
 *
 * Colours are numbers of the 256-colour palette (0 to 7 the basic ones, 8 to 15 their bright kin, as in ECMA-48 and xterm); 0 in
 * the place of a colour leaves the terminal's own.
 */
public final class Style {

    /** The terminal's own look. */
    public static final int PLAIN = 0;
    /** More weight. */
    public static final int BOLD = 1 << 18;
    /** Less weight. */
    public static final int DIM = 1 << 19;
    /** A line below. */
    public static final int UNDERLINE = 1 << 20;
    /** Foreground and background exchanged. */
    public static final int REVERSE = 1 << 21;

    private static final int BITS = 9;
    private static final int MASK = (1 << BITS) - 1;
    private static final int BRIGHT = 8;
    private static final int BASIC = 16;

    private Style() {
    }

    /** A foreground colour, 0 to 255. */
    public static int foreground(int color) {
        return color + 1;
    }

    /** A background colour, 0 to 255. */
    public static int background(int color) {
        return color + 1 << BITS;
    }

    /** Both. */
    public static int colors(int foreground, int background) {
        return foreground(foreground) | background(background);
    }

    /** Whether a blank in this style looks like nothing was written there. */
    static boolean blankIsNothing(int style) {
        return (style >> BITS & MASK) == 0 && (style & (REVERSE | UNDERLINE)) == 0;
    }

    /** Appends the sequence that sets this style, whatever was set before; basic colours as every terminal knows them. */
    static void append(int style, Bytes out) {
        out.ascii("\033[0");
        if ((style & BOLD) != 0) {
            out.ascii(";1");
        }
        if ((style & DIM) != 0) {
            out.ascii(";2");
        }
        if ((style & UNDERLINE) != 0) {
            out.ascii(";4");
        }
        if ((style & REVERSE) != 0) {
            out.ascii(";7");
        }
        color((style & MASK) - 1, 30, 90, "38", out);
        color((style >> BITS & MASK) - 1, 40, 100, "48", out);
        out.ascii("m");
    }

    private static void color(int color, int basic, int bright, String extended, Bytes out) {
        if (color < 0) {
            return;
        }
        out.ascii(";");
        if (color < BRIGHT) {
            out.number(basic + color);
        } else if (color < BASIC) {
            out.number(bright + color - BRIGHT);
        } else {
            out.ascii(extended);
            out.ascii(";5;");
            out.number(color);
        }
    }
}
