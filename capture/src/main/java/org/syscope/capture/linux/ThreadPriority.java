package org.syscope.capture.linux;

import java.util.Set;

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

    /** What the kernel calls the thread that all others have to stop for, and those that compile. */
    private static final Set<String> MACHINE = Set.of("VM Thread", "C1 CompilerThre", "C2 CompilerThre");

    private ThreadPriority() {
    }

    /**
     * Prefers the calling thread, unless it was given a priority by whoever started the process. Threads that it starts
     * later inherit that.
     *
     * @return whether it is preferred now; false also without CAP_SYS_NICE
     */
    public static boolean prefer() {
        return prefer(0);
    }

    /**
     * Prefers the threads of the Java virtual machine that its other threads depend on: while it collects garbage, none of them
     * goes on, however preferred, and until their code is compiled they are many times slower. Those that were given a priority
     * are left as they are.
     */
    public static void preferMachine() {
        for (int tid : OwnTasks.named(MACHINE)) {
            prefer(tid);
        }
    }

    private static boolean prefer(int tid) {
        return SystemCall.GETPRIORITY.call(0, tid) == USUAL && SystemCall.SETPRIORITY.call(0, tid, PREFERRED) == 0;
    }

    /**
     * Takes from the calling thread the preference that it inherited. Not more than that: a thread of a lower priority that
     * does not get its turn delays the next collection of garbage, and with it the preferred ones.
     */
    public static void preferNoMore() {
        if (SystemCall.GETPRIORITY.call(0, 0) == USUAL - PREFERRED) {
            SystemCall.SETPRIORITY.call(0, 0, 0);
        }
    }
}
