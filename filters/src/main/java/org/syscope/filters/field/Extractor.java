package org.syscope.filters.field;

/** Something that takes a value from an event: a field, or a transformer around fields. */
public interface Extractor {
    /** Type of the value; of each element where it is a list. */
    FieldType type();

    /** Whether the value is a list. */
    boolean isList();

    /**
     * Takes the value from the current event. Allocates nothing.
     *
     * @param context the event and the state
     * @param out receives the value; its former content is lost, also where there is no value
     * @return false if the event has no such value
     */
    boolean extract(EventContext context, FieldValue out);

    /**
     * The event types for which {@link #extract} can give a value; may be too large, never too small.
     *
     * @param space the event types there are
     */
    default EventSet events(EventSpace space) {
        return EventSet.all(space);
    }

    /**
     * About how long an extraction takes, in ns: 1 for what the event's header tells, 10 for a look-up in the state,
     * 100 and more for rendered text. Conditions are tried in this order.
     */
    default int cost() {
        return isList() ? 100 : type().isInteger() ? 8 : 15;
    }

    /** Whether an extraction changes what the next one gives. */
    default boolean isStateful() {
        return false;
    }
}
