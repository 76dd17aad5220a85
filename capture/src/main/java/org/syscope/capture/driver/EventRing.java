package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** One ring that a driver's kernel side fills with scap events, first in, first out. Read by one thread. */
interface EventRing {

    /**
     * Looks for the next record that was not taken yet; the same one again until {@link #take()}.
     *
     * @return where it begins in {@link #segment()}; -1 if there is none now
     */
    long peek() throws IOException;

    /** Length of the record that {@link #peek()} found, bytes. */
    int length();

    /** The memory that records lie in. */
    MemorySegment segment();

    /** Steps over the record that {@link #peek()} found; its memory stays valid until {@link #release()}. */
    void take();

    /** Gives the memory of all taken records back to the kernel side. */
    void release();

    /** How full the ring is, 0 to 1. */
    double fill();

    /** The CPU that wrote the record that {@link #peek()} found. */
    int cpu();
}
