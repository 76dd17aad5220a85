package org.syscope.filters.format;

import java.util.List;

/** A text that is not an output format; the message is meant for the user. */
public final class FormatException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String format;
    private final int position;
    private final int length;
    private final transient List<String> suggestions;

    /**
     * An error at a place.
     *
     * @param format the whole text
     * @param position offset of what is wrong, in characters
     * @param length how many characters are wrong; 0 if something is missing there
     * @param message what is wrong
     * @param suggestions names that may have been meant, best first
     */
    public FormatException(String format, int position, int length, String message, List<String> suggestions) {
        super(message);
        this.format = format;
        this.position = position;
        this.length = length;
        this.suggestions = List.copyOf(suggestions);
    }

    /** Offset of what is wrong, in characters from 0. */
    public int position() {
        return position;
    }

    /** Names that may have been meant, best first; may be empty. */
    public List<String> suggestions() {
        return suggestions;
    }

    /**
     * The whole error, without a line end at the end:
     *
     * <pre>
     * format error at position 1: invalid formatting token proc.nam
     *   %proc.nam %evt.type
     *    ^^^^^^^^
     * did you mean proc.name?
     * </pre>
     */
    public String render() {
        StringBuilder out = new StringBuilder("format error at position ").append(position).append(": ").append(getMessage());
        out.append("\n  ");
        format.chars().forEach(c -> out.append(Character.isISOControl(c) ? ' ' : (char) c));
        out.append("\n  ").repeat(' ', position).repeat('^', Math.max(1, length));
        if (!suggestions.isEmpty()) {
            out.append("\ndid you mean ").append(String.join(" or ", suggestions)).append('?');
        }
        return out.toString();
    }
}
