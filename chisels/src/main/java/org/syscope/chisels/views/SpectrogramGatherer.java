package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;

/**
 * Counts latencies by interval. Of a long time two intervals each become one, so that there are never more than a fixed
 * number of them.
 */
final class SpectrogramGatherer implements Gatherer {

    private static final int MAX_SLICES = 1024;

    private final ViewTable table;
    private final TableColumn step;
    private final List<Spectrogram.Slice> slices = new ArrayList<>();
    private final long shortest;
    private long width;

    /**
     * A spectrogram without events.
     *
     * @param width of an interval, ns
     */
    SpectrogramGatherer(ViewDefinition view, FieldCatalog catalog, int depth, long width) throws ViewException {
        this.table = new ViewTable(view, catalog, depth);
        this.step = new TableColumn(view, view.keyColumn(), catalog, depth);
        this.shortest = width;
        this.width = width;
    }

    @Override
    public boolean add(EventContext context, boolean real) {
        if (!real || !table.add(context, true)) {
            return false;
        }
        step.take(context, true);
        long time = context.event().timestamp();
        int index = Math.clamp(step.number() - 1, 0, Spectrogram.STEPS - 1);
        slice(time).counts()[index]++;
        return true;
    }

    private Spectrogram.Slice slice(long time) {
        for (int i = slices.size() - 1; i >= 0 && i >= slices.size() - 2; i--) {
            if (time >= slices.get(i).from() && time < slices.get(i).to()) {
                return slices.get(i);
            }
        }
        long from = slices.isEmpty() ? time - time % width : slices.getLast().to();
        if (!slices.isEmpty() && time < slices.getLast().from()) {
            return slices.getLast();
        }
        while (!slices.isEmpty() && time >= from + (long) (MAX_SLICES - slices.size()) * width) {
            halve();
            from = slices.getLast().to();
            if (time < from) {
                return slices.getLast();
            }
        }
        while (true) {
            Spectrogram.Slice next = new Spectrogram.Slice(from, from + width, new long[Spectrogram.STEPS]);
            slices.add(next);
            from += width;
            if (time < from) {
                return next;
            }
        }
    }

    private void halve() {
        List<Spectrogram.Slice> wider = new ArrayList<>();
        for (int i = 0; i < slices.size(); i += 2) {
            Spectrogram.Slice first = slices.get(i);
            long[] counts = first.counts().clone();
            if (i + 1 < slices.size()) {
                long[] second = slices.get(i + 1).counts();
                for (int j = 0; j < counts.length; j++) {
                    counts[j] += second[j];
                }
            }
            wider.add(new Spectrogram.Slice(first.from(), first.from() + width * 2, counts));
        }
        slices.clear();
        slices.addAll(wider);
        width *= 2;
    }

    @Override
    public Sample sample(long nanos) {
        return table.sample(nanos, null);
    }

    @Override
    public Spectrogram spectrogram() {
        List<Spectrogram.Slice> copy = new ArrayList<>();
        for (Spectrogram.Slice slice : slices) {
            copy.add(new Spectrogram.Slice(slice.from(), slice.to(), slice.counts().clone()));
        }
        return new Spectrogram(copy);
    }

    @Override
    public void clear() {
        slices.clear();
        table.clear();
        width = shortest;
    }
}
