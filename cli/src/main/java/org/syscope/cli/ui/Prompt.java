package org.syscope.cli.ui;

import java.util.List;
import java.util.function.Consumer;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.Paste;
import org.syscope.cli.ui.terminal.Screen;

/** A question at the bottom, answered by a line of text. */
final class Prompt implements Overlay {

    private final UiContext ui;
    private final String label;
    private final TextField field;
    private final Consumer<String> changed;
    private final Consumer<String> done;
    private final Runnable dropped;

    /**
     * A prompt.
     *
     * @param changed told the text whenever it changes
     * @param done told it when Enter is pressed, after the prompt is gone
     * @param dropped called when the user gives up
     */
    Prompt(UiContext ui, String label, String initial, Consumer<String> changed, Consumer<String> done, Runnable dropped) {
        this.ui = ui;
        this.label = label;
        this.field = new TextField(initial);
        this.changed = changed;
        this.done = done;
        this.dropped = dropped;
    }

    @Override
    public void draw(Screen screen, Area body) {
        field.draw(screen, screen.rows() - 2, label + " ", ui.theme().value(), ui.theme().text());
    }

    @Override
    public void input(Input input) {
        switch (input) {
            case Paste paste -> {
                field.paste(paste.text());
                changed.accept(field.text());
            }
            case KeyPress press -> key(press);
            case Mouse mouse -> ui.message("");
        }
    }

    private void key(KeyPress press) {
        if (press.is(Key.ENTER)) {
            ui.overlay(null);
            done.accept(field.text());
        } else if (press.is(Key.ESCAPE) || press.isControl('c') || press.is(Key.BACKSPACE) && field.text().isEmpty()) {
            ui.overlay(null);
            dropped.run();
        } else if (press.is(Key.F3) || press.isControl('f')) {
            done.accept(field.text());
        } else if (field.key(press)) {
            changed.accept(field.text());
        }
    }

    @Override
    public List<MenuItem> menu() {
        return List.of(new MenuItem("Enter", "Done", () -> key(KeyPress.of(Key.ENTER))),
                new MenuItem("Esc", "Cancel", () -> key(KeyPress.of(Key.ESCAPE))));
    }
}
