package org.syscope.filters.field;

/**
 * A field whose value follows from the event's type alone, such as {@code evt.type} or {@code evt.dir}. Comparisons
 * with constants are worked out once for every event type, so that a running filter only looks up a bit.
 */
public interface TypeField extends Field {
    /**
     * The value for an event type.
     *
     * @param eventCode the type code; {@link EventSpace#UNKNOWN} for one beyond the schema
     * @param syscallCode for generic events the system call's code; -1 for all others or if unknown
     * @param out receives the value
     * @return false if events of this type have no value
     */
    boolean extract(int eventCode, int syscallCode, FieldValue out);

    @Override
    default boolean extract(EventContext context, FieldValue out) {
        return extract(context.eventCode(), context.syscallCode(), out);
    }

    @Override
    default EventSet events(EventSpace space) {
        FieldValue value = new FieldValue();
        return EventSet.where(space, (code, syscall) -> extract(code, syscall, value));
    }

    @Override
    default int cost() {
        return 1;
    }
}
