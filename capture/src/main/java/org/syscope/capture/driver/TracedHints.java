package org.syscope.capture.driver;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import org.syscope.capture.linux.Mapping;

/**
 * What spares the programs most lookups in the set of traced processes: one place for each tgid, which it shares with those that
 * are equal to it modulo 65536. Source: the map "traced_hints" of {@code bpf-src/shared/interface.h}.
 *
 * <pre>
 *  at 8 * (tgid mod 65536)   u64   0: none of these processes is in the set
 *                                  a tgid: this one is in it, others may be
 *                                  0xffffffff: the set must be asked
 * </pre>
 *
 * <p>A hint may say less than what is true, never more: a place is 0 only as long as nobody who belongs there was put into the
 * set.
 */
final class TracedHints implements AutoCloseable {

    private static final int PLACES = 65536;
    private static final long ASK = 0xffffffffL;
    private static final VarHandle HINT = ValueLayout.JAVA_LONG.varHandle();

    private final Mapping mapping;
    private final MemorySegment hints;

    /** Takes the map's memory, writable. */
    TracedHints(Mapping mapping) {
        this.mapping = mapping;
        this.hints = mapping.segment();
    }

    /** Called before a process is put into the set. */
    void adding(int pid) {
        if (!HINT.compareAndSet(hints, place(pid), 0L, (long) pid)) {
            HINT.setVolatile(hints, place(pid), ASK);
        }
    }

    /** Called before a process is taken out of the set. */
    void removing(int pid) {
        HINT.compareAndSet(hints, place(pid), (long) pid, ASK);
    }

    private static long place(int pid) {
        return 8L * (pid & PLACES - 1);
    }

    @Override
    public void close() {
        mapping.close();
    }
}
