package org.syscope.filters.lang;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The functions that can be put around a field. */
public enum Transformer {
    /** ASCII letters to lower case. */
    TOLOWER,
    /** ASCII letters to upper case. */
    TOUPPER,
    /** Decodes base64. */
    B64,
    /** What follows the last slash. */
    BASENAME,
    /** Length of a text or buffer in bytes, or of a list in elements. */
    LEN,
    /** The elements of a list with a separator between them. */
    JOIN,
    /** Texts put together. */
    CONCAT,
    /** The options found in a list of arguments. */
    GETOPT;

    private final String open = name().toLowerCase(Locale.ROOT).concat("(");

    /** The transformer's name as written. */
    public String text() {
        return open.substring(0, open.length() - 1);
    }

    /** The name with the opening bracket that makes it a transformer. */
    String open() {
        return open;
    }

    /** All transformers as written. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Transformer::text).toList();
    }

    @Override
    public String toString() {
        return text();
    }
}
