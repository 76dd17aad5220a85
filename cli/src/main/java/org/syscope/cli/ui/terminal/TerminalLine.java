package org.syscope.cli.ui.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.linux.SystemCall;

/**
 * How the line of a terminal is set, by termios(3), and the terminal's size. All that is not changed on purpose, such as the
 * speed of a serial line, is kept as it was found.
 *
 * <pre>
 *   struct termios of the kernel (asm-generic/termbits.h), native byte order, 36 bytes
 *   0        4        8        12       16   17             36
 *   | c_iflag | c_oflag | c_cflag | c_lflag | c_line | c_cc[19] |
 *
 *   struct winsize: four u16
 *   | rows | columns | width in pixels | height in pixels |
 * </pre>
 */
final class TerminalLine {

    private static final long TCGETS = 0x5401;
    private static final long TCSETS = 0x5402;
    private static final long TIOCGWINSZ = 0x5413;
    private static final int SIGTTOU = 22;
    private static final int SIG_BLOCK = 0;
    private static final int SIG_SETMASK = 2;
    private static final int SIGNAL_SET_BYTES = 8;
    private static final int BYTES = 36;
    private static final int INPUT_FLAGS = 0;
    private static final int LOCAL_FLAGS = 12;
    private static final int CONTROL = 17;
    private static final int VTIME = 5;
    private static final int VMIN = 6;
    private static final int ISTRIP = 0x20;
    private static final int INLCR = 0x40;
    private static final int ICRNL = 0x100;
    private static final int IXON = 0x400;
    private static final int ISIG = 0x1;
    private static final int ICANON = 0x2;
    private static final int ECHO = 0x8;
    private static final int IEXTEN = 0x8000;
    /** Rows and columns of a terminal that does not know its own. */
    private static final int USUAL_ROWS = 24;
    private static final int USUAL_COLUMNS = 80;

    private final int fd;
    private final MemorySegment found = Arena.ofAuto().allocate(BYTES, Integer.BYTES);

    /**
     * The line behind a descriptor, as it is now.
     *
     * @throws TerminalException if no terminal is behind it
     */
    TerminalLine(int fd) throws TerminalException {
        this.fd = fd;
        if (SystemCall.IOCTL.call(fd, TCGETS, found.address()) < 0) {
            throw new TerminalException("standard " + (fd == 0 ? "input" : "output")
                    + " is not a terminal: the UI needs one; for scripts there is syscope ui -j");
        }
    }

    /**
     * Every key comes at once, unechoed, as it is, and raises no signal.
     *
     * @param tenths after how many tenths of a second a read without a key comes back empty
     */
    void raw(int tenths) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment raw = arena.allocate(BYTES, Integer.BYTES).copyFrom(found);
            clear(raw, INPUT_FLAGS, ISTRIP | INLCR | ICRNL | IXON);
            clear(raw, LOCAL_FLAGS, ISIG | ICANON | ECHO | IEXTEN);
            raw.set(ValueLayout.JAVA_BYTE, CONTROL + VMIN, (byte) 0);
            raw.set(ValueLayout.JAVA_BYTE, CONTROL + VTIME, (byte) tenths);
            SystemCall.IOCTL.call(fd, TCSETS, raw.address());
        }
    }

    private static void clear(MemorySegment line, int offset, int flags) {
        line.set(ValueLayout.JAVA_INT, offset, line.get(ValueLayout.JAVA_INT, offset) & ~flags);
    }

    /**
     * As it was found; without effect when the terminal is gone. SIGTTOU is blocked meanwhile: it would stop a process that is in
     * the background when it ends, for ever where nobody is left to continue it.
     */
    void restore() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment blocked = arena.allocateFrom(ValueLayout.JAVA_LONG, 1L << SIGTTOU - 1);
            MemorySegment before = arena.allocate(ValueLayout.JAVA_LONG);
            SystemCall.RT_SIGPROCMASK.call(SIG_BLOCK, blocked.address(), before.address(), SIGNAL_SET_BYTES, 0, 0);
            SystemCall.IOCTL.call(fd, TCSETS, found.address());
            SystemCall.RT_SIGPROCMASK.call(SIG_SETMASK, before.address(), 0, SIGNAL_SET_BYTES, 0, 0);
        }
    }

    /** An empty screen of the terminal's size; 24 rows of 80 columns where it does not know its size. */
    Screen blank() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            boolean known = SystemCall.IOCTL.call(fd, TIOCGWINSZ, size.address()) >= 0;
            int rows = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 0));
            int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
            return known && rows > 0 && columns > 0 ? new Screen(rows, columns) : new Screen(USUAL_ROWS, USUAL_COLUMNS);
        }
    }
}
