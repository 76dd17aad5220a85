package org.syscope.filters.text;

/** How the bytes of a data buffer are shown. */
public enum BufferFormat {
    /** Printable ASCII as it is, a dot for every other byte; the only form that is cut to a maximal length. */
    NORMAL,
    /** A line break first, then printable ASCII and line ends only ({@code -A}). */
    ASCII,
    /** As {@link #ASCII} without the first line break (the echo of views). */
    ASCII_COMPACT,
    /** Rows of 16 bytes in hexadecimal, two bytes a group ({@code -x}). */
    HEX,
    /** Rows of 16 bytes in hexadecimal and as text ({@code -X}). */
    HEX_ASCII,
    /** Base64 without line breaks ({@code -b}). */
    BASE64
}
