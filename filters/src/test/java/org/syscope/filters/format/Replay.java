package org.syscope.filters.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import java.util.function.Function;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.text.TextOptions;

/** Replays one of the captures that stand beside the checkout and shows each event to a test. */
public final class Replay {

    private Replay() {
    }

    /** The folder of the captures: environment variable SYSCOPE_CAPTURES, or beside the checkout. */
    public static Path folder() {
        String set = System.getProperty("SYSCOPE_CAPTURES", System.getenv("SYSCOPE_CAPTURES"));
        return Path.of(set != null ? set : "../../shared/captures");
    }

    /** Whether the captures are there. */
    public static boolean isPossible() {
        return Files.isDirectory(folder());
    }

    /** Shows all events that are shown by default, in UTC; {@code viewer} makes what looks at them. */
    public static void events(String name, TextOptions options, Function<FieldCatalog, Consumer<CurrentEvent>> viewer)
            throws IOException {
        SystemState state = new SystemState(null);
        try (ScapReader reader = ScapReader.open(folder().resolve(name + ".scap").toString(), state)) {
            FieldEnvironment environment = FieldEnvironment.of(state).with(ZoneOffset.UTC).with(options);
            Consumer<CurrentEvent> view = viewer.apply(StandardFields.catalog(environment));
            CurrentEvent current = new CurrentEvent(state);
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                state.process(event);
                current.point(event);
                if (CurrentEvent.isShown(event.type()) && !event.stateOnly()) {
                    view.accept(current);
                }
            }
        }
    }
}
