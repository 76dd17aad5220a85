package org.syscope.chisels.lua;

/**
 * Ends a script that keeps more than most of the heap. As long as less than the bound is in use, garbage included, nobody
 * looks closely; above it the garbage is collected, and what is left counts.
 */
final class MemoryBound {
    private static final int PERCENT = 85;

    private final Runtime runtime = Runtime.getRuntime();
    private final long limit;

    /** A bound of 85 percent of the heap. */
    MemoryBound() {
        this(Runtime.getRuntime().maxMemory() / 100 * PERCENT);
    }

    /** A bound in bytes. */
    MemoryBound(long limit) {
        this.limit = limit;
    }

    String message() {
        return "not enough memory: more than " + limit / (1 << 20) + " MiB in use";
    }

    void check() {
        if (used() > limit) {
            System.gc();
            if (used() > limit) {
                throw new ScriptAbort(message());
            }
        }
    }

    /** Also refuses a single allocation that cannot fit. */
    void check(long bytes) {
        check();
        if (bytes > limit / 2) {
            throw new ScriptAbort(message());
        }
    }

    private long used() {
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
