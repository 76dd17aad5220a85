package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.LongMap;

/**
 * CPU use of a thread in percent of one CPU, from its accounting events, which come once a second with its total CPU time
 * in hundredths of a second: user time first, then system time.
 */
final class CpuUse implements Getter {

    private static final double WHOLE = 100;

    private final boolean user;
    private final boolean system;
    private final LongMap<long[]> totals = new LongMap<>();

    CpuUse(boolean user, boolean system) {
        this.user = user;
        this.system = system;
    }

    @Override
    public boolean get(EventContext context, FieldValue out) {
        if (context.eventCode() != EventCodes.PPME_PROCINFO_E) {
            return false;
        }
        Event event = context.event();
        long now = (user ? event.unsigned(0, 0) : 0) + (system ? event.unsigned(1, 0) : 0);
        long[] before = totals.get(event.tid());
        if (before == null) {
            totals.put(event.tid(), new long[]{now});
            out.setReal(0);
            return true;
        }
        out.setReal(Math.clamp(now - before[0], 0, WHOLE));
        before[0] = now;
        return true;
    }
}
