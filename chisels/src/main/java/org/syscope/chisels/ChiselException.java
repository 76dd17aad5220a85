package org.syscope.chisels;

/**
 * A chisel cannot be found, loaded, given its arguments or run on; the message is one line meant for the user and names
 * the script, and the line in it where there is one.
 */
public final class ChiselException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final int status;

    private ChiselException(String message, int status) {
        super(message);
        this.status = status;
    }

    /** The command line is wrong: no such chisel, missing or superfluous arguments. The tool exits with 2. */
    public static ChiselException usage(String message) {
        return new ChiselException(message, USAGE);
    }

    /** The script is wrong or gave up. The tool exits with 1. */
    public static ChiselException failure(String message) {
        return new ChiselException(message, FAILURE);
    }

    /** The script ended the tool by {@code os.exit}: there is no message, and nothing to complain of. */
    public static ChiselException exit(int status) {
        return new ChiselException("", status);
    }

    /** The status to exit with, 0 to 255. */
    public int status() {
        return status;
    }

    /** Whether the command line is to blame, not the script. */
    public boolean isUsage() {
        return status == USAGE && !getMessage().isEmpty();
    }
}
