package org.syscope.cli.ui;

import java.util.List;
import java.util.Locale;
import org.syscope.chisels.views.EventLines;
import org.syscope.chisels.views.EventLines.Direction;
import org.syscope.chisels.views.EventLines.Line;
import org.syscope.chisels.views.Shown;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Screen;

/** Event lines (dig) or I/O (echo): scrolls both ways, and runs with the newest line of a live trace until one scrolls up. */
final class LinesPane implements Pane {

    private static final int SIDE_STEP = 8;
    private static final int WHEEL = 3;

    private final UiContext ui;
    private final Theme theme;
    private Area area = new Area(0, 0, 0, 0);
    private EventLines lines = new EventLines(List.of(), 0);
    private boolean live;
    private boolean ended;
    /** Number of the line at the top, counted from the first there ever was. */
    private long top;
    private long found = -1;
    private int side;
    private Boolean following;

    LinesPane(UiContext ui) {
        this.ui = ui;
        this.theme = ui.theme();
    }

    @Override
    public void draw(Screen screen, Area body, Shown now) {
        area = body;
        lines = now.lines();
        live = now.time().live() || now.time().speed() > 0;
        ended = now.time().ended();
        long end = lines.first() + lines.lines().size();
        boolean follow = following == null ? live : following;
        if (follow) {
            top = end - area.rows();
        }
        top = Math.max(lines.first(), Math.min(top, end - area.rows()));
        String searched = ui.searched().toLowerCase(Locale.ROOT);
        for (int i = 0; i < area.rows(); i++) {
            long at = top + i;
            if (at < end) {
                draw(screen, area.row() + i, lines.lines().get((int) (at - lines.first())), at == found, searched);
            }
        }
        if (lines.lines().isEmpty() && area.rows() > 1) {
            screen.put(area.row() + 1, area.column() + 2, ended ? "No event of this kind. Backspace goes back."
                    : live ? "Waiting for events ..." : "Reading ...", theme.faint());
        }
    }

    private void draw(Screen screen, int row, Line line, boolean isFound, String searched) {
        int style = line.heading() ? theme.label() : line.direction() == Direction.IN ? theme.read()
                : line.direction() == Direction.OUT ? theme.written() : theme.text();
        String text = line.text();
        int from = 0;
        for (int skipped = 0; skipped < side && from < text.length(); skipped++) {
            from = text.offsetByCodePoints(from, 1);
        }
        if (isFound) {
            screen.fill(row, area.column(), area.columns(), theme.selected());
        }
        screen.put(row, area.column(), text.substring(from), isFound ? theme.selected() : style, area.columns());
        if (!searched.isEmpty()) {
            String lower = text.toLowerCase(Locale.ROOT);
            for (int at = lower.indexOf(searched, from); at >= 0 && lower.length() == text.length();
                    at = lower.indexOf(searched, at + 1)) {
                screen.put(row, area.column() + Screen.width(text.substring(from, at)),
                        text.substring(at, at + searched.length()), theme.found(), area.columns());
            }
        }
    }

    @Override
    public boolean key(KeyPress press) {
        int page = Math.max(1, area.rows() - 1);
        switch (press.key()) {
            case UP -> scroll(-1);
            case DOWN, ENTER -> scroll(1);
            case PAGE_UP -> scroll(-page);
            case PAGE_DOWN -> scroll(page);
            case LEFT -> side = Math.max(0, side - SIDE_STEP);
            case RIGHT -> side += SIDE_STEP;
            case HOME -> {
                following = false;
                top = lines.first();
                side = 0;
            }
            case END -> following = true;
            case CHARACTER -> {
                return character(press, page);
            }
            case F2 -> ui.commands().chooseFormat();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean character(KeyPress press, int page) {
        if (press.is(' ')) {
            scroll(page);
        } else if (press.is('q')) {
            ui.commands().back();
        } else if (press.is('v')) {
            ui.commands().chooseFormat();
        } else if (press.is('/') && !ui.searched().isEmpty()) {
            ui.commands().findNext(true);
        } else if (press.isControl('g')) {
            ui.commands().goToLine(this::goTo);
        } else {
            return false;
        }
        return true;
    }

    private void scroll(long by) {
        long last = lines.first() + Math.max(0, lines.lines().size() - area.rows());
        top = Math.max(lines.first(), Math.min(last, top + by));
        following = by > 0 && top == last && live;
    }

    /** Goes to a line by its number, from 1. */
    private void goTo(long number) {
        following = false;
        top = number - 1;
        found = number - 1;
    }

    @Override
    public boolean mouse(Mouse mouse) {
        switch (mouse.action()) {
            case WHEEL_UP -> scroll(-WHEEL);
            case WHEEL_DOWN -> scroll(WHEEL);
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public String help() {
        int count = lines.lines().size();
        String gone = lines.first() > 0 ? ", the first " + Amounts.count(lines.first()) + " had no room any more" : "";
        return count == 0 ? "" : "lines " + Amounts.count(top + 1) + " to "
                + Amounts.count(Math.min(lines.first() + count, top + area.rows())) + " of "
                + Amounts.count(lines.first() + count) + gone;
    }

    @Override
    public List<MenuItem> menu() {
        return ui.commands().linesMenu();
    }

    @Override
    public boolean find(String text, boolean forward, boolean here) {
        String searched = text.toLowerCase(Locale.ROOT);
        int count = lines.lines().size();
        long from = (found >= top && found < top + area.rows() ? found : here ? top : top - 1) - lines.first();
        for (int i = here ? 0 : 1; i <= count; i++) {
            int at = (int) Math.floorMod(from + (forward ? i : -i), (long) Math.max(1, count));
            if (at < count && lines.lines().get(at).text().toLowerCase(Locale.ROOT).contains(searched)) {
                found = lines.first() + at;
                following = false;
                if (found < top || found >= top + area.rows()) {
                    top = found - area.rows() / 3;
                }
                return true;
            }
        }
        return false;
    }
}
