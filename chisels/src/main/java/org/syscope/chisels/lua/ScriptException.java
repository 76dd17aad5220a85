package org.syscope.chisels.lua;

/** A script failed; the message begins with script and line where they are known. */
public final class ScriptException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    ScriptException(String message) {
        super(message);
        this.status = -1;
    }

    ScriptException(int status) {
        super("");
        this.status = status;
    }

    /** The exit status the script asked for with {@code os.exit}; -1 if it did not, but failed. */
    public int exitStatus() {
        return status;
    }
}
