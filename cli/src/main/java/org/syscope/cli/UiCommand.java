package org.syscope.cli;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselPath;
import org.syscope.chisels.views.ViewEngine;
import org.syscope.chisels.views.ViewException;
import org.syscope.chisels.views.ViewLibrary;
import org.syscope.chisels.views.ViewOptions;
import org.syscope.chisels.views.ViewScreen;
import org.syscope.cli.ui.UiScreen;
import org.syscope.filters.format.FormatException;
import org.syscope.filters.lang.FilterException;

/** {@code syscope ui}: views on the terminal, as plain text or as JSON. */
final class UiCommand {

    private final StandardOutput out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final List<String> held = Collections.synchronizedList(new ArrayList<>());
    private PrintStream log;

    /** Makes what shows views on the terminal. */
    @FunctionalInterface
    interface ScreenMaker {
        /**
         * Makes it.
         *
         * @param environment where TERM is looked for
         * @param careful whether only what every terminal can do is used
         * @param source what events come from, for the top lines
         * @param beforeHalt is told what must be done before the process ends without further ado
         * @throws IOException if there is no terminal; says what to do
         */
        ViewScreen make(Map<String, String> environment, boolean careful, UiScreen.Source source,
                Consumer<Runnable> beforeHalt) throws IOException;
    }

    UiCommand(StandardOutput out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    /**
     * Runs a command line.
     *
     * @param arguments what stands behind {@code ui}
     * @return the exit status
     */
    int run(List<String> arguments, ScreenMaker screens) throws IOException, UsageException, FilterException, FormatException,
            ChiselException {
        UiSettings settings = new UiSettings(arguments);
        if (settings.has(UiOption.HELP)) {
            return print(UiHelp.text());
        }
        if (settings.has(UiOption.VERSION)) {
            return print("syscope version " + Program.version() + "\n");
        }
        if (settings.has(UiOption.LIST)) {
            return print(FieldListing.text(new EventFormats(settings.source(), new SystemState(null)).catalog(), true));
        }
        try (PrintStream file = logFile(settings)) {
            log = file == null ? err : file;
            if (!settings.readsStandardInput()) {
                return run(settings, screens);
            }
            try (StandardInputFile kept = StandardInputFile.keep(System.in, environment)) {
                return run(new UiSettings(arguments, kept.file()), screens);
            }
        } finally {
            held.forEach(log::println);
            log = err;
        }
    }

    private static UiScreen.Source source(UiSettings settings) {
        Settings source = settings.source();
        if (source.command() != null) {
            return new UiScreen.Source(source.command().getFirst(), "command " + source.command().getFirst());
        }
        if (!source.pids().isEmpty()) {
            String pids = source.pids().stream().map(String::valueOf).collect(Collectors.joining(", "));
            return new UiScreen.Source("live", (source.pids().size() == 1 ? "process " : "processes ") + pids);
        }
        return source.isLive() ? new UiScreen.Source("live", "whole machine")
                : new UiScreen.Source(source.files().stream().map(file -> settings.display(file).equals("-") ? "standard input"
                        : Path.of(file).getFileName().toString())
                        .collect(Collectors.joining(", ")), "whole capture");
    }

    private static PrintStream logFile(UiSettings settings) throws IOException {
        String name = settings.value(UiOption.LOGFILE);
        return name == null ? null : new PrintStream(new FileOutputStream(name, true), true, StandardCharsets.UTF_8);
    }

    private int run(UiSettings settings, ScreenMaker screens) throws IOException, UsageException, FilterException,
            FormatException, ChiselException {
        boolean terminal = settings.front() == UiSettings.Front.TERMINAL;
        Consumer<String> note = terminal && log == err ? line -> held.add("syscope: " + line)
                : line -> log.println("syscope: " + line);
        ViewLibrary library = ViewLibrary.load(ChiselPath.of(environment), settings.containers(), note);
        if (settings.has(UiOption.LIST_VIEWS)) {
            return print(ViewListing.json(library.all()));
        }
        Interrupts interrupts = new Interrupts();
        ViewScreen screen = terminal ? screens.make(environment, settings.has(UiOption.FORCE_TERM_COMPAT),
                source(settings), interrupts::beforeHalt) : null;
        interrupts.install();
        ViewFeed feed = new ViewFeed(settings, environment, note, interrupts);
        EventFormats formats = new EventFormats(settings.source(), feed.state());
        ViewEngine engine = new ViewEngine(library, format -> formats.with(format).catalog(), feed.state(),
                new ViewOptions(settings.filter(), settings.containers(), settings.intervalNanos(),
                        settings.source().isLive(), settings.sourceWords()), feed);
        try {
            engine.begin(settings.value(UiOption.VIEW), settings.sortColumn(), settings.buffers());
            if (terminal) {
                show(feed, engine, screen);
            } else {
                feed.run(engine, front(settings, engine, formats, note));
            }
        } catch (ViewException e) {
            throw new UsageException(e.getMessage());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return Program.OK;
    }

    private ViewFront front(UiSettings settings, ViewEngine engine, EventFormats formats, Consumer<String> note)
            throws ViewException, FormatException {
        String view = settings.value(UiOption.VIEW);
        if (ViewLibrary.DIG.equals(view) || ViewLibrary.ECHO.equals(view)) {
            return new ViewLines(out, settings, engine, formats.with(settings.buffers()).catalog(), view);
        }
        if (settings.front() == UiSettings.Front.RAW) {
            return new ViewRaw(out, settings, engine);
        }
        JsonCommands commands = settings.has(UiOption.INTERACTIVE)
                ? new JsonCommands(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), note) : null;
        return new ViewJson(out, settings, engine, commands);
    }

    /** The screen on this thread, the events on another; first the source is opened, so that its faults are told in lines. */
    private static void show(ViewFeed feed, ViewEngine engine, ViewScreen screen) throws IOException {
        CountDownLatch opened = new CountDownLatch(1);
        Throwable[] failure = new Throwable[1];
        Thread events = Thread.ofPlatform().daemon().name("events").start(() -> {
            try {
                feed.run(engine, new WaitingFront(opened));
            } catch (IOException | RuntimeException | Error e) {
                failure[0] = e;
            } finally {
                opened.countDown();
            }
        });
        try {
            await(opened);
            if (!engine.over()) {
                screen.show(engine);
            }
        } finally {
            feed.quit();
            join(events);
        }
        switch (failure[0]) {
            case null -> {
            }
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure[0]);
        }
    }

    /** A front that leaves the showing to others. */
    private record WaitingFront(CountDownLatch opening) implements ViewFront {
        @Override
        public void opened() {
            opening.countDown();
        }

        @Override
        public boolean finished() {
            return true;
        }

        @Override
        public boolean waits() {
            return true;
        }
    }

    private static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        return Program.OK;
    }
}
