package org.syscope.cli.ui;

import java.util.List;
import org.syscope.chisels.views.Shown;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Screen;

/** What fills the middle of the screen: a table, lines, a spectrogram. */
interface Pane {

    /** Draws what is to be seen now. */
    void draw(Screen screen, Area area, Shown shown);

    /** Takes a key; false if it means nothing here. */
    boolean key(KeyPress press);

    /** Takes a click or the wheel; false if it means nothing here. */
    boolean mouse(Mouse mouse);

    /** What the selected thing means; one line. */
    String help();

    /** The menu of this pane. */
    List<MenuItem> menu();

    /** Goes to the next place behind (or before) the current one that has the text; false if there is none. */
    boolean find(String text, boolean forward, boolean here);
}
