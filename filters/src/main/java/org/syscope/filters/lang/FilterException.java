package org.syscope.filters.lang;

import java.util.List;

/**
 * An expression that is not a filter. {@link #getMessage()} is the bare message; {@link #render} shows the place, what
 * was expected and what may have been meant.
 */
public final class FilterException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int WIDTH = 100;

    private final String expression;
    private final int position;
    private final int length;
    private final String expected;
    private final transient List<String> suggestions;

    /**
     * An error at a place.
     *
     * @param expression the whole text
     * @param span the part that is wrong; an empty one marks the place where something is missing
     * @param message what is wrong
     * @param expected a sentence that says what to write; empty for none
     * @param suggestions names that may have been meant, best first
     */
    public FilterException(String expression, Span span, String message, String expected, List<String> suggestions) {
        super(message);
        this.expression = expression;
        this.position = span.start();
        this.length = Math.max(0, span.end() - span.start());
        this.expected = expected;
        this.suggestions = List.copyOf(suggestions);
    }

    /** The whole text. */
    public String expression() {
        return expression;
    }

    /** Offset in the text, in characters from 0. */
    public int position() {
        return position;
    }

    /** How many characters are wrong; 0 if something is missing at the position. */
    public int length() {
        return length;
    }

    /** The characters that are wrong. */
    public Span span() {
        return new Span(position, position + length);
    }

    /** What to write; may be empty. */
    public String expected() {
        return expected;
    }

    /** Names that may have been meant, best first; may be empty. */
    public List<String> suggestions() {
        return suggestions;
    }

    /**
     * The whole error, without a line end at the end:
     *
     * <pre>
     * filter error at position 9: unknown event type openn
     *   evt.type=openn
     *            ^^^^^
     * did you mean open or openat?
     * </pre>
     */
    public String render() {
        int lineStart = expression.lastIndexOf('\n', position - 1) + 1;
        int lineEnd = expression.indexOf('\n', position);
        if (lineEnd < 0) {
            lineEnd = expression.length();
        }
        StringBuilder out = new StringBuilder("filter error at position ").append(position);
        if (expression.indexOf('\n') >= 0) {
            long line = expression.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
            out.append(", line ").append(line).append(", column ").append(position - lineStart + 1);
        }
        out.append(": ").append(getMessage()).append('\n');
        int from = lineStart;
        int to = lineEnd;
        if (to - from > WIDTH) {
            from = Math.max(lineStart, Math.min(position - WIDTH / 2, lineEnd - WIDTH));
            to = Math.min(lineEnd, from + WIDTH);
        }
        String before = from > lineStart ? "..." : "";
        out.append("  ").append(before);
        for (int i = from; i < to; i++) {
            char c = expression.charAt(i);
            out.append(Character.isISOControl(c) ? ' ' : c);
        }
        out.append(to < lineEnd ? "..." : "").append("\n  ");
        out.repeat(' ', before.length() + position - from);
        out.repeat('^', Math.max(1, Math.min(length, to - position)));
        if (!expected.isEmpty()) {
            out.append('\n').append(expected);
        }
        if (!suggestions.isEmpty()) {
            out.append("\ndid you mean ").append(choice(suggestions)).append('?');
        }
        return out.toString();
    }

    private static String choice(List<String> names) {
        if (names.size() == 1) {
            return names.getFirst();
        }
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.getLast();
    }
}
