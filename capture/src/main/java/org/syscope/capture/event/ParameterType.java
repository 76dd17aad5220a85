package org.syscope.capture.event;

/**
 * The types of event parameters ({@code PT_*} of the driver's event table). All numbers on the wire are little endian
 * and unaligned; a length of 0 means "empty or not available" for every type.
 */
public enum ParameterType {
    /** No parameter. */
    NONE(0, 0),
    /** Signed integers of 1, 2, 4 and 8 bytes. */
    INT8(1, 1), INT16(2, 2), INT32(3, 4), INT64(4, 8),
    /** Unsigned integers of 1, 2, 4 and 8 bytes. */
    UINT8(5, 1), UINT16(6, 2), UINT32(7, 4), UINT64(8, 8),
    /** Bytes and a NUL. */
    CHARBUF(9, -1),
    /** Raw bytes. */
    BYTEBUF(10, -1),
    /** i64: a result, negative values are errno codes. */
    ERRNO(11, 8),
    /** u8 family, then an address by family. */
    SOCKADDR(12, -1),
    /** u8 family, then source and destination by family. */
    SOCKTUPLE(13, -1),
    /** i64: a file descriptor, negative values are errno codes, -100 is AT_FDCWD. */
    FD(14, 8),
    /** i64: a process or thread id. */
    PID(15, 8),
    /** u16 count, then i64 fd and i16 flags for each. */
    FDLIST(16, -1),
    /** A path and a NUL, relative to the thread's cwd. */
    FSPATH(17, -1),
    /** u16: a PPM_SC_* system call code. */
    SYSCALLID(18, 2),
    /** u8: a signal number. */
    SIGTYPE(19, 1),
    /** u64: a duration in ns; 2^64-1 is "none". */
    RELTIME(20, 8),
    /** u64: ns since the epoch. */
    ABSTIME(21, 8),
    /** u16 port, u8 protocol, u8 family. */
    PORT(22, 2), L4PROTO(23, 1), SOCKFAMILY(24, 1),
    /** u32, 0 or 1. */
    BOOL(25, 4),
    /** 4 bytes in network order. */
    IPV4ADDR(26, 4),
    /** u8 index into a dynamic table, then a value of the type found there. */
    DYN(27, -1),
    /** Bit sets of 1, 2 and 4 bytes, named by a flag table. */
    FLAGS8(28, 1), FLAGS16(29, 2), FLAGS32(30, 4),
    /** u32: user and group ids; 2^32-1 is "none". */
    UID(31, 4), GID(32, 4),
    /** IEEE 754 double. */
    DOUBLE(33, 8),
    /** u32: a set of the signals 1 to 32. */
    SIGSET(34, 4),
    /** NUL-separated strings. */
    CHARBUFARRAY(35, -1), CHARBUF_PAIR_ARRAY(36, -1),
    /** Networks and addresses in network order. */
    IPV4NET(37, -1), IPV6ADDR(38, 16), IPV6NET(39, -1), IPADDR(40, -1), IPNET(41, -1),
    /** u32: a file mode. */
    MODE(42, 4),
    /** A path and a NUL, relative to the directory fd in another parameter. */
    FSRELPATH(43, -1),
    /** Enumerations of 1, 2 and 4 bytes, named by a flag table. */
    ENUMFLAGS8(44, 1), ENUMFLAGS16(45, 2), ENUMFLAGS32(46, 4),
    /** i32 file descriptor and process id, in iterator events. */
    FD32(47, 4), PID32(48, 4);

    private final int code;
    private final int width;

    ParameterType(int code, int width) {
        this.code = code;
        this.width = width;
    }

    /** The PT_* number, 0 to 48. */
    public int code() {
        return code;
    }

    /** Width on the wire in bytes, -1 where it varies. */
    public int width() {
        return width;
    }

    /** Whether a number of this type is signed. */
    public boolean signed() {
        return switch (this) {
            case INT8, INT16, INT32, INT64, ERRNO, FD, PID, FD32, PID32 -> true;
            default -> false;
        };
    }
}
