package org.syscope.filters.field;

import java.util.Arrays;
import org.syscope.capture.event.EventCodes;

/** CPU time of the slice that a context switch ends: the time since the switch before on the same CPU. */
final class SliceTimes implements Getter {

    private long[] lastSwitch = new long[8];

    /** The slice that the current event ends, ns; 0 for other events and for the first switch of a CPU. */
    long slice(EventContext context) {
        int code = context.eventCode();
        if (code != EventCodes.PPME_SCHEDSWITCH_1_E && code != EventCodes.PPME_SCHEDSWITCH_6_E) {
            return 0;
        }
        int cpu = context.event().cpu();
        if (cpu >= lastSwitch.length) {
            lastSwitch = Arrays.copyOf(lastSwitch, Math.max(cpu + 1, lastSwitch.length * 2));
        }
        long before = lastSwitch[cpu];
        long now = context.event().timestamp();
        lastSwitch[cpu] = now;
        return before == 0 ? 0 : now - before;
    }

    @Override
    public boolean get(EventContext context, FieldValue out) {
        out.setNumber(slice(context));
        return true;
    }
}
