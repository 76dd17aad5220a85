package org.syscope.chisels;

/**
 * A chisel cannot be found, loaded, given its arguments or run on; the message is one line meant for the user and names
 * the script, and the line in it where there is one.
 */
public final class ChiselException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean usage;

    private ChiselException(String message, boolean usage) {
        super(message);
        this.usage = usage;
    }

    /** The command line is wrong: no such chisel, missing or superfluous arguments. The tool exits with 2. */
    public static ChiselException usage(String message) {
        return new ChiselException(message, true);
    }

    /** The script is wrong or gave up. The tool exits with 1. */
    public static ChiselException failure(String message) {
        return new ChiselException(message, false);
    }

    /** Whether the command line is to blame, not the script. */
    public boolean isUsage() {
        return usage;
    }
}
