package org.syscope.filters.field;

import org.syscope.capture.state.LongMap;

/** CPU time of each thread in the capture so far. */
final class TotalTimes implements Getter {

    private final SliceTimes slices = new SliceTimes();
    private final LongMap<long[]> totals = new LongMap<>();

    @Override
    public boolean get(EventContext context, FieldValue out) {
        long slice = slices.slice(context);
        if (context.state().thread() == null) {
            return false;
        }
        long[] total = totals.get(context.event().tid());
        if (total == null) {
            total = new long[1];
            totals.put(context.event().tid(), total);
        }
        total[0] += slice;
        out.setNumber(total[0]);
        return true;
    }
}
