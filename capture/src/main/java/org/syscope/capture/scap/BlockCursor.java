package org.syscope.capture.scap;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Text;

/** Reads the fields of a metadata block one after the other; never beyond its end. Little endian unless told otherwise. */
final class BlockCursor {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong NETWORK64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt NETWORK32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment segment;
    private long position;
    private long end;

    /** From {@code position} up to {@code end} of {@code segment}. */
    BlockCursor(MemorySegment segment, long position, long end) {
        this.segment = segment;
        this.position = position;
        this.end = end;
    }

    long position() {
        return position;
    }

    /** Goes on elsewhere: behind an entry, whatever of it is not known. */
    void position(long value) {
        position = value;
    }

    long end() {
        return end;
    }

    /** Ends reading there: at the end of an entry. */
    void end(long value) {
        end = value;
    }

    long remaining() {
        return end - position;
    }

    private long take(long count, String what) throws DamagedBlockException {
        if (count > end - position) {
            throw new DamagedBlockException(what + " needs " + count + " bytes, " + (end - position) + " are left in it");
        }
        long at = position;
        position += count;
        return at;
    }

    int u8(String what) throws DamagedBlockException {
        return Byte.toUnsignedInt(segment.get(ValueLayout.JAVA_BYTE, take(1, what)));
    }

    int u16(String what) throws DamagedBlockException {
        return Short.toUnsignedInt(segment.get(I16, take(2, what)));
    }

    int i32(String what) throws DamagedBlockException {
        return segment.get(I32, take(4, what));
    }

    long u32(String what) throws DamagedBlockException {
        return Integer.toUnsignedLong(i32(what));
    }

    long i64(String what) throws DamagedBlockException {
        return segment.get(I64, take(8, what));
    }

    /** An IPv4 address: 1.2.3.4 becomes 0x01020304. */
    int network32(String what) throws DamagedBlockException {
        return segment.get(NETWORK32, take(4, what));
    }

    /** Half of an IPv6 address, first byte highest. */
    long network64(String what) throws DamagedBlockException {
        return segment.get(NETWORK64, take(8, what));
    }

    /** A string: u16 length and as many bytes. */
    Text string(String what) throws DamagedBlockException {
        return bytes(u16(what), what);
    }

    /** {@code length} bytes. */
    Text bytes(int length, String what) throws DamagedBlockException {
        return Text.copyOf(segment, take(length, what), length);
    }
}
