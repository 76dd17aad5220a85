package org.syscope.capture.linux;

/**
 * The share of the CPUs that the calling thread gets where others want them too. Whoever empties buffers that others fill
 * must not wait for its turn as long as they do: on a busy machine a thread of usual priority can wait 100 ms, in which a
 * ring of 8 MiB overflows.
 */
public final class ThreadPriority {

    /** The nice value of a thread that is preferred, from -20 (most) to 19. */
    public static final int PREFERRED = -15;

    /** What the bare getpriority(2) gives for the usual nice value, 0. */
    private static final long USUAL = 20;

    /** The nice value of a thread that gets what nobody else wants. */
    private static final int LEAST = 19;

    private ThreadPriority() {
    }

    /**
     * Prefers the calling thread, unless it was given a priority by whoever started the process. Threads that it starts
     * later inherit that.
     *
     * @return whether it is preferred now; false also without CAP_SYS_NICE
     */
    public static boolean prefer() {
        return SystemCall.GETPRIORITY.call(0, 0) == USUAL && SystemCall.SETPRIORITY.call(0, 0, PREFERRED) == 0;
    }

    /** Gives the calling thread only the time that no other wants. */
    public static void yieldToAll() {
        SystemCall.SETPRIORITY.call(0, 0, LEAST);
    }
}
