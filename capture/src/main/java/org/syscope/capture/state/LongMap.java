package org.syscope.capture.state;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A map from long keys to objects without boxing: open addressing with linear probing, a power of two of slots of which
 * at most two thirds are taken. Removal moves later entries of the same run back, so there are no tombstones and tables
 * that see many opens and closes stay as fast as new ones. Not thread safe.
 *
 * @param <V> what the keys lead to; never null
 */
public final class LongMap<V> {

    private static final int FIRST_CAPACITY = 8;

    private long[] keys = new long[FIRST_CAPACITY];
    private Object[] values = new Object[FIRST_CAPACITY];
    private int size;

    /** What {@link #forEach} calls. */
    @FunctionalInterface
    public interface Visitor<V> {
        /** One entry; the map must not be changed. */
        void visit(long key, V value);
    }

    /** An empty map. */
    public LongMap() {
    }

    /** A map with the same entries; the values are shared. */
    public LongMap(LongMap<V> other) {
        keys = other.keys.clone();
        values = other.values.clone();
        size = other.size;
    }

    /** How many keys there are. */
    public int size() {
        return size;
    }

    /** The value of {@code key}, null if there is none. */
    @SuppressWarnings("unchecked")
    public V get(long key) {
        int mask = keys.length - 1;
        int slot = slot(key, mask);
        Object value = values[slot];
        while (value != null) {
            if (keys[slot] == key) {
                return (V) value;
            }
            slot = (slot + 1) & mask;
            value = values[slot];
        }
        return null;
    }

    /** Sets the value of {@code key} and gives the one it replaces, null if there was none. */
    @SuppressWarnings("unchecked")
    public V put(long key, V value) {
        if (value == null) {
            throw new IllegalArgumentException("null for key " + key);
        }
        int mask = keys.length - 1;
        int slot = slot(key, mask);
        while (values[slot] != null) {
            if (keys[slot] == key) {
                V old = (V) values[slot];
                values[slot] = value;
                return old;
            }
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        values[slot] = value;
        size++;
        if (size * 3L > keys.length * 2L) {
            grow();
        }
        return null;
    }

    /** Takes {@code key} out and gives its value, null if there was none. */
    @SuppressWarnings("unchecked")
    public V remove(long key) {
        int mask = keys.length - 1;
        int slot = slot(key, mask);
        while (values[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        V old = (V) values[slot];
        if (old == null) {
            return null;
        }
        size--;
        int hole = slot;
        int next = (hole + 1) & mask;
        while (values[next] != null) {
            int home = slot(keys[next], mask);
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                keys[hole] = keys[next];
                values[hole] = values[next];
                hole = next;
            }
            next = (next + 1) & mask;
        }
        values[hole] = null;
        return old;
    }

    /** Takes everything out. */
    public void clear() {
        if (size > 0) {
            Arrays.fill(values, null);
            size = 0;
        }
    }

    /** Visits all entries, in no order. */
    @SuppressWarnings("unchecked")
    public void forEach(Visitor<? super V> visitor) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                visitor.visit(keys[i], (V) values[i]);
            }
        }
    }

    /** Visits all values, in no order. */
    @SuppressWarnings("unchecked")
    public void forEachValue(Consumer<? super V> consumer) {
        for (Object value : values) {
            if (value != null) {
                consumer.accept((V) value);
            }
        }
    }

    /** All keys in ascending signed order; a copy. */
    public long[] sortedKeys() {
        long[] result = new long[size];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                result[n++] = keys[i];
            }
        }
        Arrays.sort(result);
        return result;
    }

    private void grow() {
        long[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[oldKeys.length * 2];
        int mask = keys.length - 1;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i], mask);
                while (values[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int slot(long key, int mask) {
        // tids and fds are small and dense: consecutive keys fall into consecutive slots, high bits are folded in
        return (int) (key ^ (key >>> 32)) & mask;
    }
}
