package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tells whether a standard stream is a terminal, by the name of the file it is open on: {@code System.console()} costs a
 * tenth of a second at start, and cannot tell the streams apart.
 */
final class Terminal {

    /** Standard output. */
    static final int OUT = 1;
    /** Standard error. */
    static final int ERR = 2;

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
}
