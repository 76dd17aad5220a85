package org.syscope.capture.driver;

import java.io.IOException;

/** A driver cannot start or go on. The message is one line for the user; {@link #hint()} says what to do. */
public final class DriverException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String hint;
    private final String log;

    /**
     * An error with what to do about it.
     *
     * @param hint one line, or empty
     * @param log the verifier's words, many lines, or empty
     */
    public DriverException(String message, String hint, String log, Throwable cause) {
        super(message, cause);
        this.hint = hint;
        this.log = log;
    }

    /** What to do, one line; empty where nothing sensible can be said. */
    public String hint() {
        return hint;
    }

    /** The kernel verifier's log where a program was refused, otherwise empty. */
    public String log() {
        return log;
    }
}
