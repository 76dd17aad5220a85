package org.syscope.filters.lang;

/**
 * A stretch of an expression's text.
 *
 * @param start offset of the first character, from 0
 * @param end offset behind the last character
 */
public record Span(int start, int end) {
    /** From the beginning of this one to the end of the other. */
    public Span to(Span other) {
        return new Span(start, other.end);
    }
}
