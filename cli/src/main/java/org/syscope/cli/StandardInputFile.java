package org.syscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.SystemCall;

/**
 * What came by standard input, in a file of its own while this is open, for those who read a capture more than once. Standard
 * input is the terminal from then on.
 */
final class StandardInputFile implements AutoCloseable {

    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;

    private final Path folder;
    private final Thread hook = new Thread(this::delete, "standard-input-file");

    private StandardInputFile(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads standard input to its end.
     *
     * @param environment its TMPDIR names the folder to use instead of the usual one
     * @throws IOException if it cannot be kept, or there is no terminal
     */
    static StandardInputFile keep(InputStream in, Map<String, String> environment) throws IOException {
        String temporary = environment.getOrDefault("TMPDIR", "");
        Path parent = Path.of(temporary.isEmpty() ? System.getProperty("java.io.tmpdir") : temporary);
        StandardInputFile kept = null;
        try {
            kept = new StandardInputFile(Files.createTempDirectory(parent, "syscope"));
            Runtime.getRuntime().addShutdownHook(kept.hook);
            Files.copy(in, kept.file());
        } catch (IOException e) {
            if (kept != null) {
                kept.close();
            }
            throw new IOException("standard input cannot be kept in " + parent + ", where views read it again: " + e.getMessage()
                    + "; TMPDIR=FOLDER names another place", e);
        }
        try {
            takeTerminal();
        } catch (IOException e) {
            kept.close();
            throw e;
        }
        return kept;
    }

    private static void takeTerminal() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            long fd = SystemCall.OPENAT.call(AT_FDCWD, arena.allocateFrom("/dev/tty").address(), O_RDWR | O_CLOEXEC);
            if (fd < 0) {
                throw new IOException("-r - leaves the keys to the terminal of this session, and there is none (/dev/tty: "
                        + Errno.of(fd).name() + "); for scripts there is syscope ui -j");
            }
            try (Fd terminal = new Fd((int) fd)) {
                SystemCall.DUP3.call(terminal.number(), 0, 0);
            }
        }
    }

    /** The file, while this is open. */
    Path file() {
        return folder.resolve("stdin.scap");
    }

    private void delete() {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // it stays behind in the folder for such things, which is emptied sooner or later
            folder.toFile().deleteOnExit();
        }
    }

    @Override
    public void close() {
        delete();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook runs or has run
            delete();
        }
    }
}
