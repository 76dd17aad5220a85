package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.SystemCall;

/**
 * A pseudo-terminal (pty(7)) in the place of this process's standard input and output, with a person at its other end who
 * types something as soon as there is a picture.
 */
final class TrainingTerminal implements AutoCloseable {

    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TIOCSWINSZ = 0x5414;
    private static final long TIOCGPTN = 0x80045430L;
    private static final long TIOCSPTLCK = 0x40045431L;
    private static final short ROWS = 24;
    private static final short COLUMNS = 80;
    /** More than what switches a terminal over, less than any screen full of rows, bytes. */
    private static final int PICTURE_BYTES = 600;
    private static final int READ_BYTES = 4096;

    private final Fd master;
    private final Fd slave;

    private TrainingTerminal(Fd master, Fd slave) {
        this.master = master;
        this.slave = slave;
    }

    /**
     * Takes the place of standard input and output.
     *
     * @param typed what is typed once the first picture is there
     * @throws IOException if there are no pseudo-terminals here
     */
    static TrainingTerminal open(String typed) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Fd master = openFile("/dev/ptmx", arena);
            MemorySegment number = arena.allocate(ValueLayout.JAVA_INT);
            check("unlock", SystemCall.IOCTL.call(master.number(), TIOCSPTLCK, number.address()));
            check("number", SystemCall.IOCTL.call(master.number(), TIOCGPTN, number.address()));
            Fd slave = openFile("/dev/pts/" + number.get(ValueLayout.JAVA_INT, 0), arena);
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 0, ROWS);
            size.setAtIndex(ValueLayout.JAVA_SHORT, 1, COLUMNS);
            check("size", SystemCall.IOCTL.call(slave.number(), TIOCSWINSZ, size.address()));
            check("standard input", SystemCall.DUP3.call(slave.number(), 0, 0));
            check("standard output", SystemCall.DUP3.call(slave.number(), 1, 0));
            TrainingTerminal terminal = new TrainingTerminal(master, slave);
            Thread person = new Thread(() -> terminal.useIt(typed.getBytes(StandardCharsets.US_ASCII)), "typist");
            person.setDaemon(true);
            person.start();
            return terminal;
        }
    }

    private static Fd openFile(String path, Arena arena) throws IOException {
        return new Fd((int) check(path, SystemCall.OPENAT.call(AT_FDCWD, arena.allocateFrom(path).address(),
                O_RDWR | O_NOCTTY | O_CLOEXEC)));
    }

    private static long check(String what, long result) throws IOException {
        if (result < 0) {
            throw new IOException("no pseudo-terminal, " + what + ": " + Errno.of(result).name());
        }
        return result;
    }

    /** Reads until the other end is closed, so that writers never wait. */
    private void useIt(byte[] keys) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment seen = arena.allocate(READ_BYTES);
            long total = 0;
            boolean typed = false;
            long count = 1;
            while (count > 0) {
                count = SystemCall.READ.call(master.number(), seen.address(), READ_BYTES);
                total += count;
                if (total > PICTURE_BYTES && !typed) {
                    MemorySegment.copy(keys, 0, seen, ValueLayout.JAVA_BYTE, 0, keys.length);
                    SystemCall.WRITE.call(master.number(), seen.address(), keys.length);
                    typed = true;
                }
            }
        } finally {
            master.close();
        }
    }

    /** Puts nothing back: standard input and output stay what they were here, and lead nowhere. */
    @Override
    public void close() {
        slave.close();
    }
}
