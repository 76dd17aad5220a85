package org.syscope.filters.field;

/** What may be done with a field. */
public enum FieldFlag {
    /** Only in filters: the field has no single value to show. */
    FILTER_ONLY,
    /** Only in output formats. */
    PRINT_ONLY,
    /** Not listed by default: made for the columns of views. */
    TABLE_ONLY,
    /** Listed as deprecated. */
    DEPRECATED,
    /** Neither side of a comparison of two fields. */
    NO_RHS,
    /** Transformers such as {@code tolower()} cannot be put around it. */
    NO_TRANSFORMER,
    /** Each evaluation changes what the next one gives (a counter, a time since the last evaluation). */
    STATEFUL
}
