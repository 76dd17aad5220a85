package org.syscope.filters.field;

/** The kinds of events that can have a field's value: worked out when first asked for, then one bit for each event. */
final class KindLimits {

    private EventSet.KindTest test;
    private EventSet set;

    /** Limits the field to kinds of events. */
    void set(EventSet.KindTest value) {
        test = value;
        set = null;
    }

    /** The kinds of events. */
    EventSet events(EventSpace space) {
        if (test == null) {
            return EventSet.all(space);
        }
        if (set == null || !set.space().equals(space)) {
            set = EventSet.where(space, test);
        }
        return set;
    }

    /** Whether the event is of such a kind. */
    boolean allow(EventContext context) {
        return test == null || events(StandardFields.space()).contains(context.eventCode(), context.syscallCode());
    }
}
