package org.syscope.filters.field;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Holds one extracted value, or a list of them; made once and used again for every event.
 *
 * <p>Text and buffers are bytes, as they come from the event, never a {@code String}. They are either borrowed (a slice
 * of somebody's array, valid until the event is done with) or copied into a buffer of this object's own, which grows as
 * needed and then stays.
 */
public final class FieldValue {
    /** What the holder holds. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** A whole number, signed or unsigned 64 bits, or a truth value 0 or 1. */
        NUMBER,
        /** A floating-point number. */
        REAL,
        /** Text, a buffer, or an address of 4 or 16 bytes in network order. */
        BYTES,
        /** A list whose elements are numbers. */
        NUMBERS,
        /** A list whose elements are runs of bytes. */
        SLICES
    }

    private static final byte[] EMPTY = new byte[0];

    private Kind kind = Kind.NONE;
    private long number;
    private byte[] bytes = EMPTY;
    private int offset;
    private int length;
    private byte[] own = EMPTY;
    private long[] elements = new long[8];
    private int count;

    /** What is held. */
    public Kind kind() {
        return kind;
    }

    /** Forgets the value. */
    public void clear() {
        kind = Kind.NONE;
        length = 0;
        count = 0;
    }

    // ---- one value in

    /** Holds a number. */
    public void setNumber(long value) {
        kind = Kind.NUMBER;
        number = value;
    }

    /** Holds a truth value. */
    public void setBool(boolean value) {
        setNumber(value ? 1 : 0);
    }

    /** Holds a floating-point number. */
    public void setReal(double value) {
        kind = Kind.REAL;
        number = Double.doubleToRawLongBits(value);
    }

    /** Holds a slice of an array without copying it. */
    public void setBytes(byte[] array, int from, int size) {
        kind = Kind.BYTES;
        bytes = array;
        offset = from;
        length = size;
    }

    /** Holds a whole array without copying it. */
    public void setBytes(byte[] array) {
        setBytes(array, 0, array.length);
    }

    /** Holds a copy of bytes from memory. */
    public void setBytes(MemorySegment segment, long from, int size) {
        startBytes();
        append(segment, from, size);
    }

    /** Holds a text, as UTF-8. */
    public void setText(String text) {
        startBytes();
        append(text);
    }

    // ---- bytes put together

    /** Begins an empty run of bytes in the own buffer, to be added to by the append methods. */
    public void startBytes() {
        kind = Kind.BYTES;
        bytes = own;
        offset = 0;
        length = 0;
    }

    /** Adds a byte; the low 8 bits count. */
    public void append(int value) {
        room(1);
        own[length++] = (byte) value;
    }

    /** Adds bytes of an array. */
    public void append(byte[] array, int from, int size) {
        room(size);
        System.arraycopy(array, from, own, length, size);
        length += size;
    }

    /** Adds bytes of memory. */
    public void append(MemorySegment segment, long from, int size) {
        room(size);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, from, own, length, size);
        length += size;
    }

    /** Adds a text as UTF-8; an unpaired surrogate becomes a question mark. */
    public void append(CharSequence text) {
        int n = text.length();
        room(n * 3);
        for (int i = 0; i < n; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                own[length++] = (byte) c;
            } else if (c < 0x800) {
                own[length++] = (byte) (0xC0 | c >> 6);
                own[length++] = (byte) (0x80 | c & 0x3F);
            } else if (!Character.isSurrogate(c)) {
                own[length++] = (byte) (0xE0 | c >> 12);
                own[length++] = (byte) (0x80 | c >> 6 & 0x3F);
                own[length++] = (byte) (0x80 | c & 0x3F);
            } else if (i + 1 < n && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                int point = Character.toCodePoint(c, text.charAt(++i));
                own[length++] = (byte) (0xF0 | point >> 18);
                own[length++] = (byte) (0x80 | point >> 12 & 0x3F);
                own[length++] = (byte) (0x80 | point >> 6 & 0x3F);
                own[length++] = (byte) (0x80 | point & 0x3F);
            } else {
                own[length++] = '?';
            }
        }
    }

    /** Adds a signed number in decimal. */
    public void appendDecimal(long value) {
        if (value == Long.MIN_VALUE) {
            append("-9223372036854775808");
            return;
        }
        if (value < 0) {
            append('-');
            value = -value;
        }
        appendDigits(value, 10, 1, 'A');
    }

    /** Adds an unsigned number in decimal, with zeros in front up to the width. */
    public void appendUnsigned(long value, int width) {
        appendDigits(value, 10, width, 'A');
    }

    /** Adds a number in hexadecimal, with zeros in front up to the width, in lower case. */
    public void appendHex(long value, int width) {
        appendDigits(value, 16, width, 'a');
    }

    private void appendDigits(long value, int radix, int width, char ten) {
        int digits = 1;
        for (long rest = Long.divideUnsigned(value, radix); rest != 0; rest = Long.divideUnsigned(rest, radix)) {
            digits++;
        }
        int size = Math.max(digits, width);
        room(size);
        for (int i = length + size - 1; i >= length; i--) {
            int digit = (int) Long.remainderUnsigned(value, radix);
            own[i] = (byte) (digit < 10 ? '0' + digit : ten + digit - 10);
            value = Long.divideUnsigned(value, radix);
        }
        length += size;
    }

    private void room(int size) {
        if (own.length - length < size) {
            own = Arrays.copyOf(own, Math.max(64, Math.max(length + size, own.length * 2)));
            bytes = own;
        }
    }

    // ---- lists in

    /** Begins an empty list of numbers. */
    public void startNumbers() {
        kind = Kind.NUMBERS;
        count = 0;
    }

    /** Adds a number to the list. */
    public void addNumber(long value) {
        grow();
        elements[count++] = value;
    }

    /** Begins an empty list of runs of bytes. */
    public void startSlices() {
        startBytes();
        kind = Kind.SLICES;
        count = 0;
    }

    /** Begins a new, empty element of the list; the append methods fill it. */
    public void startElement() {
        grow();
        elements[count++] = (long) length << 32;
    }

    /** Ends the element begun last. */
    public void endElement() {
        long from = elements[count - 1] >>> 32;
        elements[count - 1] = from << 32 | length - from;
    }

    /** Adds a copy of bytes to the list. */
    public void addBytes(byte[] array, int from, int size) {
        startElement();
        append(array, from, size);
        endElement();
    }

    /** Adds a text to the list, as UTF-8. */
    public void addText(CharSequence text) {
        startElement();
        append(text);
        endElement();
    }

    private void grow() {
        if (count == elements.length) {
            elements = Arrays.copyOf(elements, count * 2);
        }
    }

    // ---- out

    /** The number; a truth value is 0 or 1. */
    public long number() {
        return number;
    }

    /** The floating-point number. */
    public double real() {
        return Double.longBitsToDouble(number);
    }

    /** The array the bytes lie in, those of list elements too. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the bytes begin in {@link #bytes()}. */
    public int offset() {
        return offset;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    /** How many elements the list has. */
    public int count() {
        return count;
    }

    /** Whether a list is held. */
    public boolean isList() {
        return kind == Kind.NUMBERS || kind == Kind.SLICES;
    }

    /** A number of the list. */
    public long numberAt(int index) {
        return elements[index];
    }

    /** Where a list element begins in {@link #bytes()}. */
    public int offsetAt(int index) {
        return (int) (elements[index] >>> 32);
    }

    /** How many bytes a list element has. */
    public int lengthAt(int index) {
        return (int) elements[index];
    }

    /** The bytes as text, for tests and messages; allocates. */
    public String text() {
        return new String(bytes, offset, length, StandardCharsets.UTF_8);
    }

    /** A list element as text, for tests and messages; allocates. */
    public String textAt(int index) {
        return new String(bytes, offsetAt(index), lengthAt(index), StandardCharsets.UTF_8);
    }
}
