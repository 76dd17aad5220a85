package org.syscope.cli.ui;

import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.ViewRun;

/** What the parts of the screen share. */
interface UiContext {

    ViewRun run();

    Theme theme();

    Glyphs glyphs();

    Commands commands();

    /** The text that was searched for; empty for none. */
    String searched();

    /** Searches for another text from now on. */
    void searched(String text);

    /** Goes down; a view that cannot be opened becomes a message. */
    void drillDown(SampleRow row, String view);

    /** Tells the user something until the next key. */
    void message(String text);

    /** Puts something in front; null takes it away. */
    void overlay(Overlay overlay);

    /** What fills the middle now. */
    Pane pane();
}
