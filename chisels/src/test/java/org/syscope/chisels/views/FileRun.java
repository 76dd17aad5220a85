package org.syscope.chisels.views;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.state.SystemState;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselPath;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.text.BufferFormat;
import org.syscope.filters.text.TextOptions;

/** Views over a capture file, on one thread: what is asked for is there when the call returns. */
final class FileRun implements EventFeed {

    static final Path CAPTURES = Path.of(System.getenv().getOrDefault("SYSCOPE_CAPTURES", "../../shared/captures"));

    private final String file;
    private final SystemState state = new SystemState(null);
    final ViewLibrary library;
    final ViewEngine engine;

    FileRun(Path file, String filter, boolean containers) throws ChiselException {
        this.file = file.toString();
        this.library = stock(containers);
        this.engine = new ViewEngine(library, format -> StandardFields.catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC)
                .with(new TextOptions(format, TextOptions.DEFAULT_MAX_LENGTH, null))), state,
                new ViewOptions(filter, containers, 2_000_000_000L, false, List.of("-r", "trace.scap")), this);
    }

    /** Our own views alone. */
    static ViewLibrary stock(boolean containers) throws ChiselException {
        return ViewLibrary.load(new ChiselPath(List.of(), List.of()), containers, problem -> {
            throw new AssertionError(problem);
        });
    }

    FileRun begin(String view) throws Exception {
        engine.begin(view, -1, BufferFormat.NORMAL);
        settle();
        return this;
    }

    Shown shown() {
        return engine.shown();
    }

    /** Does what was asked for, and reads the file as often as that needs. */
    void settle() throws IOException, FilterException {
        while (engine.poll()) {
            engine.restarted();
            state.reset();
            read();
            engine.finished();
        }
    }

    private void read() throws IOException {
        CurrentEvent context = new CurrentEvent(state);
        Event event = new Event();
        long number = 0;
        try (ScapReader reader = ScapReader.open(file, state)) {
            state.listsComplete();
            while (reader.next(event) == EventSource.Next.EVENT) {
                event.number(++number);
                engine.clock(event.timestamp());
                state.process(event);
                context.point(event);
                if (event.stateOnly()) {
                    continue;
                }
                if (CurrentEvent.isShown(event.type())) {
                    engine.event(context);
                } else {
                    engine.account(context);
                }
            }
        }
    }

    @Override
    public void wake() {
        // commands are done by settle()
    }

    @Override
    public void quit() {
        // there is nothing to end
    }

    @Override
    public double progress() {
        return 100;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public void lookAtCalls() {
        // a file tells by its enter events
    }

    @Override
    public void save(Path target, String filter) {
        throw new UnsupportedOperationException();
    }
}
