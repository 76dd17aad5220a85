package org.syscope.chisels.views;

import java.util.Arrays;

/** Rows by key: open addressing with linear probing; looking a row up allocates nothing. Rows keep the order they came in. */
final class RowMap {

    private static final int FIRST = 64;

    private final int limit;
    private TableRow[] slots = new TableRow[FIRST];
    private TableRow[] inOrder = new TableRow[FIRST];
    private int size;

    /** A map of at most so many rows. */
    RowMap(int limit) {
        this.limit = limit;
    }

    /** A hash of bytes. */
    static int hash(byte[] bytes, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return mix(hash);
    }

    private static int mix(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x7feb352d;
        return mixed ^ mixed >>> 15;
    }

    /** The row of a key; null if there is none. */
    TableRow find(byte[] bytes, int offset, int length, boolean keyed, int hash) {
        int mask = slots.length - 1;
        for (int slot = hash & mask; slots[slot] != null; slot = slot + 1 & mask) {
            TableRow row = slots[slot];
            if (row.hash == hash && row.keyed == keyed
                    && Arrays.equals(row.key, 0, row.key.length, bytes, offset, offset + length)) {
                return row;
            }
        }
        return null;
    }

    /** Whether no row can be added any more. */
    boolean isFull() {
        return size >= limit;
    }

    void add(TableRow row) {
        if (size * 2 >= slots.length) {
            grow();
        }
        if (size == inOrder.length) {
            inOrder = Arrays.copyOf(inOrder, size * 2);
        }
        place(row);
        inOrder[size++] = row;
    }

    private void grow() {
        slots = new TableRow[slots.length * 2];
        for (int i = 0; i < size; i++) {
            place(inOrder[i]);
        }
    }

    private void place(TableRow row) {
        int mask = slots.length - 1;
        int slot = row.hash & mask;
        while (slots[slot] != null) {
            slot = slot + 1 & mask;
        }
        slots[slot] = row;
    }

    int size() {
        return size;
    }

    TableRow get(int index) {
        return inOrder[index];
    }

    void clear() {
        Arrays.fill(slots, null);
        Arrays.fill(inOrder, 0, size, null);
        size = 0;
    }
}
