package org.syscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The process's standard output through one large buffer. Data only, never a message. Not thread-safe.
 *
 * <p>A reader that went away ({@code | head -1}) is no error of this program: it is told apart as
 * {@link OutputClosedException}, and what is written afterwards is dropped.
 */
final class StandardOutput extends OutputStream {

    private static final int CAPACITY = 256 << 10;

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY];
    private int size;
    private boolean closed;

    /** The process's file descriptor 1. */
    StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    /** Another stream in its place, for tests. */
    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
        if (size == CAPACITY) {
            flush();
        }
        buffer[size++] = (byte) value;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > CAPACITY - size) {
            flush();
            if (length > CAPACITY) {
                send(bytes, offset, length);
                return;
            }
        }
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    /** How many bytes wait for {@link #flush()}. */
    int pending() {
        return size;
    }

    @Override
    public void flush() throws IOException {
        int length = size;
        size = 0;
        if (length > 0) {
            send(buffer, 0, length);
        }
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            return;
        }
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            closed = true;
            if (OutputClosedException.isBrokenPipe(e)) {
                throw new OutputClosedException(e);
            }
            throw new IOException("cannot write to standard output: " + e.getMessage(), e);
        }
    }
}
