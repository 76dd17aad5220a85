package org.syscope.filters.field;

import java.util.List;

/** A field, its argument or a constant compared with it makes no sense; the message is meant for the user. */
public final class FieldException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> suggestions;

    /** An error with nothing to suggest. */
    public FieldException(String message) {
        this(message, List.of());
    }

    /** An error with the nearest valid names, best first. */
    public FieldException(String message, List<String> suggestions) {
        super(message);
        this.suggestions = List.copyOf(suggestions);
    }

    /** Names that the user may have meant, best first; may be empty. */
    public List<String> suggestions() {
        return suggestions;
    }
}
