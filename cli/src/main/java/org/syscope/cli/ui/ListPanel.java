package org.syscope.cli.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Screen;

/** Things to choose from at the left, what the chosen one is at the right. Letters go to the next thing that begins with them. */
final class ListPanel implements Overlay {

    /**
     * Something to choose.
     *
     * @param label its name
     * @param about what it is, lines that are wrapped
     */
    record Choice(String label, List<String> about) {
    }

    private static final int WIDTH = 30;
    private static final int WHEEL = 3;

    private final UiContext ui;
    private final String title;
    private final List<Choice> choices;
    private final IntConsumer chosen;
    private final boolean hotkeys;
    private String typed = "";
    private int selected;
    private int top;
    private Area area = new Area(0, 0, 0, 0);

    /**
     * A panel.
     *
     * @param selected what is chosen at first
     * @param hotkeys whether labels begin with a key that chooses at once
     * @param chosen told what was chosen, after the panel is gone
     */
    ListPanel(UiContext ui, String title, List<Choice> choices, int selected, boolean hotkeys, IntConsumer chosen) {
        this.ui = ui;
        this.title = title;
        this.choices = choices;
        this.selected = Math.max(0, selected);
        this.hotkeys = hotkeys;
        this.chosen = chosen;
    }

    private int visible() {
        return Math.max(1, area.rows() - 1);
    }

    @Override
    public void draw(Screen screen, Area body) {
        Theme theme = ui.theme();
        int width = Math.min(WIDTH, body.columns() / 2);
        area = new Area(body.row(), body.column(), body.rows(), width);
        for (int i = 0; i < body.rows(); i++) {
            screen.fill(body.row() + i, body.column(), body.columns(), theme.text());
            screen.put(body.row() + i, body.column() + width, ui.glyphs().vertical(), theme.faint());
        }
        screen.putPadded(body.row(), body.column(), title, theme.panel(), width, false, false);
        top = Math.max(0, Math.min(Math.max(top, selected - visible() + 1), selected));
        for (int i = 0; i < visible() && top + i < choices.size(); i++) {
            boolean isSelected = top + i == selected;
            screen.putPadded(body.row() + 1 + i, body.column(), choices.get(top + i).label(),
                    isSelected ? theme.selected() : theme.text(), width, false, true);
        }
        if (selected < choices.size()) {
            int row = body.row();
            int left = body.column() + width + 2;
            for (String paragraph : choices.get(selected).about()) {
                for (String line : Wrapping.wrap(paragraph, body.columns() - width - 3)) {
                    if (row < body.row() + body.rows()) {
                        screen.put(row++, left, line, theme.text());
                    }
                }
            }
        }
    }

    @Override
    public void input(Input input) {
        switch (input) {
            case KeyPress press -> key(press);
            case Mouse mouse -> mouse(mouse);
            case Input.Paste paste -> ui.message("");
        }
    }

    private void key(KeyPress press) {
        switch (press.key()) {
            case UP -> select(selected - 1);
            case DOWN -> select(selected + 1);
            case PAGE_UP -> select(selected - visible());
            case PAGE_DOWN -> select(selected + visible());
            case HOME -> select(0);
            case END -> select(choices.size() - 1);
            case ENTER -> choose(selected);
            case ESCAPE, BACKSPACE, F2, F8, F9, F10 -> ui.overlay(null);
            case CHARACTER -> character(press);
            default -> {
            }
        }
    }

    private void character(KeyPress press) {
        if (press.isControl('c')) {
            ui.overlay(null);
            return;
        }
        String key = Character.toString(press.codePoint());
        if (hotkeys) {
            int at = beginning(key, selected + 1);
            if (at >= 0) {
                choose(at);
            }
            return;
        }
        // letters typed one after another are the begin of a name; the same letter again goes to the next one
        int at = beginning(typed + key, selected);
        typed = at >= 0 ? typed + key : key;
        at = at >= 0 ? at : beginning(key, selected + 1);
        if (at >= 0) {
            selected = at;
        }
    }

    /** The next choice from a place on, and round, whose label begins so; -1 if none does. */
    private int beginning(String start, int from) {
        for (int i = 0; i < choices.size(); i++) {
            int at = (from + i) % choices.size();
            String label = choices.get(at).label();
            if (hotkeys ? label.startsWith(start) : label.toLowerCase(Locale.ROOT).startsWith(start.toLowerCase(Locale.ROOT))) {
                return at;
            }
        }
        return -1;
    }

    private void mouse(Mouse mouse) {
        if (mouse.action() == MouseAction.WHEEL_UP) {
            select(selected - WHEEL);
        } else if (mouse.action() == MouseAction.WHEEL_DOWN) {
            select(selected + WHEEL);
        } else if (mouse.action() == MouseAction.PRESS || mouse.action() == MouseAction.DOUBLE) {
            int at = top + mouse.row() - area.row() - 1;
            if (area.contains(mouse.row(), mouse.column()) && mouse.row() > area.row() && at < choices.size()) {
                select(at);
                if (mouse.action() == MouseAction.DOUBLE) {
                    choose(at);
                }
            }
        }
    }

    private void select(int at) {
        typed = "";
        selected = Math.max(0, Math.min(choices.size() - 1, at));
    }

    private void choose(int at) {
        ui.overlay(null);
        if (at < choices.size()) {
            chosen.accept(at);
        }
    }

    @Override
    public List<MenuItem> menu() {
        List<MenuItem> items = new ArrayList<>();
        items.add(new MenuItem("Enter", "Choose", () -> choose(selected)));
        items.add(new MenuItem("Esc", "Close", () -> ui.overlay(null)));
        return items;
    }

    @Override
    public String help() {
        return hotkeys ? "arrows and Enter, or the key of the action"
                : "arrows and Enter; a letter goes to the next name that begins with it";
    }
}
