package org.syscope.cli.ui.terminal;

/** Where screens are shown, and what else can be asked of it. */
public interface Display {

    /** A blank screen of the size that there is now. */
    Screen blank();

    /** Shows a screen, which must not be drawn into afterwards. */
    void show(Screen screen);

    /** Draws everything anew at the next {@link #show}. */
    void redraw();

    /** Puts a text on the clipboard of the user's desktop, where that can be done. */
    void copy(String text);

    /** Leaves the terminal to another program; no key is read meanwhile. */
    void lend();

    /** Takes it again. */
    void takeBack();

    /** Stops the process as Ctrl+Z does; returns when it goes on. */
    void stop();
}
