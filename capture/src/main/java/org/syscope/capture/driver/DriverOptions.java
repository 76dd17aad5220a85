package org.syscope.capture.driver;

import java.util.BitSet;

/**
 * What a driver is asked to do.
 *
 * @param bufferBytes size of one ring, bytes; a power of two and a multiple of the page size
 * @param cpusPerBuffer how many CPUs share a ring, 1 or more
 * @param snaplen how many bytes of data an event keeps, 0 to 65000
 * @param exits PPM_SC codes (calls and tracepoints) whose exit events are wanted
 * @param enters PPM_SC codes whose enter events are wanted too
 * @param latency whether the enter hook runs, to know how long each call took
 * @param arguments whether generic events carry their arguments
 * @param onlyTraced whether only processes given to {@link Driver#trace} and their descendants are reported
 */
public record DriverOptions(
        int bufferBytes,
        int cpusPerBuffer,
        int snaplen,
        BitSet exits,
        BitSet enters,
        boolean latency,
        boolean arguments,
        boolean onlyTraced) {

    /** Size of a ring where nothing else is asked for, bytes. */
    public static final int DEFAULT_BUFFER_BYTES = 8 << 20;

    /** Bytes of data kept where nothing else is asked for. */
    public static final int DEFAULT_SNAPLEN = 80;

    /** Copies the sets; refuses sizes that no driver takes. */
    public DriverOptions {
        if (Integer.bitCount(bufferBytes) != 1 || bufferBytes < 1 << 12) {
            throw new IllegalArgumentException("a ring needs a power of two of at least 4096 bytes, not " + bufferBytes);
        }
        if (cpusPerBuffer < 1) {
            throw new IllegalArgumentException("at least one CPU needs to share a ring, not " + cpusPerBuffer);
        }
        exits = (BitSet) exits.clone();
        enters = (BitSet) enters.clone();
    }
}
