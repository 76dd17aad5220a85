package org.syscope.cli.ui;

import java.util.List;

/** The page behind F1. */
final class HelpText {

    static final List<String> LINES = List.of(
            "Tables",
            "  arrows PgUp PgDn Home End    move; Left and Right choose a column, which is explained below the table",
            "  Enter, double click          drill down: what is open then is about that row only",
            "  Backspace                    back to where you came from",
            "  F2 v                         other views of the same selection",
            "  F9 >, Shift+1 to 9, click    sort by a column; again: the other way round",
            "  / Ctrl+F, F3 n N             search in the rows, next, previous",
            "  F4 \\                         show only rows with a text",
            "  =, click on Filter:          the filter of events, the whole of it; empty: the view's own again",
            "  F5 e                         echo: what the selection reads and writes",
            "  F6 d                         dig: the events of the selection",
            "  F12 G, Shift+F12 F           spectrogram of its latencies; of file I/O only",
            "  F7 L                         legend: what this view shows",
            "  F8 A, or the action's key    run a command for the row: kill, gdb, lsof ...",
            "  H                            history of each row on and off",
            "  y                            copy the row",
            "  c Del                        clear a list",
            "",
            "Everywhere",
            "  p                            pause the screen; events go on being taken in",
            "  T                            of a capture: choose an interval, step through it, play it",
            "  S                            save the events of the selection to a .scap file",
            "  F11 C                        the command line that prints what is on the screen",
            "  Ctrl+L, Ctrl+Z               draw the screen again, suspend",
            "  F10 q Ctrl+C                 quit (q goes back from event lines and I/O)",
            "  Esc and 1 to 9 or 0          F1 to F10, for keyboards without them",
            "",
            "Event lines and I/O",
            "  arrows PgUp PgDn Space Home End, F3 / next, Ctrl+G go to a line, F2 how data is shown: dotted, printable, hex",
            "  End runs with the newest line",
            "",
            "Spectrogram",
            "  A line is an interval, its cells latencies from 1 ns to 100 s; the more calls, the warmer.",
            "  Arrows choose a place, Space the corner of an area, or drag the mouse; Enter shows its events.");

    private HelpText() {
    }
}
