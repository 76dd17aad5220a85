package org.syscope.capture.driver;

import java.util.BitSet;

/**
 * What a driver is asked to do.
 *
 * @param bufferBytes size of one ring, bytes; a power of two and a multiple of the page size
 * @param cpusPerBuffer how many CPUs share a ring, 1 or more; within a shared ring, events that two CPUs made at the same
 *     moment may come in the wrong order by as long as a program takes, some microseconds
 * @param snaplen how many bytes of data an event keeps, 0 to 65000
 * @param exits PPM_SC codes (calls and tracepoints) whose exit events are wanted
 * @param enters PPM_SC codes whose enter events are wanted too
 * @param latency whether the enter hook runs, to know how long each call took
 * @param arguments whether generic events carry their arguments
 * @param onlyTraced whether only processes given to {@link Driver#trace} and their descendants are reported
 * @param tracer the process that is never reported, in the machine's own pid namespace: this one
 */
public record DriverOptions(
        int bufferBytes,
        int cpusPerBuffer,
        int snaplen,
        BitSet exits,
        BitSet enters,
        boolean latency,
        boolean arguments,
        boolean onlyTraced,
        int tracer) {

    /** Size of a ring where nothing else is asked for and CPUs are many or memory is scarce, bytes. */
    public static final int DEFAULT_BUFFER_BYTES = 8 << 20;

    private static final int USUAL_BUFFER_BYTES = 64 << 20;
    private static final long USUAL_RINGS_BYTES = 256 << 20;
    private static final int SHARE_OF_MEMORY = 64;

    /** Bytes of data kept where nothing else is asked for. */
    public static final int DEFAULT_SNAPLEN = 80;

    /** PPM_SC codes of the tracepoints that are no calls. */
    public static final int SCHED_PROCESS_EXIT = 396;
    /** The context switch. */
    public static final int SCHED_SWITCH = 397;
    /** A page fault of user code. */
    public static final int PAGE_FAULT_USER = 398;
    /** A page fault of kernel code. */
    public static final int PAGE_FAULT_KERNEL = 399;
    /** A signal that reaches its handler, or kills. */
    public static final int SIGNAL_DELIVER = 400;

    /** io_uring_enter, and with it the operations that run through io_uring. */
    public static final int IO_URING_ENTER = 331;

    /**
     * socketcall, through which 32-bit programs make the calls of sockets: of those, the kernel side reports the ones that are
     * wanted themselves.
     */
    public static final int SOCKETCALL = 277;
    /** recv, which 32-bit programs only have, through socketcall. */
    public static final int RECV = 394;
    /** send, likewise. */
    public static final int SEND = 395;

    /** PPM_SC codes are below this; 0 stands for calls that the schema does not know. */
    public static final int CODES = 454;

    /**
     * Everything but page faults and enter events: all calls, those of 32-bit programs and unknown ones too, process
     * exits, context switches, signals.
     */
    public static DriverOptions defaults() {
        BitSet exits = new BitSet();
        exits.set(0, CODES);
        exits.clear(PAGE_FAULT_USER);
        exits.clear(PAGE_FAULT_KERNEL);
        return new DriverOptions(DEFAULT_BUFFER_BYTES, 1, DEFAULT_SNAPLEN, exits, new BitSet(), true, true, false);
    }

    /**
     * Size of a ring where nothing else is asked for: 64 MiB, what a busy CPU writes in a quarter of a second, unless all rings
     * together would take more than 256 MiB or a 64th of the memory; then less, but not less than 8 MiB.
     *
     * @param rings how many there will be
     * @param memory what the process may use, bytes
     * @return bytes, a power of two
     */
    public static int usualBufferBytes(int rings, long memory) {
        long each = Math.min(USUAL_RINGS_BYTES, memory / SHARE_OF_MEMORY) / Math.max(1, rings);
        return Math.clamp(Long.highestOneBit(each), DEFAULT_BUFFER_BYTES, USUAL_BUFFER_BYTES);
    }

    /** As all components say; the process that is never reported has the id that it knows itself. */
    public DriverOptions(int bufferBytes, int cpusPerBuffer, int snaplen, BitSet exits, BitSet enters, boolean latency,
            boolean arguments, boolean onlyTraced) {
        this(bufferBytes, cpusPerBuffer, snaplen, exits, enters, latency, arguments, onlyTraced,
                (int) ProcessHandle.current().pid());
    }

    /** The same with another process that is never reported. */
    public DriverOptions withTracer(int pid) {
        return new DriverOptions(bufferBytes, cpusPerBuffer, snaplen, exits, enters, latency, arguments, onlyTraced, pid);
    }

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
