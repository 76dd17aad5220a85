package org.syscope.cli.ui;

import java.util.List;
import org.syscope.chisels.views.Shown;
import org.syscope.chisels.views.Spectrogram;
import org.syscope.chisels.views.Spectrogram.Slice;
import org.syscope.chisels.views.SpectrogramArea;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Screen;

/**
 * Latencies over time: a line for each interval, the newest at the bottom, short calls at the left, long ones at the right,
 * the more the warmer. An area is chosen by dragging the mouse, or with the arrows and Space.
 */
final class SpectrogramPane implements Pane {

    private static final int TIME_WIDTH = 9;
    private static final int DECADES = 11;

    private final UiContext ui;
    private final Theme theme;
    private Area area = new Area(0, 0, 0, 0);
    private List<Slice> slices = List.of();
    private int top;
    /** The chosen place: a slice counted from the oldest shown, and a cell; -1 before there is one. */
    private int row = -1;
    private int cell;
    private int markRow = -1;
    private int markCell;
    private boolean dragged;

    SpectrogramPane(UiContext ui) {
        this.ui = ui;
        this.theme = ui.theme();
    }

    private int cells() {
        return Math.max(1, area.columns() - TIME_WIDTH);
    }

    private int visible() {
        return Math.max(0, area.rows() - 2);
    }

    @Override
    public void draw(Screen screen, Area body, Shown now) {
        area = body;
        // what is being chosen stays where it is while new lines come
        if (markRow < 0) {
            slices = now.spectrogram().slices();
        }
        top = row < 0 ? slices.size() - visible() : Math.max(Math.min(top, row), row - visible() + 1);
        top = Math.max(0, Math.min(top, slices.size() - visible()));
        drawScale(screen);
        long highest = 1;
        for (Slice slice : slices) {
            highest = Math.max(highest, slice.highest());
        }
        for (int i = 0; i < visible() && top + i < slices.size(); i++) {
            drawSlice(screen, area.row() + 2 + i, slices.get(top + i), highest);
        }
        if (row >= 0 && row < slices.size()) {
            highlight(screen);
        }
        if (slices.isEmpty() && area.rows() > 3) {
            screen.put(area.row() + 3, area.column() + 2, now.time().ended() ? "No system call ended here. Backspace goes back."
                    : now.time().live() ? "Waiting for the first interval ..." : "Reading ...", theme.faint());
        }
    }

    private void drawScale(Screen screen) {
        screen.fill(area.row(), area.column(), area.columns(), theme.heading());
        screen.put(area.row(), area.column(), "LATENCY", theme.heading());
        int free = 0;
        for (int decade = 0; decade < DECADES; decade++) {
            String label = Amounts.latency(decade);
            int at = TIME_WIDTH + cellOf((int) Math.round(decade * (Spectrogram.STEPS - 1) / (double) DECADES));
            if (at >= free) {
                screen.put(area.row(), area.column() + at, label, theme.heading());
                free = at + label.length() + 1;
            }
        }
        screen.put(area.row() + 1, area.column(), "few ", theme.faint());
        int at = area.column() + 4;
        for (int step = 0; step < theme.shades().steps(); step++) {
            screen.put(area.row() + 1, at++, theme.shades().sign(step), theme.shades().style(step));
        }
        screen.put(area.row() + 1, at, " many", theme.faint());
    }

    private void drawSlice(Screen screen, int atRow, Slice slice, long highest) {
        screen.put(atRow, area.column(), Clock.seconds(slice.from()), theme.label());
        int steps = theme.shades().steps();
        double scale = Math.log1p(highest);
        for (int each = 0; each < cells(); each++) {
            long count = 0;
            for (int step = stepOf(each); step < Math.max(stepOf(each) + 1, stepOf(each + 1)); step++) {
                count += step < slice.counts().length ? slice.counts()[step] : 0;
            }
            if (count > 0) {
                int shade = Math.max(0, Math.min(steps - 1, (int) (Math.log1p(count) / scale * steps)));
                screen.put(atRow, area.column() + TIME_WIDTH + each, theme.shades().sign(shade), theme.shades().style(shade));
            }
        }
    }

    /** The step of the scale that a cell begins with. */
    private int stepOf(int atCell) {
        return (int) ((long) atCell * Spectrogram.STEPS / cells());
    }

    private int cellOf(int step) {
        return (int) (((long) step * cells() + Spectrogram.STEPS - 1) / Spectrogram.STEPS);
    }

