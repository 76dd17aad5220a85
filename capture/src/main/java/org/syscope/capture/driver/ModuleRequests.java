package org.syscope.capture.driver;

/**
 * The requests that the kernel module takes through ioctl(2). Source: {@code kmod-src/requests.h}.
 *
 * <pre>
 * bits 31..30 direction: 0 none, 1 the kernel reads, 2 the kernel writes
 * bits 29..16 bytes of what the argument points to
 * bits 15..8  0xe5
 * bits  7..0  number
 * </pre>
 */
final class ModuleRequests {

    /** What a module must answer to {@link #VERSION}. */
    static final int ABI_VERSION = 2;

    /** Where a CPU's counters are mapped, in pages. */
    static final long COUNTERS_PAGE = 0x100000;

    /** Where the muted threads are mapped, in pages. */
    static final long MUTES_PAGE = 0x200000;

    private static final long TYPE = 0xe5 << 8;
    private static final long TO_KERNEL = 1L << 30;
    private static final long FROM_KERNEL = 2L << 30;

    /** The answer is the version of the interface. */
    static final long VERSION = TYPE;
    /** Makes a consumer; the argument is {@link #ABI_VERSION}. */
    static final long BEGIN = TYPE | 1;
    /** Takes part in the consumer of another open device, the argument. */
    static final long JOIN = TYPE | 2;
    /** No event from now on. */
    static final long STOP = TYPE | 5;
    /** Adds a process to the traced ones. */
    static final long TRACE = TYPE | 6;
    /** The answer is how many processes are traced. */
    static final long TRACED = TYPE | 7;
    /** The answer is how many devices there are. */
    static final long CPUS = TYPE | 9;
    /** The answer has bit n set if the kernel has hook n. */
    static final long HOOKS = TYPE | 10;

    /** Bytes of {@link #RING}'s argument: u64 size of the ring, i32 device to share it with or -1, u32 0. */
    static final int RING_SIZE = 16;
    /** Gives the device's CPU a ring. */
    static final long RING = TO_KERNEL | RING_SIZE << 16 | TYPE | 3;

    /** Takes a process out of the traced ones. */
    static final long FORGET = TYPE | 11;

    /** The answer is 1 if a process is traced, 0 if not. */
    static final long TRACES = TYPE | 12;
    /**
     * Writes the calls in flight to where the argument points, {@link #CALLS_MAX} at most, each as u32 tid, u32 0 and what
     * the universal driver's map "threads" has; the answer is how many.
     */
    static final long CALLS = TYPE | 13;
    /** Bytes of a call in flight. */
    static final long CALL_SIZE = 40;
    /** How many threads the module knows at most. */
    static final int CALLS_MAX = 65_536;

    private static final int TYPES = 512;

    /** Bytes of {@link #LOST_TYPES}'s argument: u64 for each of 512 event types. */
    static final int LOST_TYPES_SIZE = TYPES * Long.BYTES;
    /** Tells how many events were lost, by event type. */
    static final long LOST_TYPES = FROM_KERNEL | LOST_TYPES_SIZE << 16 | TYPE | 8;

    private ModuleRequests() {
    }

    /** Writes the settings, of so many bytes; the first ones start the tracing. */
    static long settings(long size) {
        return TO_KERNEL | size << 16 | TYPE | 4;
    }
}
