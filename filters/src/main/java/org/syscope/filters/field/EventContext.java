package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.state.SystemState;

/**
 * What a field sees: the current event together with the system state as it is while that event is looked at.
 *
 * <p>One object serves all events: it is re-pointed for each.
 */
public interface EventContext {
    /** The event's type code, as in the event schema; never negative. */
    int eventCode();

    /** For generic system call events (codes 0 and 1) the system call's code; -1 for all others, or if unreadable. */
    int syscallCode();

    /** The event; its type is one that the schema knows. */
    Event event();

    /** The state, which has taken the event in. */
    SystemState state();

    /** Time of the first event of the capture that is not about the capture itself, ns since the epoch. */
    long firstTimestamp();
}
