package org.syscope.cli.ui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.syscope.chisels.views.SampleRow;
import org.syscope.chisels.views.Shown;
import org.syscope.chisels.views.ViewException;
import org.syscope.chisels.views.ViewRun;
import org.syscope.cli.ui.terminal.Display;
import org.syscope.cli.ui.terminal.Input;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Screen;

/**
 * Keys in, screens out, by one thread. It sleeps until a key, a new picture or another size comes; a key is answered at once,
 * pictures are drawn at most every {@link #PICTURE_NANOS}.
 */
final class UiLoop implements UiContext {

    private static final long PICTURE_NANOS = 50_000_000;
    /** Until then without anything new, what only time changes is looked at, ns. */
    private static final long IDLE_NANOS = 1_000_000_000;

    private final ViewRun run;
    private final Theme theme;
    private final Glyphs glyphs;
    private final Object wakeUp = new Object();
    private final LinkedBlockingQueue<Object> queue = new LinkedBlockingQueue<>();
    private final Map<String, Pane> panes = new HashMap<>();
    private final Frame frame;
    private Display display;
    private Commands commands;
    private Overlay overlay;
    private Pane pane;
    private String searched = "";
    private String message = "";
    /** The run's notice when the message came. */
    private String before = "";
    private boolean quit;
    /** Whether what is shown may not be what is the case; whether a key waits for its answer. */
    private boolean stale;
    private boolean answered;
    private volatile boolean terminalLost;

    UiLoop(ViewRun run, UiScreen.Source source, Theme theme, Glyphs glyphs) {
        this.run = run;
        this.theme = theme;
        this.glyphs = glyphs;
        this.frame = new Frame(this, source);
    }

    /** Takes what the user did; by any thread. */
    void input(Input input) {
        queue.add(input);
    }

    /** There is something to be drawn; by any thread. */
    void wake() {
        if (!queue.contains(wakeUp)) {
            queue.add(wakeUp);
        }
    }

    /** The terminal is gone; by any thread. */
    void terminalLost() {
        terminalLost = true;
        wake();
    }

    /** Runs until the user quits, or the run is over. */
    void show(Display on) {
        begin(on);
        long drawn = System.nanoTime() - PICTURE_NANOS;
        stale = true;
        try {
            while (goesOn()) {
                long wait = stale ? drawn + PICTURE_NANOS - System.nanoTime() : IDLE_NANOS;
                take(wait <= 0 ? queue.poll() : queue.poll(wait, TimeUnit.NANOSECONDS));
                takeAll();
                if (answered || stale && System.nanoTime() - drawn >= PICTURE_NANOS) {
                    draw();
                    drawn = System.nanoTime();
                    stale = false;
                    answered = false;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a display. */
    void begin(Display on) {
        display = on;
        commands = new Commands(this, new ActionRunner(on), () -> quit = true);
        run.onChange(this::wake);
    }

    /** Does what was asked for so far and draws; whether it goes on. */
    boolean step() {
        takeAll();
        draw();
        return goesOn();
    }

    private boolean goesOn() {
        return !quit && !terminalLost && !run.over();
    }

    private void takeAll() {
        for (Object next = queue.poll(); next != null && !quit; next = queue.poll()) {
            take(next);
        }
    }

    private void take(Object next) {
        stale |= next != null;
        if (next instanceof Input input) {
            answered = true;
            handle(input);
        }
    }

    // ---- drawing

    private void draw() {
        Screen screen = display.blank();
        frame.draw(screen, run.shown());
        display.show(screen);
    }

    /** Draws a picture's pane and what is in front of it. */
    Pane paneOf(Shown shown) {
        String place = shown.path().size() + " " + shown.viewId();
        pane = panes.get(place);
        if (pane == null || !fits(pane, shown)) {
            panes.keySet().removeIf(each -> Integer.parseInt(each.substring(0, each.indexOf(' '))) >= shown.path().size());
            pane = shown.lines() != null ? new LinesPane(this) : shown.spectrogram() != null ? new SpectrogramPane(this)
                    : new TablePane(this);
            panes.put(place, pane);
        }
        return pane;
    }

    private static boolean fits(Pane pane, Shown shown) {
        return shown.lines() != null ? pane instanceof LinesPane : shown.spectrogram() != null ? pane instanceof SpectrogramPane
                : pane instanceof TablePane;
    }

    Overlay overlay() {
        return overlay;
    }

    /** What is to be said to the last key; over when the run has something new to say, such as how that came out. */
    String message() {
        return before.equals(run.shown().notice()) ? message : "";
    }

    // ---- what the user does

    private void handle(Input input) {
        message = "";
        if (input instanceof KeyPress press && press.alt() && !Character.isDigit(press.codePoint())) {
            // Escape and then a key, put together by a terminal that waits for what follows an Escape
            handle(KeyPress.of(Key.ESCAPE));
            handle(new KeyPress(press.key(), press.codePoint(), press.shift(), false, press.control()));
        } else if (input instanceof KeyPress press && press.isControl('l')) {
            display.redraw();
        } else if (input instanceof KeyPress press && press.isControl('z')) {
            display.stop();
        } else if (input instanceof Mouse mouse && mouse.action() == MouseAction.PRESS
                && frame.click(mouse.row(), mouse.column())) {
            return;
        } else if (overlay != null) {
            overlay.input(input);
        } else if (input instanceof KeyPress press) {
            if (pane == null || !pane.key(press)) {
                commands.key(press);
            }
        } else if (input instanceof Mouse mouse && pane != null) {
            pane.mouse(mouse);
        }
    }

    // ---- what the parts share

    @Override
    public ViewRun run() {
        return run;
    }

    @Override
    public Theme theme() {
        return theme;
    }

    @Override
    public Glyphs glyphs() {
        return glyphs;
    }

    @Override
    public Commands commands() {
        return commands;
    }

    @Override
    public String searched() {
        return searched;
    }

    @Override
    public void searched(String text) {
        searched = text;
    }

    @Override
    public void drillDown(SampleRow row, String view) {
        try {
            run.drillDown(row, view);
            searched = "";
        } catch (ViewException e) {
            message(e.getMessage());
        }
    }

    @Override
    public void message(String text) {
        message = text;
        before = run.shown().notice();
    }

    @Override
    public void overlay(Overlay next) {
        overlay = next;
    }

    @Override
    public Pane pane() {
        return pane;
    }

    /** The menu that is shown. */
    List<MenuItem> menu() {
        return overlay != null ? overlay.menu() : pane == null ? new ArrayList<>() : pane.menu();
    }
}
