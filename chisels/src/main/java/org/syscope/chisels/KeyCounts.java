package org.syscope.chisels;

import java.util.Arrays;

/**
 * Sums by key, where a key is a run of bytes: an open hash table over one array of key bytes. Adding to a key that is
 * there allocates nothing.
 */
final class KeyCounts {
    private static final int FIRST_SLOTS = 64;

    private byte[] keys = new byte[1024];
    private int used;
    private int[] slots = new int[FIRST_SLOTS];
    private int[] hashes = new int[FIRST_SLOTS];
    private int[] offsets = new int[FIRST_SLOTS];
    private int[] lengths = new int[FIRST_SLOTS];
    private double[] sums = new double[FIRST_SLOTS];
    private int size;

    /** Adds to the sum of a key. */
    void add(byte[] key, int length, double amount) {
        int hash = hash(key, length);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (hashes[entry] == hash && Arrays.equals(keys, offsets[entry], offsets[entry] + lengths[entry], key, 0, length)) {
                sums[entry] += amount;
                return;
            }
            slot = slot + 1 & mask;
        }
        insert(key, length, hash, amount, slot);
    }

    private void insert(byte[] key, int length, int hash, double amount, int slot) {
        if (size == sums.length) {
            int capacity = size * 2;
            hashes = Arrays.copyOf(hashes, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            sums = Arrays.copyOf(sums, capacity);
        }
        if (keys.length - used < length) {
            keys = Arrays.copyOf(keys, Math.max(used + length, keys.length * 2));
        }
        System.arraycopy(key, 0, keys, used, length);
        hashes[size] = hash;
        offsets[size] = used;
        lengths[size] = length;
        sums[size] = amount;
        used += length;
        size++;
        slots[slot] = size;
        if (size * 2 > slots.length) {
            rehash();
        }
    }

    private void rehash() {
        int[] wider = new int[slots.length * 2];
        int mask = wider.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = hashes[entry] & mask;
            while (wider[slot] != 0) {
                slot = slot + 1 & mask;
            }
            wider[slot] = entry + 1;
        }
        slots = wider;
    }

    private static int hash(byte[] key, int length) {
        int hash = 0x811c9dc5;
        for (int i = 0; i < length; i++) {
            hash = (hash ^ key[i]) * 0x01000193;
        }
        return hash ^ hash >>> 15;
    }

    /** How many keys there are. */
    int size() {
        return size;
    }

    /** The array that keys lie in. */
    byte[] keys() {
        return keys;
    }

    /** Where a key begins, by the order in which keys first came. */
    int offset(int entry) {
        return offsets[entry];
    }

    /** How many bytes a key has. */
    int length(int entry) {
        return lengths[entry];
    }

    /** The sum of a key. */
    double sum(int entry) {
        return sums[entry];
    }

    /** Forgets all keys. */
    void clear() {
        Arrays.fill(slots, 0);
        size = 0;
        used = 0;
    }
}
