package org.syscope.cli.ui;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.syscope.chisels.views.ViewRun;
import org.syscope.chisels.views.ViewScreen;
import org.syscope.cli.ui.terminal.TerminalDevice;
import org.syscope.cli.ui.terminal.TerminalException;
import org.syscope.cli.ui.terminal.TerminalModes;

/** The UI on the terminal of standard input and output. */
public final class UiScreen implements ViewScreen {

    private final TerminalModes modes;
    private final String term;
    private final Source source;
    private final Consumer<Runnable> beforeHalt;

    /**
     * What events come from.
     *
     * @param name of the file, or {@code live}
     * @param whole what one looks at before anything is selected
     */
    public record Source(String name, String whole) {
    }

    /**
     * A UI that is not on the screen yet.
     *
     * @param environment where TERM, COLORTERM and NO_COLOR are looked for
     * @param careful whether only what every terminal can do is used ({@code --force-term-compat})
     * @param source what events come from, for the top lines
     * @param beforeHalt is told what gives the terminal back when the process ends without further ado
     * @throws TerminalException if there is no terminal, or none that can move its cursor; says what to do
     */
    public UiScreen(Map<String, String> environment, boolean careful, Source source, Consumer<Runnable> beforeHalt)
            throws TerminalException {
        TerminalDevice.require();
        this.modes = TerminalModes.of(environment, careful);
        this.term = environment.getOrDefault("TERM", "");
        this.source = source;
        this.beforeHalt = beforeHalt;
    }

    @Override
    public void show(ViewRun run) throws IOException {
        UiLoop loop = new UiLoop(run, source, Theme.of(modes.colors()), Glyphs.of(modes.utf8(), modes.careful(), term));
        try (TerminalDevice device = TerminalDevice.open(modes, loop::input, loop::wake, loop::terminalLost)) {
            beforeHalt.accept(device::restore);
            loop.show(device);
        }
    }
}
