package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.linux.SystemCall;

/**
 * Tells whether a standard stream is a terminal, by the name of the file it is open on: {@code System.console()} costs a
 * tenth of a second at start, and cannot tell the streams apart.
 */
final class Terminal {

    /** Standard output. */
    static final int OUT = 1;
    /** Standard error. */
    static final int ERR = 2;

    private static final long TIOCGWINSZ = 0x5413;
    private static final Size USUAL = new Size(80, 24);

    /**
     * Size of a terminal, in characters.
     *
     * @param columns width
     * @param rows height
     */
    record Size(int columns, int rows) {
    }

    private Terminal() {
    }

    /** Whether the stream with that file descriptor is a terminal. */
    static boolean is(int fd) {
        try {
            String name = Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** The size of the terminal behind a file descriptor; 80 by 24 if it does not tell. */
    static Size size(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment window = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            SystemCall.IOCTL.call(fd, TIOCGWINSZ, window.address());
            int rows = Short.toUnsignedInt(window.getAtIndex(ValueLayout.JAVA_SHORT, 0));
            int columns = Short.toUnsignedInt(window.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return rows == 0 || columns == 0 ? USUAL : new Size(columns, rows);
        }
    }
}
