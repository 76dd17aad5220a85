package org.syscope.capture.procfs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.syscope.capture.event.Text;
import org.syscope.capture.linux.SystemCall;

/**
 * Opens, reads and lists files through plain system calls relative to an open directory: a scan of /proc makes tens of
 * thousands of them. Whatever fails gives -1 or null: in /proc, processes vanish and much may not be read. Not thread
 * safe; the buffers are reused by each call.
 */
final class ProcFiles implements AutoCloseable {

    /** Stands for the working directory where a path is absolute. */
    static final int AT_FDCWD = -100;

    private static final int O_RDONLY = 0;
    private static final int O_DIRECTORY_X86 = 0x10000;
    private static final int O_DIRECTORY_ARM = 0x4000;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_DIRECTORY =
            "aarch64".equals(System.getProperty("os.arch")) ? O_DIRECTORY_ARM : O_DIRECTORY_X86;
    private static final int NAME_SIZE = 4096;
    private static final int FIRST_SIZE = 64 << 10;
    private static final int MAX_SIZE = 64 << 20;
    private static final int STATX_SIZE = 256;
    private static final int STATX_BASIC = 0x7ff;
    private static final int DIRENT_LENGTH = 16;
    private static final int DIRENT_NAME = 19;
    private static final int FIRST_DIGITS = 20;

    /** Not confined: the scan may run on another thread than the look-ups after it, one at a time. */
    private final Arena arena = Arena.ofShared();
    private final MemorySegment name = arena.allocate(NAME_SIZE);
    private final MemorySegment status = arena.allocate(STATX_SIZE, 8);
    private MemorySegment data = arena.allocate(FIRST_SIZE, 8);
    private byte[] bytes = new byte[FIRST_SIZE];

    /** Where {@link #number} writes: as long as the longest number. */
    private final byte[] digits = new byte[FIRST_DIGITS];

    /** Opens a directory; -1 if that fails. Close it with {@link #close(int)}. */
    int openDirectory(int directory, String path) {
        return text(path) ? open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    }

    /** Opens the directory named by a number. */
    int openDirectory(int directory, long number) {
        number(number);
        return open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    }

    private int open(int directory, int flags) {
        return (int) Math.max(-1, SystemCall.OPENAT.call(directory, name.address(), flags, 0, 0, 0));
    }

    /** Closes what was opened; -1 is left alone. */
    void close(int fd) {
        if (fd >= 0) {
            SystemCall.CLOSE.call(fd);
        }
    }

    /** Reads a file into {@link #bytes()}; its length, -1 if it cannot be read. */
    int read(int directory, String path) {
        return text(path) ? readNamed(directory, false) : -1;
    }

    /**
     * As {@link #read} for one of the files that the kernel hands out whole in the first read, as those of single processes
     * are; what does not fit into 64 KiB is left out.
     */
    int readOnce(int directory, String path) {
        return text(path) ? readNamed(directory, true) : -1;
    }

    private int readNamed(int directory, boolean once) {
        int fd = open(directory, O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            return -1;
        }
        int length = 0;
        while (true) {
            if (length == bytes.length) {
                if (length >= MAX_SIZE) {
                    break;
                }
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            long got = SystemCall.READ.call(fd, data.address(), Math.min(data.byteSize(), bytes.length - length));
            if (got <= 0) {
                length = length == 0 && got < 0 ? -1 : length;
                break;
            }
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, bytes, length, (int) got);
            length += (int) got;
            if (once) {
                break;
            }
        }
        close(fd);
        return length;
    }

    /** What was read last. */
    byte[] bytes() {
        return bytes;
    }

    /** Where a symbolic link leads; null if that cannot be read. */
    Text link(int directory, String path) {
        return text(path) ? linkNamed(directory) : null;
    }

    /** Where the symbolic link named by a number leads. */
    Text link(int directory, long number) {
        number(number);
        return linkNamed(directory);
    }

    private Text linkNamed(int directory) {
        long length = SystemCall.READLINKAT.call(directory, name.address(), data.address(), NAME_SIZE, 0, 0);
        return length <= 0 ? null : Text.copyOf(data, 0, (int) length);
    }

    /** Asks for the status of what a path leads to, links followed; false if there is none. */
    boolean status(int directory, String path) {
        return text(path) && statusNamed(directory);
    }

    /** Asks for the status of what the link named by a number leads to. */
    boolean status(int directory, long number) {
        number(number);
        return statusNamed(directory);
    }

    private boolean statusNamed(int directory) {
        return SystemCall.STATX.call(directory, name.address(), 0, STATX_BASIC, status.address(), 0) == 0;
    }

    /** The file's mode with its type, after {@link #status}. */
    int mode() {
        return Short.toUnsignedInt(status.get(ValueLayout.JAVA_SHORT, 28));
    }

    /** The owner's user id, after {@link #status}. */
    int owner() {
        return status.get(ValueLayout.JAVA_INT, 20);
    }

    /** The owning group, after {@link #status}. */
    int group() {
        return status.get(ValueLayout.JAVA_INT, 24);
    }

    /** The inode number, after {@link #status}. */
    long inode() {
        return status.get(ValueLayout.JAVA_LONG, 32);
    }

    /** Time of the inode's last change, ns since the epoch, after {@link #status}. */
    long changed() {
        return time(96);
    }

    /** Time of the last modification, ns since the epoch, after {@link #status}. */
    long modified() {
        return time(112);
    }

    private long time(int at) {
        return status.get(ValueLayout.JAVA_LONG, at) * 1_000_000_000L + status.get(ValueLayout.JAVA_INT, at + 8);
    }

    /** The device as the kernel numbers it inside: major in the bits from 20 on; after {@link #status}. */
    int device() {
        return status.get(ValueLayout.JAVA_INT, 136) << 20 | status.get(ValueLayout.JAVA_INT, 140);
    }

    /** The entries of an open directory that are numbers, in the order the kernel lists them. */
    long[] numbers(int directory) {
        long[] found = new long[64];
        int n = 0;
        while (true) {
            long length = SystemCall.GETDENTS64.call(directory, data.address(), data.byteSize());
            if (length <= 0) {
                return Arrays.copyOf(found, n);
            }
            long at = 0;
            while (at < length) {
                long value = numberAt(at + DIRENT_NAME);
                if (value >= 0) {
                    if (n == found.length) {
                        found = Arrays.copyOf(found, n * 2);
                    }
                    found[n++] = value;
                }
                at += Short.toUnsignedInt(data.get(ValueLayout.JAVA_SHORT, at + DIRENT_LENGTH));
            }
        }
    }

    private long numberAt(long at) {
        long value = 0;
        for (long i = at;; i++) {
            byte c = data.get(ValueLayout.JAVA_BYTE, i);
            if (c == 0) {
                return i == at ? -1 : value;
            }
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
    }

    private boolean text(String path) {
        byte[] encoded = path.getBytes(StandardCharsets.UTF_8);
        if (encoded.length >= NAME_SIZE) {
            return false;
        }
        MemorySegment.copy(encoded, 0, name, ValueLayout.JAVA_BYTE, 0, encoded.length);
        name.set(ValueLayout.JAVA_BYTE, encoded.length, (byte) 0);
        return true;
    }

    private void number(long value) {
        int at = FIRST_DIGITS;
        long rest = value;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        MemorySegment.copy(digits, at, name, ValueLayout.JAVA_BYTE, 0, FIRST_DIGITS - at);
        name.set(ValueLayout.JAVA_BYTE, FIRST_DIGITS - at, (byte) 0);
    }

    @Override
    public void close() {
        arena.close();
    }
}
