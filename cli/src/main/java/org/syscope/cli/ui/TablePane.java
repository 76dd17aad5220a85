package org.syscope.cli.ui;

import java.util.List;
import java.util.Locale;
import org.syscope.chisels.views.Sample;
import org.syscope.chisels.views.SampleColumn;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.Shown;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Screen;

/** A table or list of a view. The selection stays with its row while rows come, go and change places. */
final class TablePane implements Pane {

    private static final int HISTORY = 12;
    /** From this width on rows show their history without being asked. */
    private static final int WIDE = 110;
    private static final int WHEEL = 3;
    private static final String SHIFTED_DIGITS = "!@#$%^&*(";

    private final UiContext ui;
    private final Theme theme;
    private Shown shown;
    private Area area = new Area(0, 0, 0, 0);
    private ColumnLayout layout;
    private int[] widest = {};
    private int selected;
    private String selectedKey;
    private int top;
    private int firstColumn;
    private int column = -1;
    private Boolean history;
    private boolean toEnd;

    TablePane(UiContext ui) {
        this.ui = ui;
        this.theme = ui.theme();
    }

    private List<SampleRow> rows() {
        return shown == null ? List.of() : shown.sample().rows();
    }

    /** The selected row; null if there is none. */
    SampleRow selectedRow() {
        return selected < rows().size() ? rows().get(selected) : null;
    }

    @Override
    public void draw(Screen screen, Area body, Shown now) {
        area = body;
        if (shown == null || now.number() != shown.number()) {
            shown = now;
            follow();
        }
        Sample sample = shown.sample();
        boolean withHistory = (history == null ? area.columns() >= WIDE : history) && hasHistory(sample);
        int room = area.columns() - (withHistory ? HISTORY + 1 : 0);
        keepInSight();
        measure(sample);
        layout = ColumnLayout.of(sample.columns(), room, firstColumn, widest);
        drawHeading(screen, sample, withHistory, room);
        for (int i = 0; i < visibleRows(); i++) {
            if (top + i < sample.rows().size()) {
                drawRow(screen, area.row() + 1 + i, sample, sample.rows().get(top + i), top + i == selected, withHistory, room);
            }
        }
        if (sample.rows().isEmpty() && area.rows() > 2) {
            screen.put(area.row() + 2, area.column() + 2, emptiness(), theme.faint(), area.columns() - 3);
        }
    }

    /** What the shown texts need: it only grows, so that columns do not jump about with every picture. */
    private void measure(Sample sample) {
        if (widest.length != sample.columns().size()) {
            widest = new int[sample.columns().size()];
        }
        if (sample.rows().isEmpty()) {
            return;
        }
        for (int i = top; i < Math.min(sample.rows().size(), top + visibleRows()); i++) {
            for (int each = 0; each < widest.length; each++) {
                widest[each] = Math.max(widest[each], Screen.width(sample.text(sample.rows().get(i), each)));
            }
        }
    }

    private String emptiness() {
        if (!shown.rowFilter().isEmpty()) {
            return "No row has '" + shown.rowFilter() + "' in it: F4 changes that.";
        }
        if (!shown.time().ended()) {
            return shown.time().live() ? "Waiting for events ..." : "Reading ...";
        }
        return "Nothing of this kind happened here. Backspace goes back, F2 shows other views.";
    }

    private static boolean hasHistory(Sample sample) {
        for (SampleRow row : sample.rows()) {
            if (row.history().length > 1) {
                return true;
            }
        }
        return false;
    }

    private void follow() {
        List<SampleRow> rows = rows();
        if (selectedKey != null) {
            int at = shown.sample().indexOf(selectedKey);
            if (at >= 0 && at != selected) {
                // the row stays where the eye is
                top = Math.max(0, top + at - selected);
                selected = at;
            }
        }
        selected = Math.max(0, Math.min(selected, rows.size() - 1));
        if (toEnd) {
            selected = Math.max(0, rows.size() - 1);
        }
    }

    private int visibleRows() {
        return Math.max(0, area.rows() - 1);
    }

    private void keepInSight() {
        int visible = Math.max(1, visibleRows());
        top = Math.max(0, Math.min(top, rows().size() - visible));
        if (selected < top) {
            top = selected;
        } else if (selected >= top + visible) {
            top = selected - visible + 1;
        }
    }

    private void drawHeading(Screen screen, Sample sample, boolean withHistory, int room) {
        screen.fill(area.row(), area.column(), area.columns(), theme.heading());
        for (int i = 0; i < sample.columns().size(); i++) {
            if (layout.starts()[i] < 0) {
                continue;
            }
            SampleColumn each = sample.columns().get(i);
            boolean sorts = i == shown.sortColumn();
            String name = each.name() + (sorts ? shown.ascending() ? ui.glyphs().up() : ui.glyphs().down() : "");
            int width = layout.widths()[i];
            if (sorts && Screen.width(name) > width) {
                name = each.name();
            }
            screen.putPadded(area.row(), area.column() + layout.starts()[i], name, sorts ? theme.sorted() : theme.heading(),
                    Math.min(width, room - layout.starts()[i]), each.isNumeric(), false);
        }
        if (withHistory) {
            screen.putPadded(area.row(), area.column() + room + 1, "HISTORY", theme.heading(), HISTORY, false, false);
        }
    }

