package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;

/** A row for each event, the last ones of them. */
final class ListGatherer implements Gatherer {

    private static final int MAX_ROWS = 20_000;
    private static final int LONGEST = 4096;

    private final TableColumn[] columns;
    private final List<SampleColumn> descriptions = new ArrayList<>();
    private final boolean useDefaults;
    private final ArrayDeque<SampleRow> rows = new ArrayDeque<>();
    private final TextPool pool = new TextPool();
    private long dropped;

    ListGatherer(ViewDefinition view, FieldCatalog catalog, int depth) throws ViewException {
        List<TableColumn> all = new ArrayList<>();
        for (ViewColumn definition : view.shownColumns()) {
            TableColumn column = new TableColumn(view, definition, catalog, depth);
            all.add(column);
            descriptions.add(column.description());
        }
        this.columns = all.toArray(TableColumn[]::new);
        this.useDefaults = view.useDefaults();
    }

    @Override
    public boolean add(EventContext context, boolean real) {
        for (TableColumn column : columns) {
            column.take(context, real);
            if (!column.present() && !(useDefaults && column.hasDefault())) {
                return false;
            }
        }
        if (rows.size() == MAX_ROWS) {
            rows.removeFirst();
            dropped++;
        }
        long[] numbers = new long[columns.length];
        int[] counts = new int[columns.length];
        byte[][] texts = new byte[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            TableColumn column = columns[i];
            counts[i] = column.present() ? 1 : 0;
            numbers[i] = column.isText() ? 0 : column.number();
            texts[i] = column.isText() ? pool.get(column.bytes(), column.offset(), Math.min(column.length(), LONGEST)) : null;
        }
        byte[] key = Long.toString(dropped + rows.size()).getBytes(StandardCharsets.US_ASCII);
        rows.add(new SampleRow(key, numbers, counts, texts, null));
        return true;
    }

    @Override
    public Sample sample(long nanos) {
        return new Sample(descriptions, Arrays.asList(rows.toArray(SampleRow[]::new)), nanos, dropped);
    }

    @Override
    public void clear() {
        rows.clear();
        dropped = 0;
    }
}