    private void highlight(Screen screen) {
        int firstRow = Math.max(top, markRow < 0 ? row : Math.min(row, markRow));
        int lastRow = markRow < 0 ? row : Math.max(row, markRow);
        int firstCell = markRow < 0 ? cell : Math.min(cell, markCell);
        int lastCell = markRow < 0 ? cell : Math.max(cell, markCell);
        for (int r = firstRow; r <= lastRow && r - top < visible(); r++) {
            for (int c = firstCell; c <= lastCell; c++) {
                boolean edge = r == firstRow || r == lastRow || c == firstCell || c == lastCell;
                if (edge) {
                    screen.put(area.row() + 2 + r - top, area.column() + TIME_WIDTH + c, "+", theme.selected());
                }
            }
        }
    }

    @Override
    public boolean key(KeyPress press) {
        switch (press.key()) {
            case UP -> move(-1, 0);
            case DOWN -> move(1, 0);
            case LEFT -> move(0, press.shift() ? -8 : -1);
            case RIGHT -> move(0, press.shift() ? 8 : 1);
            case HOME -> move(0, -cells());
            case END -> move(0, cells());
            case PAGE_UP -> move(-visible(), 0);
            case PAGE_DOWN -> move(visible(), 0);
            case ENTER -> drillDown();
            case ESCAPE -> {
                if (row < 0) {
                    return false;
                }
                row = -1;
                markRow = -1;
            }
            case CHARACTER -> {
                if (press.is(' ')) {
                    mark();
                } else {
                    // nothing to clear, no legend here
                    return press.is('c');
                }
            }
            case DELETE -> {
                return true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void move(int rows, int columns) {
        if (slices.isEmpty()) {
            return;
        }
        if (row < 0) {
            row = slices.size() - 1;
            cell = cells() / 2;
        } else {
            row = Math.max(0, Math.min(slices.size() - 1, row + rows));
            cell = Math.max(0, Math.min(cells() - 1, cell + columns));
        }
    }

    private void mark() {
        if (row < 0) {
            move(0, 0);
        }
        if (markRow < 0) {
            markRow = row;
            markCell = cell;
        } else {
            markRow = -1;
        }
    }

    private void drillDown() {
        if (row < 0 || slices.isEmpty()) {
            ui.message("choose an area first: arrows and Space, or drag the mouse");
            return;
        }
        int last = slices.size() - 1;
        int otherRow = markRow < 0 ? row : markRow;
        int otherCell = markRow < 0 ? cell : markCell;
        long low = Spectrogram.latency(stepOf(Math.min(cell, otherCell)));
        int highStep = Math.max(stepOf(Math.min(cell, otherCell)) + 1, stepOf(Math.max(cell, otherCell) + 1));
        long high = highStep >= Spectrogram.STEPS ? Long.MAX_VALUE : Spectrogram.latency(highStep);
        SpectrogramArea chosen = new SpectrogramArea(slices.get(Math.min(last, Math.min(row, otherRow))).from(),
                slices.get(Math.min(last, Math.max(row, otherRow))).to(), low, high);
        row = -1;
        markRow = -1;
        ui.run().drillDown(chosen);
    }

    @Override
    public boolean mouse(Mouse mouse) {
        int atRow = Math.max(0, Math.min(visible() - 1, mouse.row() - area.row() - 2)) + top;
        int atCell = Math.max(0, Math.min(cells() - 1, mouse.column() - area.column() - TIME_WIDTH));
        if (slices.isEmpty() || atRow >= slices.size()) {
            return false;
        }
        switch (mouse.action()) {
            case PRESS, DOUBLE -> {
                if (!area.contains(mouse.row(), mouse.column())) {
                    return false;
                }
                dragged = false;
                markRow = atRow;
                markCell = atCell;
                row = atRow;
                cell = atCell;
            }
            case DRAG -> {
                dragged = true;
                row = atRow;
                cell = atCell;
            }
            case RELEASE -> {
                if (dragged && markRow >= 0) {
                    drillDown();
                }
                markRow = -1;
                dragged = false;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public String help() {
        if (row < 0 || row >= slices.size()) {
            return "short calls left, long ones right; arrows and Space or the mouse choose an area, Enter shows its events";
        }
        long count = 0;
        int next = Math.max(stepOf(cell) + 1, stepOf(cell + 1));
        for (int step = stepOf(cell); step < next && step < Spectrogram.STEPS; step++) {
            count += slices.get(row).counts()[step];
        }
        return Amounts.count(count) + (count == 1 ? " call" : " calls") + " of "
                + Amounts.duration(Spectrogram.latency(stepOf(cell))) + " to " + Amounts.duration(Spectrogram.latency(next))
                + "; Space " + (markRow < 0 ? "begins" : "drops") + " an area, Enter shows its events";
    }

    @Override
    public List<MenuItem> menu() {
        return ui.commands().spectrogramMenu();
    }

    @Override
    public boolean find(String text, boolean forward, boolean here) {
        return false;
    }
}
