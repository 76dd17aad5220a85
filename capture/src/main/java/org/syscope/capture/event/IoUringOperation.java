package org.syscope.capture.event;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An operation that went through io_uring. There is no event type for these: the generic exit event of io_uring_enter carries
 * one behind itself (see {@link EventOptions#IO_URING}), so that other readers take it for such a call. The event's thread
 * submitted the operation, its time is the operation's end, its latency the time since the submission. Re-pointed for each
 * event, allocates nothing.
 *
 * <pre>
 *  offset  0          8            16              24       28           32        33       34        40
 *         +----------+------------+---------------+--------+------------+---------+--------+---------+
 *         | result   | offset     | user_data     | fd     | length     | opcode  | flags  | 0       |
 *         | i64      | u64        | u64           | i32    | u32        | u8      | u8     | 6 bytes |
 *         +----------+------------+---------------+--------+------------+---------+--------+---------+
 * </pre>
 *
 * <p>All numbers are little endian. Source: {@code struct syscope_io_uring} of {@code bpf-src/universal/interface.h}.
 */
public final class IoUringOperation {

    /** The operation that closes an fd. */
    public static final int CLOSE = 19;

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SIZE = 40;
    private static final int OFFSET = 8;
    private static final int USER_DATA = 16;
    private static final int FD = 24;
    private static final int LENGTH = 28;
    private static final int OPCODE = 32;
    private static final int FLAGS = 33;
    private static final int FIXED_FILE = 1;
    private static final int FIXED_RESULT = 2;
    private static final int ACCEPT = 13;
    private static final int OPENAT = 18;
    private static final int OPENAT2 = 28;
    private static final int SOCKET = 45;
    private static final int FIXED_FD_INSTALL = 54;
    private static final int ENTER = SyscallTable.byName("io_uring_enter").code();

    private final EventOptions options = new EventOptions();
    private MemorySegment segment = MemorySegment.NULL;
    private long base;

    /** Points this at the operation that an event is about; false if it is about none. */
    public boolean read(Event event) {
        if (event.typeCode() != EventCodes.PPME_GENERIC_X || event.unsigned(0, -1) != ENTER
                || !options.find(event, EventOptions.IO_URING) || options.length() < SIZE) {
            return false;
        }
        segment = options.segment();
        base = options.offset();
        return true;
    }

    /** What it gave: bytes, an fd, 0; negative numbers are errno codes. */
    public long result() {
        return segment.get(I64, base);
    }

    /** Position in the file, bytes; -1 is the file's current position, 0 where the operation has none. */
    public long offset() {
        return segment.get(I64, base + OFFSET);
    }

    /** The number by which the process recognises the result. */
    public long userData() {
        return segment.get(I64, base + USER_DATA);
    }

    /** The fd, or the index of a registered file if {@link #fixedFile()}; -1 for none. */
    public int fd() {
        return segment.get(I32, base + FD);
    }

    /** Bytes asked for, 0 where the operation has no such number; unsigned. */
    public int length() {
        return segment.get(I32, base + LENGTH);
    }

    /** What was to be done, IORING_OP_*; names are in the flag table io_uring_operations. */
    public int opcode() {
        return segment.get(ValueLayout.JAVA_BYTE, base + OPCODE) & 0xFF;
    }

    /** Whether {@link #fd()} is an index of the files registered with the ring. */
    public boolean fixedFile() {
        return (flags() & FIXED_FILE) != 0;
    }

    /** Whether what was opened is one of the files registered with the ring, and has no fd. */
    public boolean fixedResult() {
        return (flags() & FIXED_RESULT) != 0;
    }

    private int flags() {
        return segment.get(ValueLayout.JAVA_BYTE, base + FLAGS);
    }

    /** Whether the result, if it is no error, is a new fd. */
    public boolean opens() {
        return !fixedResult() && switch (opcode()) {
            case ACCEPT, OPENAT, OPENAT2, SOCKET, FIXED_FD_INSTALL -> true;
            default -> false;
        };
    }
}
