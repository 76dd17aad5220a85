package org.syscope.cli.ui.terminal;

import java.util.Map;

/**
 * What a terminal is asked for while the UI is on, and how it is left.
 *
 * @param colors how many colours
 * @param utf8 whether it shows more than ASCII
 * @param careful whether only what every terminal can do is used: clicks without dragging, basic colours
 */
public record TerminalModes(ColorDepth colors, boolean utf8, boolean careful) {

    /** The launcher's note of the locale that it replaced for want of UTF-8. */
    private static final String REPLACED_LOCALE = "SYSCOPE_LOCALE";

    /**
     * What the environment tells.
     *
     * @param careful whether the user asked for what every terminal can do
     * @throws TerminalException if TERM says that the terminal cannot move its cursor
     */
    public static TerminalModes of(Map<String, String> environment, boolean careful) throws TerminalException {
        String term = environment.getOrDefault("TERM", "");
        if (term.isEmpty() || term.equals("dumb") || term.equals("unknown")) {
            throw new TerminalException((term.isEmpty() ? "TERM is not set" : "TERM=" + term)
                    + ": the UI needs a terminal that can move its cursor, such as TERM=xterm;"
                    + " without one: syscope, or syscope ui -j");
        }
        boolean utf8 = !environment.containsKey(REPLACED_LOCALE);
        return new TerminalModes(ColorDepth.of(environment, careful), utf8, careful);
    }

    /** Alternate screen, no cursor, no wrapping at the edge, bracketed paste, and the mouse in the coordinates of SGR (1006). */
    String on() {
        return "\033[?1049h\033[?25l\033[?7l\033[?2004h"
                + (careful ? "\033[?1000h\033[?1006h" : "\033[?1000h\033[?1002h\033[?1006h");
    }

    /** All of it taken back, in the order that leaves every terminal right; harmless where it was not on. */
    String off() {
        return "\033[?1006l\033[?1002l\033[?1000l\033[?2004l\033[0m\033[?7h\033[?25h\033[?1049l";
    }
}
