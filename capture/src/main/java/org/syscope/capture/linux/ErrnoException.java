package org.syscope.capture.linux;

import java.io.IOException;

/** A system call that failed: which one, on what, and the kernel's error. */
public final class ErrnoException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /**
     * Creates the exception.
     *
     * @param what the call and what it was made on, such as {@code "mmap of a ring buffer"}
     * @param result the call's negative result
     */
    public ErrnoException(String what, long result) {
        super(what + ": " + Errno.of(result).name());
        this.code = (int) -result;
    }

    /** {@return the kernel's error} */
    public Errno errno() {
        return new Errno(code);
    }

    /**
     * Checks a call's result.
     *
     * @param result what {@link SystemCall#call()} returned
     * @param what the call and what it was made on, for the message
     * @return the result, not negative
     * @throws ErrnoException if the result is an error
     */
    public static long check(long result, String what) throws ErrnoException {
        if (result < 0) {
            throw new ErrnoException(what, result);
        }
        return result;
    }
}
