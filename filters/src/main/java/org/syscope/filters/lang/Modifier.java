package org.syscope.filters.lang;

import java.util.Locale;

/** Applies an operator to a list of values instead of one. */
public enum Modifier {
    /** Exactly one element satisfies the operator. */
    ONEOF,
    /** At least one element does. */
    ANYOF,
    /** All elements do. */
    ALLOF;

    /** The modifier as written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text();
    }
}
