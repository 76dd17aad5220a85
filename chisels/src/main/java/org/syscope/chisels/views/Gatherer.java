package org.syscope.chisels.views;

import java.util.List;
import org.syscope.filters.field.EventContext;

/** What gathers the events of one form of view. Used by one thread. */
interface Gatherer {

    /**
     * Takes in an event that passed the filter.
     *
     * @param real false if it is no event but an account of a thread, which counts for nothing
     * @return whether it has a place in the view
     */
    boolean add(EventContext context, boolean real);

    /** Whether threads without events belong into it. */
    default boolean wantsThreads() {
        return false;
    }

    /**
     * The rows now, in no order.
     *
     * @param nanos the time that they are about, ns
     */
    default Sample sample(long nanos) {
        return Sample.empty(List.of());
    }

    /** Ends an interval and begins the next. */
    default void endInterval(Sample last, int sortColumn) {
    }

    /** Forgets what is remembered of former intervals for the sorting column: it is another one now. */
    default void forgetHistory() {
    }

    /** The spectrogram; null if it is none. */
    default Spectrogram spectrogram() {
        return null;
    }

    /** The lines; null if it has none. */
    default EventLines lines(String part) {
        return null;
    }

    /** Forgets everything. */
    void clear();
}
