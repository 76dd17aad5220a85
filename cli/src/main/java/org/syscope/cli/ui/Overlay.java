package org.syscope.cli.ui;

import java.util.List;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Screen;

/** Something in front of the pane, which gets all keys while it is there. */
interface Overlay {

    /** Draws over the whole screen; the body is between the top lines and the line of help. */
    void draw(Screen screen, Area body);

    /** Takes what the user does. */
    void input(Input input);

    /** Its menu. */
    List<MenuItem> menu();

    /** What the line of help says meanwhile; null leaves it as it is. */
    default String help() {
        return null;
    }
}
