package org.syscope.filters.field;

/** Takes a field's value from the current event. */
@FunctionalInterface
interface Getter {
    /** See {@link Extractor#extract}. */
    boolean get(EventContext context, FieldValue out);
}
