package org.syscope.capture.driver;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.syscope.capture.linux.Mapping;

/**
 * The calls that threads are in, as the universal driver's programs note most of them. Source: the map "entered" of
 * {@code bpf-src/shared/interface.h}.
 *
 * <pre>
 *  at 16 * (tid mod 65536)
 *         0            8      12     14            16
 *         +------------+------+------+-------------+
 *         | enter time | tid  | nr   | PPM_SC code |    enter time: ns since the epoch; 0, in no call
 *         | u64 ns     | u32  | u16  | u16         |
 *         +------------+------+------+-------------+
 * </pre>
 */
final class EnteredCalls implements AutoCloseable {

    private static final int SIZE = 16;
    private static final int TID = 8;
    private static final int NUMBER = 12;
    private static final int CODE = 14;

    private final Mapping mapping;

    /** Takes the map's memory. */
    EnteredCalls(Mapping mapping) {
        this.mapping = mapping;
    }

    /** Adds all calls that are in flight at this moment, ns since the epoch, by thread. */
    void addTo(Map<Integer, CallInFlight> calls, long now) {
        MemorySegment places = mapping.segment();
        for (long at = 0; at < places.byteSize(); at += SIZE) {
            long since = places.get(ValueLayout.JAVA_LONG, at);
            if (since != 0) {
                int tid = places.get(ValueLayout.JAVA_INT, at + TID);
                calls.put(tid, new CallInFlight(tid, since, Math.max(0, now - since),
                        Short.toUnsignedInt(places.get(ValueLayout.JAVA_SHORT, at + NUMBER)),
                        Short.toUnsignedInt(places.get(ValueLayout.JAVA_SHORT, at + CODE))));
            }
        }
    }

    @Override
    public void close() {
        mapping.close();
    }
}
