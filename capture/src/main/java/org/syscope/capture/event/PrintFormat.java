package org.syscope.capture.event;

/** How a number is printed: {@code DEC} signed decimal, {@code HEX} upper case without 0x, {@code OCT} with a leading 0. */
public enum PrintFormat {
    /** Not a number, or as decimal. */
    NA,
    /** Signed decimal. */
    DEC,
    /** Upper-case hexadecimal without a prefix. */
    HEX,
    /** Octal with a leading 0, as C's {@code %#o}. */
    OCT
}
