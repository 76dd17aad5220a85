package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldType;

/**
 * Gathers the rows of a table from events, and merges them where the view groups them. Holds a bounded number of rows;
 * events whose rows have no room are counted. Used by one thread.
 */
final class ViewTable {

    /** More rows are not kept. */
    static final int MAX_ROWS = 20_000;

    private static final int LONGEST_KEY = 4096;

    private final TableColumn key;
    private final TableColumn group;
    private final TableColumn[] columns;
    private final List<SampleColumn> descriptions = new ArrayList<>();
    private final boolean useDefaults;
    private final RowMap rows = new RowMap(MAX_ROWS);
    private final TextPool pool = new TextPool();
    private final byte[] number = new byte[Long.BYTES];
    private final int groupIndex;
    private long refused;

    /**
     * An empty table.
     *
     * @param depth of drill-downs, for fields that ask for it
     * @throws ViewException if a field does not exist
     */
    ViewTable(ViewDefinition view, FieldCatalog catalog, int depth) throws ViewException {
        TableColumn rowKey = null;
        TableColumn groupKey = null;
        List<TableColumn> values = new ArrayList<>();
        for (ViewColumn definition : view.columns()) {
            TableColumn column = new TableColumn(view, definition, catalog, depth);
            if (definition.key()) {
                rowKey = column;
            } else if (definition.groupByKey()) {
                groupKey = column;
            } else {
                values.add(column);
                descriptions.add(column.description());
            }
        }
        this.key = rowKey;
        this.group = groupKey;
        this.groupIndex = groupKey == null ? -1 : values.size();
        if (groupKey != null) {
            values.add(groupKey);
        }
        this.columns = values.toArray(TableColumn[]::new);
        this.useDefaults = view.useDefaults();
    }

    /** The shown columns. */
    List<SampleColumn> columns() {
        return descriptions;
    }

    /** The column that a drill-down filters by. */
    TableColumn keyColumn() {
        return group == null ? key : group;
    }

    /**
     * Takes in an event that passed the view's filter.
     *
     * @param real false if it is no event but an account of a thread, which counts for nothing
     * @return whether it has a place in the table
     */
    boolean add(EventContext context, boolean real) {
        key.take(context, real);
        if (!key.present() && !(useDefaults && key.hasDefault())) {
            return false;
        }
        for (TableColumn column : columns) {
            column.take(context, real);
            if (!column.present() && !(useDefaults && column.hasDefault())) {
                return false;
            }
        }
        TableRow row = find(key);
        boolean first = row == null;
        if (first) {
            if (rows.isFull()) {
                refused++;
                return false;
            }
            row = create(key, columns.length);
            rows.add(row);
        }
        for (int i = 0; i < columns.length; i++) {
            row.take(i, columns[i], first, pool);
        }
        return true;
    }

    private TableRow find(TableColumn by) {
        byte[] bytes = keyBytes(by);
        int offset = by.isText() ? by.offset() : 0;
        int length = keyLength(by);
        return rows.find(bytes, offset, length, by.present(), RowMap.hash(bytes, offset, length));
    }

    private TableRow create(TableColumn by, int width) {
        byte[] bytes = keyBytes(by);
        int offset = by.isText() ? by.offset() : 0;
        int length = keyLength(by);
        return new TableRow(Arrays.copyOfRange(bytes, offset, offset + length), by.present(),
                RowMap.hash(bytes, offset, length), width);
    }

    private static int keyLength(TableColumn by) {
        return by.isText() ? Math.min(by.length(), LONGEST_KEY) : by.present() ? Long.BYTES : 0;
    }

    private byte[] keyBytes(TableColumn by) {
        if (by.isText()) {
            return by.bytes();
        }
        write(by.number());
        return number;
    }

    private void write(long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            number[i] = (byte) (value >>> i * Byte.SIZE);
        }
    }

    private static long read(byte[] bytes) {
        long value = 0;
        for (int i = 0; i < bytes.length; i++) {
            value |= (bytes[i] & 0xFFL) << i * Byte.SIZE;
        }
        return value;
    }

    /** Forgets the rows: a new interval begins. */
    void clear() {
        rows.clear();
        refused = 0;
    }

    /** How many rows there are, before they are merged. */
    int size() {
        return rows.size();
    }

    /**
     * The rows as they are now, in no order.
     *
     * @param nanos the time that they are about, ns
     */
    Sample sample(long nanos, History history) {
        List<SampleRow> result = new ArrayList<>();
        if (group == null) {
            for (int i = 0; i < rows.size(); i++) {
                result.add(copy(rows.get(i), keyText(key, rows.get(i).key, rows.get(i).keyed), false, history));
            }
            return new Sample(descriptions, result, nanos, refused);
        }
        RowMap merged = new RowMap(MAX_ROWS);
        for (int i = 0; i < rows.size(); i++) {
            merge(merged, rows.get(i));
        }
        for (int i = 0; i < merged.size(); i++) {
            TableRow row = merged.get(i);
            result.add(copy(row, keyText(group, row.key, row.keyed), true, history));
        }
        return new Sample(descriptions, result, nanos, refused);
    }

    private void merge(RowMap merged, TableRow row) {
        boolean keyed = row.counts[groupIndex] > 0;
        byte[] by = row.texts[groupIndex];
        if (!group.isText()) {
            write(row.numbers[groupIndex]);
            by = Arrays.copyOf(number, keyed ? Long.BYTES : 0);
        }
        int hash = RowMap.hash(by, 0, by.length);
        TableRow into = merged.find(by, 0, by.length, keyed, hash);
        boolean first = into == null;
        if (first) {
            into = new TableRow(by, keyed, hash, columns.length);
            merged.add(into);
        }
        for (int i = 0; i < groupIndex; i++) {
            into.merge(i, columns[i], row, first);
        }
    }

    private SampleRow copy(TableRow row, byte[] keyText, boolean merged, History history) {
        int shown = descriptions.size();
        long[] numbers = new long[shown];
        for (int i = 0; i < shown; i++) {
            numbers[i] = columns[i].isText() ? 0 : merged ? row.mergedValue(i, columns[i]) : row.settled(i, columns[i]);
        }
        return new SampleRow(keyText, numbers, Arrays.copyOf(row.counts, shown), Arrays.copyOf(row.texts, shown),
                history == null ? null : history.of(keyText));
    }

    /** A key as text, for filters; null for the row of events without it. */
    private static byte[] keyText(TableColumn by, byte[] bytes, boolean keyed) {
        if (!keyed) {
            return null;
        }
        if (by.isText()) {
            return bytes;
        }
        SampleRow row = new SampleRow(null, new long[]{read(bytes)}, new int[]{1}, new byte[1][], null);
        SampleColumn column = by.description();
        String text = column.type() == FieldType.BOOL ? row.integer(0) == 0 ? "false" : "true" : CellText.plain(column, row, 0);
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
