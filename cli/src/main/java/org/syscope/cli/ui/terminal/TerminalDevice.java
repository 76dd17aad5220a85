package org.syscope.cli.ui.terminal;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.syscope.capture.linux.SystemCall;
import sun.misc.Signal;

/**
 * The user's terminal, taken over: raw keys, alternate screen, mouse; and given back, whatever happens: by {@link #close()}, by
 * a hook when the process ends, by {@link #restore()} before it is halted. Keys are read by a thread of its own, which
 * lets the terminal alone while a command has it.
 */
public final class TerminalDevice implements Display, AutoCloseable {

    private static final int SIGTSTP = 20;
    private static final long STOP_MILLIS = 300;
    private static final int READ_BYTES = 1024;
    private static final int WAIT_TENTHS = 1;
    /** How long the rest of a sequence may be on its way: longer would be felt behind Escape. */
    private static final long UNDECIDED_MILLIS = 30;
    private static final int MAX_COPY = 74_994;

    private final TerminalModes modes;
    private final TerminalLine line;
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final InputStream in = new FileInputStream(FileDescriptor.in);
    private final ScreenUpdate update = new ScreenUpdate();
    private final Bytes bytes = new Bytes();
    private final KeyDecoder decoder;
    private final Runnable resized;
    private final Runnable lost;
    private final AtomicBoolean on = new AtomicBoolean();
    private final Thread hook = new Thread(this::restore, "terminal-restore");
    private final Object reading = new Object();
    private volatile boolean closed;
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private boolean lent;
    private boolean inRead;

    private TerminalDevice(TerminalModes modes, TerminalLine line, Consumer<Input> keys, Runnable resized, Runnable lost) {
        this.modes = modes;
        this.line = line;
        this.decoder = new KeyDecoder(keys, System::nanoTime);
        this.resized = resized;
        this.lost = lost;
    }

    /**
     * Takes the terminal of standard input and output over.
     *
     * @param keys gets what the user does, in another thread
     * @param resized called when the size has changed, in another thread
     * @param lost called when the terminal is gone, in another thread
     * @throws TerminalException if there is none; nothing was changed then
     */
    public static TerminalDevice open(TerminalModes modes, Consumer<Input> keys, Runnable resized, Runnable lost)
            throws TerminalException {
        TerminalLine line = new TerminalLine(0);
        TerminalDevice device = new TerminalDevice(modes, line, keys, resized, lost);
        Runtime.getRuntime().addShutdownHook(device.hook);
        device.enter();
        Signal.handle(new Signal("WINCH"), signal -> resized.run());
        Signal.handle(new Signal("CONT"), signal -> device.continued());
        Thread reader = new Thread(device::read, "keys");
        reader.setDaemon(true);
        reader.start();
        return device;
    }

    /**
     * Says no where standard input and output are not both a terminal.
     *
     * @throws TerminalException which says what to do
     */
    public static void require() throws TerminalException {
        for (int fd = 0; fd < 2; fd++) {
            new TerminalLine(fd);
        }
    }

    private void enter() {
        on.set(true);
        // a read comes back after a tenth of a second: so a lone Escape is known, and the terminal can be lent
        line.raw(WAIT_TENTHS);
        send(modes.on());
        update.forget();
    }

    /** Gives the terminal back as it was found; may be called at any time by any thread, and more than once. */
    public void restore() {
        if (on.getAndSet(false)) {
            send(modes.off());
            line.restore();
        }
    }

    private void continued() {
        stopped.countDown();
        if (on.get() && !closed) {
            // stopped and continued from outside: a shell may have changed the modes
            enter();
            resized.run();
        }
    }

    @Override
    public void stop() {
        lend();
        CountDownLatch goesOn = new CountDownLatch(1);
        stopped = goesOn;
        SystemCall.KILL.call(0, SIGTSTP);
        // the signal stops this thread a little later; where nobody could continue the process, the kernel does not stop it
        try {
            goesOn.await(STOP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        takeBack();
        resized.run();
    }

    @Override
    public void lend() {
        stopReading();
        restore();
    }

    /** Comes back when no read is under way any more: whatever is typed from then on is for others. */
    private void stopReading() {
        synchronized (reading) {
            lent = true;
            while (inRead) {
                try {
                    reading.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
    }

    @Override
    public void takeBack() {
        enter();
        synchronized (reading) {
            lent = false;
            reading.notifyAll();
        }
    }

    private void read() {
        byte[] buffer = new byte[READ_BYTES];
        try {
            while (awaitTurn()) {
                int count;
                try {
                    count = in.read(buffer);
                } finally {
                    synchronized (reading) {
                        inRead = false;
                        reading.notifyAll();
                    }
                }
                if (count > 0) {
                    decoder.feed(buffer, count);
                    if (decoder.isUndecided()) {
                        Thread.sleep(UNDECIDED_MILLIS);
                        if (in.available() == 0) {
                            decoder.idle();
                        }
                    }
                } else {
                    decoder.idle();
                }
            }
        } catch (IOException | InterruptedException e) {
            if (!closed) {
                lost.run();
            }
        }
    }

    private boolean awaitTurn() {
        synchronized (reading) {
            try {
                while (lent && !closed) {
                    reading.wait();
                }
            } catch (InterruptedException e) {
                return false;
            }
            inRead = !closed;
            return inRead;
        }
    }

    @Override
    public Screen blank() {
        return line.blank();
    }

    @Override
    public void show(Screen screen) {
        update.update(screen, bytes);
        if (bytes.size() > 0 && on.get()) {
            try {
                bytes.sendTo(out);
            } catch (IOException e) {
                lost.run();
            }
        }
        bytes.clear();
    }

    @Override
    public void redraw() {
        update.forget();
    }

    /** By OSC 52: a terminal that does not let programs do so ignores it. */
    @Override
    public void copy(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        if (plain.length <= MAX_COPY) {
            send("\033]52;c;" + Base64.getEncoder().encodeToString(plain) + "\007");
        }
    }

    private void send(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        } catch (IOException e) {
            if (!closed) {
                lost.run();
            }
        }
    }

    @Override
    public void close() {
        stopReading();
        closed = true;
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process ends already, and the hook runs or has run
            restore();
        }
    }
}
