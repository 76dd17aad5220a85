package org.syscope.cli.ui;

import java.util.List;
import org.syscope.chisels.views.Shown.Time;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Screen;

/**
 * The capture as a line, and on it the interval that is shown. Left and Right move it by its own length, + and - make it
 * longer and shorter, Space plays from its begin on, at 1 or 10 times the capture's own speed.
 */
final class TimeSlider implements Overlay {

    private static final double SLOW = 1;
    private static final double FAST = 10;
    /** A shorter interval shows nothing that is not seen better as event lines, ns. */
    private static final long SHORTEST = 1_000_000;

    private final UiContext ui;
    private Area bar = new Area(0, 0, 0, 0);
    private long pressed = -1;

    TimeSlider(UiContext ui) {
        this.ui = ui;
    }

    private Time time() {
        return ui.run().shown().time();
    }

    @Override
    public void draw(Screen screen, Area body) {
        Time time = time();
        Theme theme = ui.theme();
        int row = body.row() + body.rows() - 2;
        screen.fill(row, 0, screen.columns(), theme.panel());
        screen.fill(row + 1, 0, screen.columns(), theme.text());
        String start = Clock.seconds(time.first());
        String end = Clock.seconds(time.last());
        screen.put(row, 0, title(time), theme.panel());
        int at = screen.put(row + 1, 0, start + " ", theme.label());
        bar = new Area(row, at, 2, Math.max(4, screen.columns() - at - end.length() - 1));
        int from = cell(begin(time), time);
        int to = cell(end(time), time);
        int now = time.speed() > 0 ? cell(time.now(), time) : -1;
        for (int i = 0; i < bar.columns(); i++) {
            boolean inside = i >= from && i <= to;
            screen.put(row + 1, at + i, i == now ? ">" : inside ? "=" : ui.glyphs().horizontal(),
                    i == now ? theme.warning() : inside ? theme.value() : theme.faint());
        }
        screen.put(row + 1, at + bar.columns() + 1, end, theme.label());
    }

    private String title(Time time) {
        String what = time.speed() > 0 ? " Playing at " + Math.round(time.speed()) + "x, " + Clock.millis(time.now())
                : time.to() == 0 ? " The whole capture, " + Amounts.span(time.last() - time.first())
                        : " From " + Clock.millis(time.from()) + " to " + Clock.millis(time.to()) + ", "
                                + Amounts.span(time.to() - time.from());
        return what;
    }

    private static long begin(Time time) {
        return time.to() == 0 ? time.first() : time.from();
    }

    private static long end(Time time) {
        return time.to() == 0 ? time.last() : time.to();
    }

    private int cell(long at, Time time) {
        long span = Math.max(1, time.last() - time.first());
        return (int) Math.max(0, Math.min(bar.columns() - 1, (double) (at - time.first()) / span * bar.columns()));
    }

    private long at(int cell, Time time) {
        return time.first() + (long) ((double) cell / bar.columns() * (time.last() - time.first()));
    }

    @Override
    public void input(Input input) {
        if (time().first() == 0) {
            ui.overlay(null);
        } else if (input instanceof KeyPress press) {
            key(press);
        } else if (input instanceof Mouse mouse) {
            mouse(mouse);
        }
    }

    private void key(KeyPress press) {
        Time time = time();
        long length = Math.max(SHORTEST, end(time) - begin(time));
        switch (press.key()) {
            case LEFT -> move(-length, length);
            case RIGHT -> move(length, length);
            case HOME -> choose(time.first(), time.first() + length);
            case END -> choose(time.last() - length, time.last());
            case UP -> resize(length * 2);
            case DOWN -> resize(length / 2);
            case ENTER -> ui.overlay(null);
            case ESCAPE, BACKSPACE -> {
                whole();
                ui.overlay(null);
            }
            case CHARACTER -> character(press, length);
            default -> ui.overlay(null);
        }
    }

    private void character(KeyPress press, long length) {
        Time time = time();
        if (press.is('+')) {
            resize(length * 2);
        } else if (press.is('-')) {
            resize(length / 2);
        } else if (press.is('<') || press.is(',')) {
            move(-Math.max(1, length / 10), length);
        } else if (press.is('>') || press.is('.')) {
            move(Math.max(1, length / 10), length);
        } else if (press.is(' ')) {
            play(time.speed() > 0 ? 0 : SLOW);
        } else if (press.is('1')) {
            play(SLOW);
        } else if (press.is('0')) {
            play(FAST);
        } else if (press.is('a')) {
            whole();
        } else {
            ui.overlay(null);
        }
    }

    private void play(double speed) {
        Time time = time();
        ui.run().play(time.speed() > 0 ? time.now() : begin(time), speed);
    }

    private void whole() {
        ui.run().interval(0, 0);
    }

    /** Moves the interval; at an end of the capture it stays as long as it is. */
    private void move(long by, long length) {
        Time time = time();
        long from = Math.max(time.first(), Math.min(time.last() - length, begin(time) + by));
        choose(from, from + length);
    }

    private void resize(long length) {
        Time time = time();
        long wanted = Math.max(SHORTEST, length);
        if (wanted >= time.last() - time.first()) {
            whole();
        } else {
            long from = Math.min(begin(time), time.last() - wanted);
            choose(from, from + wanted);
        }
    }

    private void choose(long from, long to) {
        ui.run().interval(Math.max(1, from), to);
    }

    private void mouse(Mouse mouse) {
        Time time = time();
        boolean inside = mouse.row() >= bar.row() && mouse.row() < bar.row() + bar.rows();
        long here = at(Math.max(0, Math.min(bar.columns(), mouse.column() - bar.column())), time);
        if (mouse.action() == MouseAction.PRESS && inside) {
            pressed = here;
        } else if (mouse.action() == MouseAction.RELEASE && pressed >= 0) {
            if (here != pressed) {
                choose(Math.min(pressed, here), Math.max(pressed, here));
            }
            pressed = -1;
        }
    }

    @Override
    public List<MenuItem> menu() {
        return List.of(new MenuItem("Left/Right", "Step", () -> key(KeyPress.of(Input.Key.RIGHT))),
                new MenuItem("-/+", "Length", () -> key(KeyPress.of('-'))),
                new MenuItem("1", "Play 1x", () -> play(SLOW)), new MenuItem("0", "Play 10x", () -> play(FAST)),
                new MenuItem("Space", "Stop", () -> play(0)), new MenuItem("a", "All", this::whole),
                new MenuItem("Enter", "Keep", () -> ui.overlay(null)),
                new MenuItem("Esc", "Drop", () -> key(KeyPress.of(Input.Key.ESCAPE))));
    }

    @Override
    public String help() {
        return "choose a part of the capture: arrows, - and +, < and >, or drag the mouse over the line; Space plays";
    }
}
