package org.syscope.cli;

import java.io.IOException;

/** Whoever read the output has closed it: the run ends quietly. */
final class OutputClosedException extends IOException {

    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super(cause);
    }

    /** Whether a write failed with EPIPE, which the JDK tells only by strerror's text. */
    static boolean isBrokenPipe(IOException error) {
        return error.getMessage() != null && error.getMessage().contains("Broken pipe");
    }
}
