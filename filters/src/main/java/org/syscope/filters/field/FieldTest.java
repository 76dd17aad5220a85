package org.syscope.filters.field;

/** A condition on the current event. */
@FunctionalInterface
public interface FieldTest {
    /** Whether the event satisfies the condition. Allocates nothing. */
    boolean test(EventContext context);
}
