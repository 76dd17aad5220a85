package org.syscope.capture.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;

/**
 * The CPUs that threads of this process may run on: those that it was started with, or one of them. What the kernel refuses
 * stays as it is.
 *
 * <pre>
 *  mask: bit n % 64 of the u64 n / 64 stands for CPU n (sched_setaffinity(2))
 * </pre>
 */
public final class Affinity {

    /** What the kernel calls the threads that work for the one that takes events: its code, its memory, its files. */
    private static final Set<String> WORKERS = Set.of("VM Thread", "C1 CompilerThre", "C2 CompilerThre", "syscope-write",
            "syscope-index");
    /** Room for the 8192 CPUs that the kernel knows at most, bytes. */
    private static final int MASK_BYTES = 1024;

    private final MemorySegment all = Arena.ofAuto().allocate(MASK_BYTES, Long.BYTES);
    private final MemorySegment one = Arena.ofAuto().allocate(MASK_BYTES, Long.BYTES);
    private final MemorySegment cpu = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    private final int count;

    /** As the calling thread is bound now. */
    public Affinity() {
        long bytes = SystemCall.SCHED_GETAFFINITY.call(0, MASK_BYTES, all.address());
        int bits = 0;
        for (long at = 0; at < bytes; at += Long.BYTES) {
            bits += Long.bitCount(all.get(ValueLayout.JAVA_LONG, at));
        }
        count = bits;
    }

    /** {@return how many CPUs this process was given; 0 if the kernel does not say} */
    public int count() {
        return count;
    }

    /**
     * Binds the calling thread to the CPU that it is on, and with it those that work for it; what it starts later is bound too.
     */
    public void keepToOne() {
        if (SystemCall.GETCPU.call(cpu.address()) == 0) {
            int here = cpu.get(ValueLayout.JAVA_INT, 0);
            one.fill((byte) 0);
            one.set(ValueLayout.JAVA_LONG, here / Long.SIZE * (long) Long.BYTES, 1L << here);
            bind(0, one);
            for (int tid : OwnTasks.named(WORKERS)) {
                bind(tid, one);
            }
        }
    }

    /** Gives all threads of the process the CPUs back that it was started with. */
    public void spread() {
        for (int tid : OwnTasks.all()) {
            bind(tid, all);
        }
    }

    private static void bind(int tid, MemorySegment mask) {
        SystemCall.SCHED_SETAFFINITY.call(tid, MASK_BYTES, mask.address());
    }
}
