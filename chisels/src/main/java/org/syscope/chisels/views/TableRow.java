package org.syscope.chisels.views;

import java.util.Arrays;

/** A row while it is gathered: made once for each key, changed by every event of that key without allocating. */
final class TableRow {

    private static final byte[] NOTHING = {};

    final byte[] key;
    final boolean keyed;
    final int hash;
    final long[] numbers;
    final int[] counts;
    final byte[][] texts;
    final Percentiles[] percentiles;

    /**
     * A row without values.
     *
     * @param key what it is told apart by
     * @param keyed false if events had no such value
     */
    TableRow(byte[] key, boolean keyed, int hash, int columns) {
        this.key = key;
        this.keyed = keyed;
        this.hash = hash;
        this.numbers = new long[columns];
        this.counts = new int[columns];
        this.texts = new byte[columns][];
        this.percentiles = new Percentiles[columns];
    }

    // ---- values of events

    /** Takes in what a column has of the current event. */
    void take(int index, TableColumn column, boolean first, TextPool pool) {
        if (column.isText()) {
            takeText(index, column, first, pool);
            return;
        }
        boolean present = column.present();
        Aggregation aggregation = column.definition().aggregation();
        if (aggregation.isPercentile()) {
            if (percentiles[index] == null) {
                percentiles[index] = new Percentiles();
            }
            if (present) {
                percentiles[index].add(column.number());
                counts[index]++;
            }
            return;
        }
        if (!present) {
            return;
        }
        if (counts[index] == 0) {
            numbers[index] = column.number();
            counts[index] = 1;
            return;
        }
        combine(index, column, aggregation, column.number(), 1);
    }

    private void takeText(int index, TableColumn column, boolean first, TextPool pool) {
        boolean last = column.definition().aggregation() == Aggregation.MAX;
        if (first) {
            texts[index] = NOTHING;
        }
        if (column.present() && (counts[index] == 0 || last)) {
            byte[] known = texts[index];
            if (counts[index] == 0 || !Arrays.equals(known, 0, known.length, column.bytes(), column.offset(),
                    column.offset() + column.length())) {
                texts[index] = pool.get(column.bytes(), column.offset(), column.length());
            }
            counts[index] = 1;
        }
    }

    private void combine(int index, TableColumn column, Aggregation aggregation, long value, int count) {
        long old = numbers[index];
        switch (aggregation) {
            case SUM, TIME_AVG -> numbers[index] = sum(column, old, value);
            case AVG -> {
                numbers[index] = sum(column, old, value);
                counts[index] += count;
            }
            case MAX -> numbers[index] = compare(column, value, old) > 0 ? value : old;
            case MIN -> numbers[index] = compare(column, value, old) < 0 ? value : old;
            default -> {
                // the first value stays
            }
        }
    }

    private static long sum(TableColumn column, long a, long b) {
        return column.isReal() ? Double.doubleToRawLongBits(Double.longBitsToDouble(a) + Double.longBitsToDouble(b)) : a + b;
    }

    private static int compare(TableColumn column, long a, long b) {
        return column.isReal() ? Double.compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b))
                : column.isUnsigned() ? Long.compareUnsigned(a, b) : Long.compare(a, b);
    }

    // ---- values of rows

    /** The number of a cell: of a mean the mean, of a percentile the percentile. */
    long settled(int index, TableColumn column) {
        Aggregation aggregation = column.definition().aggregation();
        if (percentiles[index] != null) {
            return percentiles[index].at(aggregation == Aggregation.P50 ? 50 : 99);
        }
        if (aggregation != Aggregation.AVG || counts[index] < 2) {
            return numbers[index];
        }
        return column.isReal() ? Double.doubleToRawLongBits(Double.longBitsToDouble(numbers[index]) / counts[index])
                : numbers[index] / counts[index];
    }

    /** Takes in a cell of another row, which has the same group. */
    void merge(int index, TableColumn column, TableRow from, boolean first) {
        Aggregation aggregation = column.definition().groupByAggregation();
        if (column.isText()) {
            boolean last = column.definition().aggregation() == Aggregation.MAX;
            if (first || from.counts[index] > 0 && (counts[index] == 0 || last && aggregation == Aggregation.MAX)) {
                texts[index] = from.texts[index];
                counts[index] = from.counts[index];
            }
            return;
        }
        if (from.percentiles[index] != null) {
            if (percentiles[index] == null) {
                percentiles[index] = new Percentiles();
            }
            percentiles[index].add(from.percentiles[index]);
            counts[index] += from.counts[index];
            return;
        }
        if (from.counts[index] == 0) {
            return;
        }
        long value = from.settled(index, column);
        if (counts[index] == 0) {
            numbers[index] = value;
            counts[index] = 1;
            return;
        }
        combine(index, column, aggregation, value, 1);
    }

    /** As {@link #settled} for a row that others were merged into: their values are settled already. */
    long mergedValue(int index, TableColumn column) {
        if (percentiles[index] != null) {
            return settled(index, column);
        }
        if (column.definition().groupByAggregation() != Aggregation.AVG || counts[index] < 2) {
            return numbers[index];
        }
        return column.isReal() ? Double.doubleToRawLongBits(Double.longBitsToDouble(numbers[index]) / counts[index])
                : numbers[index] / counts[index];
    }
}
