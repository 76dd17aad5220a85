package org.syscope.cli;

/** The command line makes no sense: the message is one line for stderr, the exit status 2. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
