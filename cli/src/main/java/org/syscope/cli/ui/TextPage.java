package org.syscope.cli.ui;

import java.util.ArrayList;
import java.util.List;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Screen;

/** A page to read: help, the legend of a view, a command line. */
final class TextPage implements Overlay {

    private static final int WHEEL = 3;

    private final UiContext ui;
    private final String title;
    private final List<String> paragraphs;
    private final MenuItem extra;
    private int top;
    private int lines;
    private int visible = 1;

    /** A page; {@code extra} is one more thing to do with it, by its one-letter key, or null. */
    TextPage(UiContext ui, String title, List<String> paragraphs, MenuItem extra) {
        this.ui = ui;
        this.title = title;
        this.paragraphs = paragraphs;
        this.extra = extra;
    }

    @Override
    public void draw(Screen screen, Area body) {
        List<String> wrapped = new ArrayList<>();
        for (String paragraph : paragraphs) {
            wrapped.addAll(Wrapping.wrap(paragraph, body.columns() - 2));
        }
        lines = wrapped.size();
        visible = Math.max(1, body.rows() - 1);
        top = Math.max(0, Math.min(top, lines - visible));
        for (int i = 0; i < body.rows(); i++) {
            screen.fill(body.row() + i, body.column(), body.columns(), ui.theme().text());
        }
        screen.putPadded(body.row(), body.column(), title + (lines > visible ? "  (arrows scroll)" : ""), ui.theme().panel(),
                body.columns(), false, false);
        for (int i = 0; i < visible && top + i < lines; i++) {
            String line = wrapped.get(top + i);
            int style = line.startsWith(" ") || line.isEmpty() ? ui.theme().text() : ui.theme().value();
            screen.put(body.row() + 1 + i, body.column() + 1, line, style, body.columns() - 1);
        }
    }

    @Override
    public void input(Input input) {
        if (input instanceof Mouse mouse) {
            top += mouse.action() == MouseAction.WHEEL_DOWN ? WHEEL : mouse.action() == MouseAction.WHEEL_UP ? -WHEEL : 0;
        } else if (input instanceof KeyPress press) {
            switch (press.key()) {
                case UP -> top--;
                case DOWN -> top++;
                case PAGE_UP -> top -= visible;
                case PAGE_DOWN -> top += visible;
                case HOME -> top = 0;
                case END -> top = lines;
                case CHARACTER -> character(press);
                default -> ui.overlay(null);
            }
        }
    }

    private void character(KeyPress press) {
        if (press.is(' ')) {
            top += visible;
        } else {
            ui.overlay(null);
            if (extra != null && press.is(extra.key().charAt(0))) {
                extra.action().run();
            }
        }
    }

    @Override
    public List<MenuItem> menu() {
        MenuItem close = new MenuItem("Esc", "Close", () -> input(KeyPress.of(Key.ESCAPE)));
        return extra == null ? List.of(close) : List.of(close, extra);
    }
}
