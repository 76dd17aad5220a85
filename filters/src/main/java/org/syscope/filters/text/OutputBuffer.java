package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing run of bytes that text is written into. Made once, cleared for each line; it grows as needed and then stays.
 * All text is ASCII or bytes as they came, so that nothing is ever encoded. Not thread safe.
 */
public final class OutputBuffer {

    private static final int FIRST_CAPACITY = 1024;
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};
    private static final byte[] LOWER = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final int MAX_DECIMAL_DIGITS = 20;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    /** The bytes written, from 0 to {@link #length()}; not a copy, and another array after the buffer grew. */
    public byte[] array() {
        return bytes;
    }

    /** How many bytes were written. */
    public int length() {
        return length;
    }

    /** Forgets everything. */
    public void clear() {
        length = 0;
    }

    /** Forgets what was written behind {@code size} bytes, 0 to {@link #length()}. */
    public void truncate(int size) {
        length = size;
    }

    /** Adds a byte; its low 8 bits count. */
    public void append(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Adds a byte several times. */
    public void repeat(int value, int count) {
        if (count > 0) {
            room(count);
            Arrays.fill(bytes, length, length + count, (byte) value);
            length += count;
        }
    }

    /** Adds bytes. */
    public void append(byte[] source) {
        append(source, 0, source.length);
    }

    /** Adds a slice of an array. */
    public void append(byte[] source, int offset, int count) {
        room(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** Adds bytes of memory. */
    public void append(MemorySegment source, long offset, int count) {
        room(count);
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, bytes, length, count);
        length += count;
    }

    /** Adds a text of ASCII characters; others lose their high bits. */
    @SuppressWarnings("deprecation") // the only way from a String to bytes that neither encodes nor allocates
    public void ascii(String text) {
        int count = text.length();
        room(count);
        text.getBytes(0, count, bytes, length);
        length += count;
    }

    /** Adds a number in signed decimal. */
    public void decimal(long value) {
        if (value < 0) {
            append('-');
            unsigned(-value);
        } else {
            unsigned(value);
        }
    }

    /** Adds a number in unsigned decimal. */
    public void unsigned(long value) {
        room(MAX_DECIMAL_DIGITS);
        if (value >= 0 && value < 10) {
            bytes[length++] = DIGITS[(int) value];
            return;
        }
        int digits = decimalDigits(value);
        int at = length + digits;
        length = at;
        long rest = value;
        if (rest < 0) {
            long quotient = Long.divideUnsigned(rest, 10);
            bytes[--at] = DIGITS[(int) (rest - quotient * 10)];
            rest = quotient;
        }
        while (rest >= 10) {
            long quotient = rest / 10;
            bytes[--at] = DIGITS[(int) (rest - quotient * 10)];
            rest = quotient;
        }
        bytes[--at] = DIGITS[(int) rest];
    }

    /** Adds a number in unsigned decimal, with zeros in front up to {@code width} digits. */
    public void padded(long value, int width) {
        repeat('0', width - decimalDigits(value));
        unsigned(value);
    }

    /** Adds a number in upper-case hexadecimal, without prefix or leading zeros. */
    public void hexUpper(long value) {
        hex(value, 1, DIGITS);
    }

    /** Adds a number in lower-case hexadecimal, with zeros in front up to {@code width} digits. */
    public void hexLower(long value, int width) {
        hex(value, width, LOWER);
    }

    private void hex(long value, int width, byte[] alphabet) {
        int digits = Math.max(width, (67 - Long.numberOfLeadingZeros(value)) >>> 2);
        room(digits);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = alphabet[(int) (value >>> shift) & 0xF];
        }
    }

    /** Adds a number in octal with a leading 0, as C's {@code %#o}; 0 is a single 0. */
    public void octal(long value) {
        append('0');
        for (int shift = (63 - Long.numberOfLeadingZeros(value)) / 3 * 3; value != 0 && shift >= 0; shift -= 3) {
            append('0' + (int) (value >>> shift & 7));
        }
    }

    /** Adds bytes of memory with a dot for each that is not printable ASCII. */
    public void dotted(MemorySegment source, long offset, int count) {
        room(count);
        int to = length;
        for (int i = 0; i < count; i++) {
            byte b = source.get(ValueLayout.JAVA_BYTE, offset + i);
            bytes[to + i] = printable(b) ? b : (byte) '.';
        }
        length = to + count;
    }

    /** Whether a byte is printable ASCII, the blank included. */
    public static boolean printable(byte b) {
        return b >= 0x20 && b < 0x7F;
    }

    private static int decimalDigits(long value) {
        if (value < 0) {
            return Long.compareUnsigned(value, -8_446_744_073_709_551_616L) >= 0 ? 20 : 19;
        }
        int digits = 1;
        long limit = 10;
        while (value >= limit) {
            digits++;
            if (digits == 19) {
                return digits;
            }
            limit *= 10;
        }
        return digits;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }

    /** What was written, with ISO 8859-1's characters for the bytes; for messages and tests. */
    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