    private void drawRow(Screen screen, int row, Sample sample, SampleRow each, boolean isSelected, boolean withHistory,
            int room) {
        int style = isSelected ? theme.selected() : theme.text();
        screen.fill(row, area.column(), area.columns(), style);
        String searched = ui.searched().toLowerCase(Locale.ROOT);
        for (int i = 0; i < sample.columns().size(); i++) {
            int start = layout.starts()[i];
            if (start < 0) {
                continue;
            }
            String text = sample.text(each, i);
            int width = Math.min(layout.widths()[i], room - start);
            screen.putPadded(row, area.column() + start, text, style, width, sample.columns().get(i).isNumeric(), true);
            if (!searched.isEmpty() && text.toLowerCase(Locale.ROOT).contains(searched)) {
                screen.putPadded(row, area.column() + start, text, theme.found(), Math.min(width, Screen.width(text)), false,
                        true);
            }
        }
        if (withHistory) {
            screen.put(row, area.column() + room + 1, spark(each), isSelected ? style : theme.spark(), HISTORY);
        }
    }

    private String spark(SampleRow row) {
        double[] values = new double[row.history().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.history()[i];
        }
        return ui.glyphs().spark(values, HISTORY);
    }

    @Override
    public boolean key(KeyPress press) {
        int page = Math.max(1, visibleRows() - 1);
        if (press.key() == Key.CHARACTER) {
            return character(press);
        }
        switch (press.key()) {
            case UP -> select(selected - 1);
            case DOWN -> select(selected + 1);
            case PAGE_UP -> select(selected - page);
            case PAGE_DOWN -> select(selected + page);
            case HOME -> select(0);
            case END -> {
                select(rows().size() - 1);
                toEnd = shown != null && shown.sortColumn() < 0;
            }
            case RIGHT -> moveColumn(1);
            case LEFT -> moveColumn(-1);
            case ENTER -> drillDown();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean character(KeyPress press) {
        if (!press.isText()) {
            return false;
        }
        int digit = SHIFTED_DIGITS.indexOf(press.codePoint());
        if (digit >= 0) {
            sort(digit);
        } else if (press.is('H')) {
            history = history == null ? area.columns() < WIDE : !history;
        } else {
            return false;
        }
        return true;
    }

    private void sort(int by) {
        if (shown != null && by < shown.sample().columns().size()) {
            column = by;
            ui.run().sort(by);
        }
    }

    /** Selects a row by its place; the table no longer runs with the newest row then. */
    void select(int row) {
        toEnd = false;
        selected = Math.max(0, Math.min(row, rows().size() - 1));
        SampleRow now = selectedRow();
        selectedKey = now == null ? null : now.key();
    }

    private void moveColumn(int by) {
        int count = shown == null ? 0 : shown.sample().columns().size();
        if (count == 0) {
            return;
        }
        int from = column >= 0 ? column : Math.max(0, shown.sortColumn());
        column = Math.max(0, Math.min(count - 1, from + by));
        if (column < firstColumn) {
            firstColumn = column;
        }
        while (firstColumn < column && !fits(column)) {
            firstColumn++;
        }
    }

    private boolean fits(int wanted) {
        ColumnLayout next = ColumnLayout.of(shown.sample().columns(), area.columns(), firstColumn, widest);
        int size = shown.sample().columns().get(wanted).definition().size();
        int needed = Math.min(area.columns(), Math.min(widest[wanted], size <= 0 ? area.columns() / 2 : size - 1));
        return next.starts()[wanted] >= 0 && next.widths()[wanted] >= needed;
    }

    private void drillDown() {
        if (selectedRow() != null) {
            ui.drillDown(selectedRow(), null);
        }
    }

    @Override
    public boolean mouse(Mouse mouse) {
        if (!area.contains(mouse.row(), mouse.column()) || shown == null) {
            return false;
        }
        switch (mouse.action()) {
            case WHEEL_UP -> select(selected - WHEEL);
            case WHEEL_DOWN -> select(selected + WHEEL);
            case PRESS, DOUBLE -> {
                int row = mouse.row() - area.row() - 1;
                int at = layout.at(mouse.column() - area.column());
                if (row < 0) {
                    if (at >= 0) {
                        sort(at);
                    }
                } else if (top + row < rows().size()) {
                    select(top + row);
                    column = at;
                    if (mouse.action() == MouseAction.DOUBLE) {
                        drillDown();
                    }
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public String help() {
        if (shown == null || shown.sample().columns().isEmpty()) {
            return "";
        }
        int of = Math.min(column >= 0 ? column : Math.max(0, shown.sortColumn()), shown.sample().columns().size() - 1);
        SampleColumn each = shown.sample().columns().get(of);
        return each.name() + ": " + each.help();
    }

    /** The shown columns, for panels; empty before there is something. */
    List<SampleColumn> columns() {
        return shown == null ? List.of() : shown.sample().columns();
    }

    @Override
    public List<MenuItem> menu() {
        return ui.commands().tableMenu();
    }

    @Override
    public boolean find(String text, boolean forward, boolean here) {
        int count = rows().size();
        for (int i = here ? 0 : 1; i <= count; i++) {
            int at = Math.floorMod(selected + (forward ? i : -i), Math.max(1, count));
            if (at < count && shown.sample().find(rows().get(at), text)) {
                select(at);
                return true;
            }
        }
        return false;
    }

    /** The selected row as text, cells apart by tabs; null if there is none. */
    String rowText() {
        SampleRow row = selectedRow();
        if (row == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < columns().size(); i++) {
            text.append(i == 0 ? "" : "\t").append(shown.sample().plain(row, i));
        }
        return text.toString();
    }
}
