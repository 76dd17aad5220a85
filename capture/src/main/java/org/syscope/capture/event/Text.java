package org.syscope.capture.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An immutable string of bytes as the kernel gave it: usually UTF-8, but any byte except NUL can occur. Kept as bytes
 * because the way from ring to output never needs characters; {@link #toString()} decodes once, on demand.
 */
public final class Text implements Comparable<Text> {

    /** The text without bytes. */
    public static final Text EMPTY = new Text(new byte[0]);

    private final byte[] bytes;
    private int hash;
    private String string;

    private Text(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The UTF-8 bytes of {@code value}. */
    public static Text of(String value) {
        return value.isEmpty() ? EMPTY : new Text(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of {@code length} bytes from {@code offset}. */
    public static Text copyOf(byte[] source, int offset, int length) {
        return length == 0 ? EMPTY : new Text(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** A copy of {@code length} bytes of {@code segment} from {@code offset}. */
    public static Text copyOf(MemorySegment segment, long offset, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] copy = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
        return new Text(copy);
    }

    /** How many bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The byte at {@code index}. */
    public byte byteAt(int index) {
        return bytes[index];
    }

    /** The bytes themselves, not a copy: callers only read. */
    public byte[] array() {
        return bytes;
    }

    /** Whether the bytes equal those of {@code segment} from {@code offset}; allocates nothing. */
    public boolean contentEquals(MemorySegment segment, long offset, int length) {
        if (length != bytes.length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (segment.get(ValueLayout.JAVA_BYTE, offset + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Compares as unsigned bytes, like C's strcmp. */
    @Override
    public int compareTo(Text other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = Arrays.hashCode(bytes);
        }
        return hash;
    }

    /** Decoded as UTF-8, with U+FFFD for what is not. */
    @Override
    public String toString() {
        if (string == null) {
            string = new String(bytes, StandardCharsets.UTF_8);
        }
        return string;
    }
}
