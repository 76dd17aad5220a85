package org.syscope.cli.ui.terminal;

import java.io.IOException;

/** There is no terminal that could be drawn on; the message says why and what to do. */
public final class TerminalException extends IOException {

    private static final long serialVersionUID = 1;

    /** With what is wrong and what to do. */
    public TerminalException(String message) {
        super(message);
    }
}
