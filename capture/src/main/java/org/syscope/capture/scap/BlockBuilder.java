package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.syscope.capture.event.Text;

/** Builds one metadata block after the other, little endian, in an array that grows. */
final class BlockBuilder {

    private static final VarHandle I64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[4096];
    private int length;

    /** Begins a block. */
    BlockBuilder begin(int type) {
        length = 0;
        return u32(type).u32(0);
    }

    /** How long the block is so far. */
    int length() {
        return length;
    }

    private int take(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
        int at = length;
        length += count;
        return at;
    }

    BlockBuilder u8(int value) {
        int at = take(1);
        bytes[at] = (byte) value;
        return this;
    }

    BlockBuilder u8(boolean value) {
        return u8(value ? 1 : 0);
    }

    BlockBuilder u16(int value) {
        int at = take(2);
        I16.set(bytes, at, (short) value);
        return this;
    }

    BlockBuilder u32(int value) {
        int at = take(4);
        I32.set(bytes, at, value);
        return this;
    }

    BlockBuilder u64(long value) {
        int at = take(8);
        I64.set(bytes, at, value);
        return this;
    }

    /** An IPv4 address: 0x01020304 as the bytes 1 2 3 4. */
    BlockBuilder network32(int value) {
        return u32(Integer.reverseBytes(value));
    }

    /** Half of an IPv6 address, highest byte first. */
    BlockBuilder network64(long value) {
        return u64(Long.reverseBytes(value));
    }

    /** The bytes, at most {@code max} of them, and zeros up to {@code width}. */
    BlockBuilder fixed(Text value, int max, int width) {
        int count = Math.min(value.length(), max);
        bytes(value, count);
        int zeros = take(width - count);
        Arrays.fill(bytes, zeros, length, (byte) 0);
        return this;
    }

    BlockBuilder bytes(Text value, int count) {
        int at = take(count);
        System.arraycopy(value.array(), 0, bytes, at, count);
        return this;
    }

    /** A u16 length and the bytes, at most {@code max} of them. */
    BlockBuilder string(Text value, int max) {
        int count = Math.min(value.length(), max);
        return u16(count).bytes(value, count);
    }

    /** A u16 length and NUL-ended strings, cut behind one of them if they are longer than {@code max} together. */
    BlockBuilder strings(Text blob, int max) {
        int count = blob.length();
        if (count > max) {
            count = max;
            while (count > 0 && blob.byteAt(count - 1) != 0) {
                count--;
            }
        }
        return u16(count).bytes(blob, count);
    }

    /** Begins an entry whose u32 length comes first; to be given to {@link #endEntry}. */
    int beginEntry() {
        return take(4);
    }

    /** Fills in the length of the entry that was begun at {@code start}; {@code own}: bytes of it that do not count. */
    BlockBuilder endEntry(int start, int own) {
        I32.set(bytes, start, length - start - own);
        return this;
    }

    /** Completes the block and appends it. */
    void end(BlockOutput output) throws IOException {
        int padding = -length & 3;
        int at = take(padding);
        Arrays.fill(bytes, at, length, (byte) 0);
        I32.set(bytes, 4, length + 4);
        u32(length + 4);
        output.room(length);
        MemorySegment.copy(bytes, 0, output.buffer, ValueLayout.JAVA_BYTE, output.position, length);
        output.position += length;
    }
}
