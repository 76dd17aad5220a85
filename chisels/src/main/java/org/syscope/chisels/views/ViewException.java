package org.syscope.chisels.views;

/** A view is not there, or cannot be shown; the message is one line meant for the user. */
public final class ViewException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong and with which view. */
    public ViewException(String message) {
        super(message);
    }
}
