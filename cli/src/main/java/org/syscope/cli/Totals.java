package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;
import org.syscope.capture.driver.DriverStatistics;
import org.syscope.capture.driver.Muting;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.Losses;

/** What a run counted, and the words for it. Times are wall clock. */
final class Totals {

    private long start = System.nanoTime();
    private long events;
    private long matched;
    private final Losses losses = new Losses();

    /** The source is open: the time counts from now. */
    void begin() {
        start = System.nanoTime();
    }

    /** Counts an event that the source gave. */
    void event() {
        events++;
    }

    /** Counts events that the source gave and that passed the filter, or there was none. */
    void events(long count) {
        events += count;
        matched += count;
    }

    /** Counts an event that passed the filter. */
    void match() {
        matched++;
    }

    /** Looks at an event about the trace itself: some tell of losses. */
    void internal(Event event) {
        losses.take(event);
    }

    /** What the events themselves told of lost ones. */
    Losses losses() {
        return losses;
    }

    /** How many events the source gave. */
    long events() {
        return events;
    }

    /** How many events passed the filter. */
    long matched() {
        return matched;
    }

    /** Time since {@link #begin()}, ns. */
    long nanos() {
        return Math.max(1, System.nanoTime() - start);
    }

    /**
     * The line at the end: events, what became of them, what was lost and why, time and rate.
     *
     * @param verb what became of those that passed, such as {@code shown}
     * @param count how many did
     * @param lost what a driver lost; null for a file, whose events tell what was lost when it was recorded
     */
    String line(String verb, long count, DriverStatistics lost) {
        long nanos = nanos();
        StringBuilder text = new StringBuilder()
                .append(Figures.count(events, "event")).append(", ")
                .append(Figures.count(count)).append(' ').append(verb);
        if (lost != null) {
            text.append(", ").append(Figures.count(lost.lost())).append(" lost");
            List<String> causes = causes(lost);
            if (!causes.isEmpty()) {
                text.append(" (").append(String.join(", ", causes)).append(')');
            }
        }
        if (lost == null && losses.lost() > 0) {
            text.append(", ").append(Figures.count(losses.lost())).append(" lost when it was recorded");
        }
        text.append(" in ").append(Figures.seconds(nanos, 3)).append(" s, ")
                .append(Figures.count(Math.round(events * 1e9 / nanos))).append(" a second");
        return text.toString();
    }

    /** The line about events that were not asked for, as their threads cannot match the filter. */
    static String line(Muting muting) {
        return Figures.count(muting.calls(), "call") + " of threads that the filter cannot match left out in the kernel; "
                + Figures.count(muting.threads(), "thread") + " muted at the end";
    }

    /** The line about parts of events that are not known although the events are; empty if all is. */
    static String missing(DriverStatistics driver) {
        List<String> missing = new ArrayList<>();
        if (driver.unreadable() > 0) {
            missing.add(Figures.count(driver.unreadable(), "parameter") + " empty, as the memory could not be read");
        }
        if (driver.noEnter() > 0) {
            missing.add(Figures.count(driver.noEnter(), "call") + " without latency, as too many were under way at once");
        }
        return String.join("; ", missing);
    }

    private static List<String> causes(DriverStatistics lost) {
        List<String> causes = new ArrayList<>();
        cause(causes, lost.ringFull(), "ring full");
        cause(causes, lost.tooLarge(), "too large");
        cause(causes, lost.noProgram(), "program refused by the kernel");
        cause(causes, lost.noRing(), "on a CPU that came later");
        cause(causes, lost.untraced(), plural("process", lost.untraced(), "es") + " too many to trace at once");
        cause(causes, lost.unnoted(), plural("io_uring operation", lost.unnoted(), "s") + " too many to follow at once");
        return causes;
    }

    private static String plural(String one, long count, String ending) {
        return count == 1 ? one : one + ending;
    }

    private static void cause(List<String> causes, long count, String name) {
        if (count > 0) {
            causes.add(Figures.count(count) + " " + name);
        }
    }
}
