package org.syscope.chisels;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;

/**
 * Counts events by key without asking the script about each: what most {@code top...} chisels do. An event counts if it
 * has all keys and a value above zero.
 *
 * <p>A key is one run of bytes: for each field either {@code 0x01} and 8 bytes of a number, big endian, or {@code 0x02},
 * 4 bytes of length and the text.
 */
final class Counter {
    private static final byte NUMBER = 1;
    private static final byte TEXT = 2;

    private final Field[] fields;
    private final FieldType[] types;
    private final FieldValue[] values;
    private Field amount;
    private final FieldValue amountValue = new FieldValue();
    private final KeyCounts counts = new KeyCounts();
    private byte[] key = new byte[256];
    private int length;

    /**
     * A counter.
     *
     * @param fields the keys
     * @param amount what is added up
     */
    Counter(List<Field> fields, Field amount) {
        this.fields = fields.toArray(Field[]::new);
        this.amount = amount;
        this.values = new FieldValue[this.fields.length];
        this.types = new FieldType[this.fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = new FieldValue();
            types[i] = this.fields[i].type();
        }
    }

    /** The fields of the keys, and behind them what is added up. */
    List<Field> fields() {
        List<Field> all = new ArrayList<>(List.of(fields));
        all.add(amount);
        return all;
    }

    /** Counts by the same fields of another catalog from now on, given in the order of {@link #fields()}. */
    void bind(List<Field> others) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = others.get(i);
        }
        amount = others.getLast();
    }

    /** Takes an event in. Allocates nothing for a key that was seen before. */
    void add(EventContext context) {
        if (!amount.extract(context, amountValue)) {
            return;
        }
        double value = switch (amountValue.kind()) {
            case NUMBER -> amountValue.number();
            case REAL -> amountValue.real();
            default -> 0;
        };
        if (!(value > 0)) {
            return;
        }
        length = 0;
        for (int i = 0; i < fields.length; i++) {
            if (!fields[i].extract(context, values[i]) || !append(values[i])) {
                return;
            }
        }
        counts.add(key, length, value);
    }

    private boolean append(FieldValue value) {
        switch (value.kind()) {
            case NUMBER -> putNumber(value.number());
            case REAL -> putNumber((long) value.real());
            case BYTES -> putText(value.bytes(), value.offset(), value.length());
            case NUMBERS -> {
                if (value.count() == 0) {
                    return false;
                }
                putNumber(value.numberAt(0));
            }
            case SLICES -> {
                if (value.count() == 0) {
                    return false;
                }
                putText(value.bytes(), value.offsetAt(0), value.lengthAt(0));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void putNumber(long number) {
        room(9);
        key[length++] = NUMBER;
        for (int shift = 56; shift >= 0; shift -= 8) {
            key[length++] = (byte) (number >> shift);
        }
    }

    private void putText(byte[] bytes, int offset, int size) {
        room(5 + size);
        key[length++] = TEXT;
        for (int shift = 24; shift >= 0; shift -= 8) {
            key[length++] = (byte) (size >> shift);
        }
        System.arraycopy(bytes, offset, key, length, size);
        length += size;
    }

    private void room(int size) {
        if (key.length - length < size) {
            key = Arrays.copyOf(key, Math.max(length + size, key.length * 2));
        }
    }

    /** How many keys were seen. */
    int size() {
        return counts.size();
    }

    /** Forgets everything. */
    void clear() {
        counts.clear();
    }

    /**
     * The keys with the largest sums, as a list of lists: the keys, then the sum. Of equal sums the key that came first
     * is first.
     */
    LuaTable top(int most) {
        int[] order = IntStream.range(0, counts.size()).boxed()
                .sorted(Comparator.comparingDouble((Integer entry) -> -counts.sum(entry)))
                .limit(most).mapToInt(Integer::intValue).toArray();
        LuaTable rows = new LuaTable(order.length, 0);
        for (int i = 0; i < order.length; i++) {
            rows.rawset(i + 1, row(order[i]));
        }
        return rows;
    }

    private LuaTable row(int entry) {
        LuaTable row = new LuaTable(fields.length + 1, 0);
        ByteBuffer bytes = ByteBuffer.wrap(counts.keys(), counts.offset(entry), counts.length(entry));
        for (int i = 0; i < fields.length; i++) {
            LuaValue value;
            if (bytes.get() == NUMBER) {
                value = FieldReader.number(bytes.getLong(), types[i]);
            } else {
                byte[] text = new byte[bytes.getInt()];
                bytes.get(text);
                value = FieldReader.isAddress(types[i], text.length) ? FieldReader.address(text, 0, text.length)
                        : LuaString.valueUsing(text, 0, text.length);
            }
            row.rawset(i + 1, value);
        }
        row.rawset(fields.length + 1, LuaValue.valueOf(counts.sum(entry)));
        return row;
    }
}
