package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource.Next;
import org.syscope.capture.scap.CaptureFormatException;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.views.ViewEngine;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.eval.FilterCompiler;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.lang.FilterException;

/**
 * Writes a selection into a capture file: of a capture by reading it once more, on a thread of its own; of a live trace the
 * events to come.
 */
final class ViewRecorder {

    private final Settings settings;
    private final Map<String, String> environment;
    private final SourceFiles sources;
    private volatile Request request;
    /** The last one that an event came for. */
    private volatile Request begun;
    private volatile Thread copying;

    private record Request(Path file, String filter, ViewEngine engine) {
    }

    ViewRecorder(Settings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
        this.sources = new SourceFiles(settings.files());
    }

    /**
     * Begins to write, or ends it.
     *
     * @param file null ends the writing
     * @param filter which events; empty for all
     * @param engine is told what became of it
     * @throws IOException if the file is one of those that are read, or one is being written already
     */
    void save(Path file, String filter, ViewEngine engine) throws IOException {
        if (file != null) {
            sources.refuse(file.toString());
        }
        Request wanted = new Request(file, filter, engine);
        if (settings.isLive()) {
            // first this notice: what became of it is told by the thread of the events
            Request last = request;
            boolean nothing = file == null && last != null && last.file() != null && last != begun;
            engine.notice(nothing ? "no event came: " + last.file() + " was not written"
                    : file == null ? "" : "writing " + file + " until S is pressed again");
            request = wanted;
            return;
        }
        if (copying != null) {
            throw new IOException("another selection is being written: wait for its end");
        }
        if (file != null) {
            copying = Thread.ofPlatform().daemon().name("save").start(() -> copy(wanted));
        }
    }

    private void copy(Request wanted) {
        SystemState state = new SystemState(null);
        try (Replay captures = Replay.open(settings.files(), state,
                new Replay.Options(null, false, environment, () -> false, line -> { }))) {
            RecordingSink sink = sink(wanted, state);
            Filter filter = filter(wanted.filter(), state);
            CurrentEvent context = new CurrentEvent(state);
            Event event = new Event();
            if (captures.listsRead()) {
                sink.open();
            }
            try {
                while (captures.next(event) == Next.EVENT) {
                    state.process(event);
                    context.point(event);
                    pass(sink, filter, context);
                }
            } catch (CaptureFormatException cutOff) {
                wanted.engine().notice(cutOff.getMessage());
            }
            sink.close();
            wanted.engine().notice(Figures.count(sink.events(), "event") + " written to " + wanted.file());
        } catch (IOException e) {
            wanted.engine().notice(e.getMessage() == null ? e.toString() : e.getMessage());
        } finally {
            copying = null;
        }
    }

    private static void pass(RecordingSink sink, Filter filter, EventContext context) throws IOException {
        boolean hidden = context.event().stateOnly() || !CurrentEvent.isShown(context.event().type());
        if (hidden) {
            sink.acceptHidden(context);
        } else if (filter == null || filter.matches(context)) {
            sink.accept(context);
        } else {
            sink.acceptRefused(context);
        }
    }

    private Filter filter(String text, SystemState state) throws IOException {
        try {
            return text.isBlank() ? null : new FilterCompiler(new EventFormats(settings, state).catalog()).compile(text);
        } catch (FilterException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private RecordingSink sink(Request wanted, SystemState state) {
        return new RecordingSink(() -> ScapWriter.create(wanted.file().toString(), false, state,
                "syscope " + Program.version(), thread -> true, environment), true);
    }

    /** What a live trace gives its events to; called by the thread of the events. */
    EventSink sink(SystemState state) {
        return new EventSink() {
            private Request current;
            private RecordingSink writing;
            private Filter filter;

            private RecordingSink writing() throws IOException {
                Request wanted = request;
                if (wanted != current) {
                    close();
                    current = wanted;
                    begin(wanted);
                }
                return writing;
            }

            private void begin(Request wanted) {
                begun = wanted;
                if (wanted == null || wanted.file() == null) {
                    return;
                }
                try {
                    filter = filter(wanted.filter(), state);
                    RecordingSink opened = sink(wanted, state);
                    opened.open();
                    writing = opened;
                } catch (IOException e) {
                    wanted.engine().notice(e.getMessage() == null ? e.toString() : e.getMessage());
                }
            }

            @Override
            public void accept(EventContext context) throws IOException {
                RecordingSink sink = writing();
                if (sink != null) {
                    pass(sink, filter, context);
                }
            }

            @Override
            public void acceptHidden(EventContext context) throws IOException {
                accept(context);
            }

            @Override
            public void close() throws IOException {
                if (writing != null) {
                    writing.close();
                    current.engine().notice(Figures.count(writing.events(), "event") + " written to " + current.file());
                }
                writing = null;
            }
        };
    }

    /** Waits for what is being written. */
    void close() {
        Thread running = copying;
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
