package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Uncompressed bytes in order, from a pipe or out of gzip. */
interface ByteSource extends AutoCloseable {

    /**
     * Puts at least one byte into {@code target}, waiting for it if need be.
     *
     * @return how many bytes; -1 where the data end or where they cannot be read on: {@link #fault} tells
     */
    int read(ByteBuffer target) throws IOException;

    /** Why {@link #read} came to an end before the end of the file; null if it did not. */
    String fault();

    /** Whether {@link #read} would wait now. */
    boolean wouldWait() throws IOException;

    /** Whether the file is compressed. */
    boolean compressed();

    /** How many bytes of the file were taken. */
    long fileOffset();

    /**
     * Where in the file {@link #read} can begin so that it gives the bytes from {@code position} on; -1 if it cannot begin
     * there, or has not been there yet.
     */
    long entryPoint(long position);

    /** Goes to a place of the file that {@link #entryPoint} gave; {@code position} is what it was given. */
    void seek(long entryPoint, long position) throws IOException;

    @Override
    void close() throws IOException;
}
