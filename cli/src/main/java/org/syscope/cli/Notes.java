package org.syscope.cli;

import java.io.PrintStream;
import java.util.List;
import org.syscope.capture.event.Losses;
import org.syscope.filters.format.OutputFormat;

/** What a run has to say beside its data and its totals, a line each on stderr: what is missing, and why. */
final class Notes {

    private final Settings settings;
    private final PrintStream err;

    /** Notes of a run; its settings say which of them the user wants. */
    Notes(Settings settings, PrintStream err) {
        this.settings = settings;
        this.err = err;
    }

    /** A line that is said from this level on: error, warning, debug and so on. */
    void add(String level, String text) {
        if (settings.logs(level)) {
            say(text);
        }
    }

    /** A line that is said always. */
    void say(String text) {
        err.println("syscope: " + text);
    }

    /** A format without a star hides lines whose fields have no value; whoever did not mean it should know. */
    void hidden(List<OutputFormat.Hidden> all) {
        for (OutputFormat.Hidden hidden : all) {
            add("warning", Figures.count(hidden.lines(), "line") + " left out because %" + hidden.field()
                    + " has no value there; a format that begins with * shows them");
        }
    }

    /** So many events about containers could not be understood. */
    void unreadableContainers(long events) {
        if (events > 0) {
            add("warning", Figures.count(events, "event") + " about containers that could not be understood left out");
        }
    }

    /** What a file tells of losses while it was recorded. */
    void lost(Losses losses) {
        if (losses.places() > 0) {
            add("warning", (losses.lost() == 0 ? "an unknown number of events" : Figures.count(losses.lost(), "event"))
                    + " lost when this was recorded; syscope info FILE shows where");
        }
    }

    /** So many events are of types that the schema does not have. */
    void unknownTypes(long events) {
        if (events > 0) {
            add("warning", Figures.count(events, "event") + " of types that this version does not know left out");
        }
    }
}
