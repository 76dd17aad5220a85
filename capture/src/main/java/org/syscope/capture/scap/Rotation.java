package org.syscope.capture.scap;

/**
 * When a new file begins, and how many are kept.
 *
 * @param bytes a new file once one has more than so many bytes; 0: size does not matter
 * @param seconds a new file every so many seconds, counted from the first event; 0: time does not matter
 * @param events a new file after so many events; 0: their number does not matter
 * @param files how many files are kept, the oldest being replaced; 0: all
 */
public record Rotation(long bytes, long seconds, long events, int files) {

    /** One file. */
    public static final Rotation NONE = new Rotation(0, 0, 0, 0);

    /** Checks that nothing is negative. */
    public Rotation {
        if (bytes < 0 || seconds < 0 || events < 0 || files < 0) {
            throw new IllegalArgumentException("a negative limit");
        }
    }

    /** Whether there is more than one file. */
    public boolean rotates() {
        return bytes > 0 || seconds > 0 || events > 0;
    }
}
