package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.event.Text;

/**
 * Joins and normalises paths as bytes: no characters, no file system, symbolic links stay. Works in buffers of its own and
 * allocates only what it gives back.
 */
final class Paths {

    /** Longest joined path, with room for its NUL. */
    static final int MAX_LENGTH = 1024;
    /** What stands for a path that would be longer. */
    static final Text TOO_LONG = Text.of("/DIR_TOO_LONG/FILENAME_TOO_LONG");

    private static final int SPACE = 0x20;
    private static final int DELETE = 0x7f;

    private final byte[] name = new byte[MAX_LENGTH];
    private final byte[] joined = new byte[MAX_LENGTH];

    /** {@code path} with a slash at its end. */
    static Text withSlash(Text path) {
        int n = path.length();
        if (n > 0 && path.byteAt(n - 1) == '/') {
            return path;
        }
        byte[] slashed = new byte[n + 1];
        System.arraycopy(path.array(), 0, slashed, 0, n);
        slashed[n] = '/';
        return Text.copyOf(slashed, 0, slashed.length);
    }

    /** Whether the path begins with a slash. */
    static boolean isAbsolute(Text path) {
        return !path.isEmpty() && path.byteAt(0) == '/';
    }

    /**
     * {@code path} as seen from {@code base}, normalised: no {@code .}, {@code ..}, doubled or trailing slashes; control
     * characters become dots.
     *
     * @param base the directory where a relative path begins, with or without a slash at its end, otherwise taken as it is
     */
    Text join(Text base, Text path) {
        int n = path.length();
        if (n >= MAX_LENGTH) {
            return TOO_LONG;
        }
        System.arraycopy(path.array(), 0, name, 0, n);
        int length = join(base, n);
        return length < 0 ? TOO_LONG : Text.copyOf(joined, 0, length);
    }

    /**
     * As {@link #join(Text, Text)} for the bytes of a parameter, into {@code target}.
     *
     * @param target at least {@link #MAX_LENGTH} bytes
     * @return how many bytes
     */
    int join(Text base, MemorySegment segment, long offset, int n, byte[] target) {
        int length = -1;
        if (n < MAX_LENGTH) {
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, name, 0, n);
            length = join(base, n);
        }
        if (length < 0) {
            length = TOO_LONG.length();
            System.arraycopy(TOO_LONG.array(), 0, target, 0, length);
        } else {
            System.arraycopy(joined, 0, target, 0, length);
        }
        return length;
    }

    private int join(Text base, int n) {
        boolean relative = n > 0 && name[0] != '/';
        int start = relative ? base.length() : 0;
        boolean slash = start > 0 && base.byteAt(start - 1) != '/' && base != FileEvents.UNKNOWN_DIRECTORY;
        if (start + (slash ? 1 : 0) + n >= MAX_LENGTH) {
            return -1;
        }
        System.arraycopy(base.array(), 0, joined, 0, start);
        if (slash) {
            joined[start++] = '/';
        }
        int out = start;
        int in = 0;
        while (in < n) {
            byte c = name[in];
            boolean componentBegins = out == 0 || joined[out - 1] == '/';
            if (c == '.' && componentBegins) {
                int dots = dots(in, n);
                if (dots == 0) {
                    joined[out++] = c;
                    in++;
                } else {
                    if (dots == 2) {
                        out = parent(out);
                    }
                    // the slash behind the dots goes with them
                    in += dots + 1;
                }
            } else if (c == '/') {
                if (!(out > 0 && joined[out - 1] == '/' || out == 0 && start > 0)) {
                    joined[out++] = c;
                }
                in++;
            } else {
                joined[out++] = isControl(c) ? (byte) '.' : c;
                in++;
            }
        }
        return out > 1 && joined[out - 1] == '/' ? out - 1 : out;
    }

    /** 1 where a component {@code .} begins at {@code at}, 2 for {@code ..}, 0 for any other. */
    private int dots(int at, int n) {
        if (at + 1 == n || name[at + 1] == '/') {
            return 1;
        }
        boolean two = name[at + 1] == '.' && (at + 2 == n || name[at + 2] == '/');
        return two ? 2 : 0;
    }

    private int parent(int out) {
        if (out <= 1) {
            return out;
        }
        int at = out - 1;
        while (at >= 1 && joined[at - 1] != '/') {
            at--;
        }
        return at;
    }

    private static boolean isControl(byte c) {
        return c >= 0 && c < SPACE || c == DELETE;
    }
}
