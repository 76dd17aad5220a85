package org.syscope.chisels.lua;

/** The script called {@code os.exit}. */
final class ScriptExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    ScriptExit(int status) {
        super("exit", null, false, false);
        this.status = status;
    }

    /** The exit status wanted. */
    int status() {
        return status;
    }
}
