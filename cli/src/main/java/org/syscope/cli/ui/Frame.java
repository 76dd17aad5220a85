package org.syscope.cli.ui;

import java.util.ArrayList;
import java.util.List;
import org.syscope.chisels.views.Selection;
import org.syscope.chisels.views.Shown;
import org.syscope.cli.ui.terminal.Screen;

/**
 * What is around the middle of the screen: two lines that say what one looks at, a line of help and the menu.
 *
 * <pre>
 *  Viewing: Threads  For: whole machine > proc.pid=12                     PAUSED
 *  Source: live, 1,234 events, 12.0s  Filter: evt.type!=switch
 *  ... the pane ...
 *  CPU: share of one processor                           the file is cut off
 *  F1Help F2Views ...
 * </pre>
 */
final class Frame {

    private static final int TOP = 2;
    private static final int BOTTOM = 2;

    private record Zone(Area area, Runnable action) {
    }

    private final UiLoop ui;
    private final UiScreen.Source source;
    private final List<Zone> zones = new ArrayList<>();

    Frame(UiLoop ui, UiScreen.Source source) {
        this.ui = ui;
        this.source = source;
    }

    /** Draws the whole screen. */
    void draw(Screen screen, Shown shown) {
        zones.clear();
        Pane pane = ui.paneOf(shown);
        Area body = new Area(TOP, 0, Math.max(0, screen.rows() - TOP - BOTTOM), screen.columns());
        pane.draw(screen, body, shown);
        drawTop(screen, shown);
        drawHelp(screen, shown, pane);
        if (ui.overlay() != null) {
            ui.overlay().draw(screen, body);
        }
        drawMenu(screen);
    }

    /** Does what a click on the frame asks for; false if there is nothing at that place. */
    boolean click(int row, int column) {
        for (Zone zone : zones) {
            if (zone.area().contains(row, column)) {
                zone.action().run();
                return true;
            }
        }
        return false;
    }

    private void drawTop(Screen screen, Shown shown) {
        Theme theme = ui.theme();
        String state = state(shown);
        int room = screen.columns() - (state.isEmpty() ? 0 : Screen.width(state) + 1);
        int at = label(screen, 0, 0, "Viewing: ", shown.title() + "  ", room);
        int start = at;
        at += screen.put(0, at, "For: ", theme.label(), room - at);
        screen.put(0, at, tail(path(shown), room - at), theme.value(), room - at);
        if (ui.overlay() == null) {
            zones.add(new Zone(new Area(0, 0, 1, start), () -> ui.commands().chooseView()));
        }
        screen.put(0, screen.columns() - Screen.width(state), state, theme.warning());
        at = label(screen, 1, 0, "Source: ", source(shown) + "  ", screen.columns());
        start = at;
        at += screen.put(1, at, "Filter: ", theme.label());
        screen.putPadded(1, at, shown.filter().isEmpty() ? "none" : shown.filter(), theme.value(),
                screen.columns() - at, false, true);
        if (ui.overlay() == null) {
            zones.add(new Zone(new Area(1, start, 1, screen.columns() - start), () -> ui.commands().filterEvents()));
        }
    }

    private int label(Screen screen, int row, int column, String label, String value, int room) {
        int at = column + screen.put(row, column, label, ui.theme().label(), room - column);
        return at + screen.put(row, at, value, ui.theme().value(), room - at);
    }

    /** The end of a text, which is what changes from step to step. */
    private static String tail(String text, int room) {
        int from = 0;
        while (room > 2 && Screen.width(text.substring(from)) > room - (from > 0 ? 2 : 0)) {
            from = text.offsetByCodePoints(from, 1);
        }
        return from == 0 ? text : ".." + text.substring(from);
    }

    private String path(Shown shown) {
        StringBuilder path = new StringBuilder(source.whole());
        for (Selection step : shown.path()) {
            path.append(' ').append(ui.glyphs().deeper()).append(' ');
            path.append(step.field().isEmpty() ? step.viewName() : step.field() + "=" + step.value());
        }
        return path.toString();
    }

    private static String state(Shown shown) {
        Shown.Time time = shown.time();
        if (shown.paused()) {
            return "PAUSED";
        }
        if (time.speed() > 0) {
            return "PLAYING " + Math.round(time.speed()) + "x";
        }
        if (!time.live() && !time.ended()) {
            return "reading " + (int) time.progress() + "%";
        }
        return time.lost() > 0 ? Amounts.count(time.lost()) + " lost" : "";
    }

    private String source(Shown shown) {
        Shown.Time time = shown.time();
        long first = time.to() != 0 ? time.from() : time.first();
        long last = time.to() != 0 ? time.to() : time.last();
        String span = first == 0 ? "" : ", " + Amounts.span(last - first);
        return source.name() + ", " + Amounts.count(time.events()) + " events" + span
                + (time.to() != 0 ? " of " + Amounts.span(time.last() - time.first()) : "");
    }

    private void drawHelp(Screen screen, Shown shown, Pane pane) {
        int row = screen.rows() - BOTTOM;
        if (row < TOP) {
            return;
        }
        Theme theme = ui.theme();
        String notice = tail(shown.notice(), screen.columns());
        int room = screen.columns() - (notice.isEmpty() ? 0 : Screen.width(notice) + 2);
        if (!ui.message().isEmpty()) {
            screen.put(row, 0, ui.message(), theme.warning());
            return;
        }
        String help = ui.overlay() != null ? ui.overlay().help() : null;
        screen.putPadded(row, 0, help == null ? pane.help() : help, theme.help(), Math.max(0, room), false, true);
        if (!notice.isEmpty()) {
            screen.put(row, Math.max(0, screen.columns() - Screen.width(notice)), notice, theme.warning());
        }
    }

    private void drawMenu(Screen screen) {
        Theme theme = ui.theme();
        int row = screen.rows() - 1;
        int at = 0;
        List<MenuItem> items = fitting(ui.menu(), screen.columns());
        for (MenuItem item : items) {
            int start = at;
            at += screen.put(row, at, name(item), theme.key());
            at += screen.put(row, at, item.label(), theme.menu());
            zones.add(new Zone(new Area(row, start, 1, at - start), item.action()));
            at += screen.put(row, at, " ", theme.text());
        }
    }

    /** As many as there is room for; the last one, which leads out, is always there. */
    private static List<MenuItem> fitting(List<MenuItem> items, int room) {
        List<MenuItem> fitting = new ArrayList<>(items);
        while (fitting.size() > 2 && width(fitting) > room) {
            fitting.remove(fitting.size() - 2);
        }
        return fitting;
    }

    /** Function keys are told apart from what they do by their digits, others by a blank. */
    private static String name(MenuItem item) {
        String key = item.key();
        return key.length() > 1 && Character.isDigit(key.charAt(1)) ? key : key + " ";
    }

    private static int width(List<MenuItem> items) {
        int width = -1;
        for (MenuItem item : items) {
            width += name(item).length() + item.label().length() + 1;
        }
        return width;
    }
}
