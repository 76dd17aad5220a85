package org.syscope.capture.state;

import org.syscope.capture.event.Text;

/** Joins and normalises paths as bytes: no characters, no file system. */
final class Paths {

    /** Longest joined path, with room for its NUL. */
    static final int MAX_LENGTH = 1024;
    /** What stands for a path that would be longer. */
    static final Text TOO_LONG = Text.of("/DIR_TOO_LONG/FILENAME_TOO_LONG");

    private Paths() {
    }

    /** {@code path} with a slash at its end. */
    static Text withSlash(Text path) {
        int n = path.length();
        if (n > 0 && path.byteAt(n - 1) == '/') {
            return path;
        }
        byte[] joined = new byte[n + 1];
        System.arraycopy(path.array(), 0, joined, 0, n);
        joined[n] = '/';
        return Text.copyOf(joined, 0, joined.length);
    }
}
