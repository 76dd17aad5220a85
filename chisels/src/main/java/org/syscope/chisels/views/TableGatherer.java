package org.syscope.chisels.views;

import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;

/** A table whose rows begin anew with each interval. */
final class TableGatherer implements Gatherer {

    private final ViewTable table;
    private final History history = new History();

    TableGatherer(ViewDefinition view, FieldCatalog catalog, int depth) throws ViewException {
        this.table = new ViewTable(view, catalog, depth);
    }

    @Override
    public boolean add(EventContext context, boolean real) {
        return table.add(context, real);
    }

    @Override
    public boolean wantsThreads() {
        return true;
    }

    @Override
    public Sample sample(long nanos) {
        return table.sample(nanos, history);
    }

    @Override
    public void endInterval(Sample last, int sortColumn) {
        history.add(last, sortColumn);
        table.clear();
    }

    @Override
    public void forgetHistory() {
        history.clear();
    }

    @Override
    public void clear() {
        table.clear();
        history.clear();
    }
}
