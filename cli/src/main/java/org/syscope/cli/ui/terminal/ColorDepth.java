package org.syscope.cli.ui.terminal;

import java.util.Map;

/** How many colours a terminal is trusted with. */
public enum ColorDepth {
    /** None: only weight, underlining and reversal. */
    NONE,
    /** The eight basic ones and weight. */
    BASIC,
    /** The palette of 256. */
    FULL;

    /**
     * What TERM, COLORTERM and NO_COLOR tell.
     *
     * @param careful whether the user asked for what every terminal can do
     */
    public static ColorDepth of(Map<String, String> environment, boolean careful) {
        String term = environment.getOrDefault("TERM", "");
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty() || term.startsWith("vt") || term.endsWith("-m")
                || term.endsWith("-mono")) {
            return NONE;
        }
        String more = environment.getOrDefault("COLORTERM", "");
        boolean full = term.contains("256color") || term.contains("direct") || more.equals("truecolor") || more.equals("24bit")
                || term.startsWith("xterm-kitty") || term.equals("alacritty");
        return full && !careful ? FULL : BASIC;
    }
}
