package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;

/**
 * A row of a {@link Sample}: values as they were when the sample was taken, which never change. Shown through
 * {@link CellText}.
 */
public final class SampleRow {

    private static final float[] NONE = {};

    private final byte[] key;
    private final String keyText;
    private final long[] numbers;
    private final int[] counts;
    private final byte[][] texts;
    private final float[] history;

    /**
     * A row.
     *
     * @param key what it is told apart by, as text; null if events had no such value
     * @param numbers a number for each column, of real ones the bits of a double
     * @param counts how many values each cell was made of; 0 where a default stands for a missing value
     * @param texts a text or an address for each column that has one
     * @param history what the sorting column had in the intervals before and in this one, oldest first
     */
    SampleRow(byte[] key, long[] numbers, int[] counts, byte[][] texts, float[] history) {
        this.key = key;
        this.keyText = key == null ? "<NA>" : new String(key, StandardCharsets.UTF_8);
        this.numbers = numbers;
        this.counts = counts;
        this.texts = texts;
        this.history = history == null ? NONE : history;
    }

    /** What the row is told apart by; the same in every sample. */
    public String key() {
        return keyText;
    }

    /** Whether it has a key: one row may be about the events that have none. */
    public boolean hasKey() {
        return key != null;
    }

    /** The key's bytes; null if events had no such value. */
    byte[] keyBytes() {
        return key;
    }

    /** The number in a column, 0 if it has none. */
    public double number(SampleColumn column, int index) {
        return column.isReal() ? Double.longBitsToDouble(numbers[index]) : numbers[index];
    }

    long integer(int index) {
        return numbers[index];
    }

    /** Whether the cell has a value, not only a default for a missing one. */
    public boolean has(int index) {
        return counts[index] > 0;
    }

    /** The bytes of a text or an address; null if the column has numbers. */
    byte[] bytes(int index) {
        return texts[index];
    }

    /** The sorting column's values in the intervals before and in this one, oldest first; empty if none is kept. */
    public float[] history() {
        return history;
    }
}
