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

    @Override
    void close() throws IOException;
}
