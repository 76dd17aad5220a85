package org.syscope.chisels.lua;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * Ends a script that keeps more than most of the heap. What counts is the memory still in use after the last garbage
 * collection; as long as less than half of the heap is in use, garbage included, nobody looks that closely.
 */
final class MemoryBound {
    private static final int PERCENT = 85;

    private final Runtime runtime = Runtime.getRuntime();
    private final long limit = runtime.maxMemory() / 100 * PERCENT;
    private List<MemoryPoolMXBean> pools;

    static String message() {
        return "not enough memory: more than " + Runtime.getRuntime().maxMemory() / 100 * PERCENT / (1 << 20)
                + " MiB in use";
    }

    void check() {
        if (runtime.totalMemory() - runtime.freeMemory() > limit / 2 && kept() > limit) {
            throw new ScriptAbort(message());
        }
    }

    /** Also refuses a single allocation that cannot fit. */
    void check(long bytes) {
        check();
        if (bytes > limit / 2) {
            throw new ScriptAbort(message());
        }
    }

    private long kept() {
        if (pools == null) {
            pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        }
        long sum = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage usage = pool.getCollectionUsage();
            sum += usage == null ? 0 : usage.getUsed();
        }
        return sum;
    }
}
