package org.syscope.capture.event;

import java.io.IOException;

/** The bytes at the place of an event are not one: its lengths contradict each other or the space that is there. */
public final class MalformedEventException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With a message that says which length is wrong, for the line that the user sees. */
    public MalformedEventException(String message) {
        super(message);
    }
}
