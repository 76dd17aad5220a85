package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.IoUringOperation;
import org.syscope.capture.event.Signature;
import org.syscope.capture.event.SyscallTable;

/**
 * Result and arguments of a system call that has no event type of its own: they follow the event, where the driver
 * recorded them (see {@link EventOptions#ARGUMENTS}). An operation of io_uring ({@link IoUringOperation}) is seen as such a
 * call, too. Re-pointed for each event, allocates nothing.
 */
public final class GenericCall {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int COUNT = 8;
    private static final int STRINGS = 9;
    private static final int VALUES = 12;
    private static final int STRING_HEAD = 4;
    private static final int READABLE = 1;

    private final EventOptions options = new EventOptions();
    private final IoUringOperation operation = new IoUringOperation();
    private boolean isOperation;
    private Signature signature = Signature.NONE;
    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private int count;
    private long bytesOffset;
    private int bytesLength;

    /** Points this at what follows the event; false if it is not the exit of a generic call or nothing was recorded. */
    public boolean read(Event event) {
        isOperation = operation.read(event);
        if (isOperation) {
            signature = SyscallTable.signature(SyscallTable.IO_URING_OPERATION);
            count = signature.arguments().size();
            return true;
        }
        if (event.typeCode() != EventCodes.PPME_GENERIC_X || !options.find(event, EventOptions.ARGUMENTS)
                || options.length() < VALUES) {
            return false;
        }
        signature = SyscallTable.signature((int) event.unsigned(0, -1));
        segment = options.segment();
        base = options.offset();
        count = segment.get(ValueLayout.JAVA_BYTE, base + COUNT) & 0xFF;
        return VALUES + count * Long.BYTES <= options.length();
    }

    /** What the call returned: negative numbers are errno codes. */
    public long result() {
        return isOperation ? operation.result() : segment.get(I64, base);
    }

    /** Names and kinds of the arguments. */
    public Signature signature() {
        return signature;
    }

    /** How many arguments were recorded. */
    public int count() {
        return count;
    }

    /** The register of an argument, 0 to {@link #count()} - 1. */
    public long value(int index) {
        if (isOperation) {
            return switch (index) {
                case 0 -> operation.opcode();
                case 1 -> operation.fd();
                case 2 -> operation.offset();
                case 3 -> operation.length();
                case 4 -> operation.userData();
                default -> operation.fixedFile() || operation.fixedResult() ? 1 : 0;
            };
        }
        return segment.get(I64, base + VALUES + (long) index * Long.BYTES);
    }

    /** Whether the number of an argument of kind fd is one of the process's fds, not of another list, and not for none. */
    public boolean isFd(int index) {
        return !isOperation || !operation.fixedFile() && operation.fd() >= 0;
    }

    /** Looks for the bytes that an argument points at; false if they were not recorded or could not be read. */
    public boolean findBytes(int index) {
        if (isOperation) {
            return false;
        }
        int strings = segment.get(ValueLayout.JAVA_BYTE, base + STRINGS) & 0xFF;
        long at = base + VALUES + (long) count * Long.BYTES;
        long end = base + options.length();
        for (int i = 0; i < strings && at + STRING_HEAD <= end; i++) {
            int length = Short.toUnsignedInt(segment.get(U16, at + 2));
            if (at + STRING_HEAD + length > end) {
                return false;
            }
            if ((segment.get(ValueLayout.JAVA_BYTE, at) & 0xFF) == index) {
                bytesOffset = at + STRING_HEAD;
                bytesLength = length;
                return segment.get(ValueLayout.JAVA_BYTE, at + 1) == READABLE;
            }
            at += STRING_HEAD + length;
        }
        return false;
    }

    /** Where the bytes lie. */
    public MemorySegment segment() {
        return segment;
    }

    /** Where the bytes found last begin in {@link #segment()}. */
    public long bytesOffset() {
        return bytesOffset;
    }

    /** How many bytes were found last. */
    public int bytesLength() {
        return bytesLength;
    }

    /** How many of the bytes found last are before a NUL. */
    public int textLength() {
        int n = 0;
        while (n < bytesLength && segment.get(ValueLayout.JAVA_BYTE, bytesOffset + n) != 0) {
            n++;
        }
        return n;
    }
}
