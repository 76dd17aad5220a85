package org.syscope.capture.linux;

/**
 * Owns a file descriptor: closed once, never used after. What the kernel keeps behind it (a map, a program, a link, a
 * perf event) goes when the last descriptor goes, however the process ends.
 */
public final class Fd implements AutoCloseable {
    private volatile int number;

    /**
     * Takes ownership of a descriptor.
     *
     * @param number the descriptor, not negative
     */
    public Fd(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("not a file descriptor: " + number);
        }
        this.number = number;
    }

    /**
     * The descriptor's number.
     *
     * @return the number
     * @throws IllegalStateException if it was closed
     */
    public int number() {
        int open = number;
        if (open < 0) {
            throw new IllegalStateException("file descriptor is closed");
        }
        return open;
    }

    /** {@return whether it was not closed yet} */
    public boolean isOpen() {
        return number >= 0;
    }

    @Override
    public void close() {
        int open;
        synchronized (this) {
            open = number;
            number = -1;
        }
        if (open >= 0) {
            // On Linux the descriptor is gone whatever close(2) returns.
            SystemCall.CLOSE.call(open);
        }
    }
}
