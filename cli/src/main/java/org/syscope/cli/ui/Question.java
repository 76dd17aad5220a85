package org.syscope.cli.ui;

import java.util.List;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Screen;

/** Asks before something that cannot be taken back; only y says yes. */
final class Question implements Overlay {

    private final UiContext ui;
    private final String text;
    private final Runnable yes;

    Question(UiContext ui, String text, Runnable yes) {
        this.ui = ui;
        this.text = text;
        this.yes = yes;
    }

    @Override
    public void draw(Screen screen, Area body) {
        int row = screen.rows() - 2;
        screen.fill(row, 0, screen.columns(), ui.theme().text());
        String end = " (y/n) ";
        int room = Math.max(1, screen.columns() - end.length() - 1);
        int at = screen.put(row, 0, text, ui.theme().warning(), room);
        at += screen.put(row, at, end, ui.theme().value());
        screen.cursor(row, at);
    }

    @Override
    public void input(Input input) {
        if (input instanceof KeyPress press) {
            ui.overlay(null);
            if (press.is('y') || press.is('Y')) {
                yes.run();
            } else {
                ui.message("not done");
            }
        }
    }

    @Override
    public List<MenuItem> menu() {
        return List.of(new MenuItem("y", "Yes", () -> input(KeyPress.of('y'))),
                new MenuItem("n", "No", () -> input(KeyPress.of('n'))));
    }
}
