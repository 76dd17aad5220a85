package org.syscope.capture.container;

import java.io.IOException;

/** An engine answered, but not with what it was asked for: it works, and may tell of other containers. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    /** An answer that is of no use; the message says which. */
    RefusedException(String message) {
        super(message);
    }
}
