package org.syscope.filters.field;

/** How a number is written when a field is shown. */
public enum PrintFormat {
    /** Not a number, or no format of its own. */
    NA,
    /** Decimal. */
    DEC,
    /** Upper-case hexadecimal without prefix. */
    HEX,
    /** Octal with a leading 0. */
    OCT,
    /** Decimal, filled with zeros to nine digits. */
    PADDED_DEC,
    /** Decimal; an identifier that is never added up. */
    ID,
    /** The direction of an event. */
    DIR
}
