package org.syscope.capture.scap;

import java.io.IOException;

/**
 * A file that blocks are put into, as they are or compressed. Used by the thread that serves its {@link OutputQueue};
 * {@link #bytes} may be asked by any thread.
 */
interface BlockTarget {

    /** How large the buffers are in which blocks for it are collected, bytes. */
    long bufferBytes();

    /** Creates the file. Called once, first. */
    void open() throws IOException;

    /**
     * Puts blocks behind those before them. Calls {@link BlockSpan#done} when their memory is not needed any more, which may
     * be later than the return.
     *
     * @param last whether nothing else is to be done now: then everything is in the file when this returns
     */
    void write(BlockSpan span, boolean last) throws IOException;

    /**
     * How many bytes the file will have, as far as is known now.
     *
     * @param handedOver bytes of blocks that were given out to be written
     * @param building bytes of blocks that were not yet
     */
    long bytes(long handedOver, long building);

    /** Completes and closes the file. */
    void close() throws IOException;

    /** Closes the file as it is, because something failed; also one that was never opened. */
    void abandon();
}
