package org.syscope.capture.event;

/** What the driver's event table says of an event type ({@code EF_*}); the bits are this project's own. */
public enum EventFlag {
    /** A code without an event. */
    UNUSED,
    /** No driver of today emits it; found in older files. */
    OLD_VERSION,
    /** Older readers' converter knows it. */
    CONVERTER_MANAGED,
    /** Returns a new fd. */
    CREATES_FD,
    /** Closes fds. */
    DESTROYS_FD,
    /** Acts on an fd. */
    USES_FD,
    /** Reads from its fd. */
    READS_FROM_FD,
    /** Writes to its fd. */
    WRITES_TO_FD,
    /** Changes thread, fd or user tables. */
    MODIFIES_STATE,
    /** Belongs to no thread: none is looked up. */
    SKIPPARSERESET,
    /** Blocks. */
    WAITS,
    /** Parameter lengths are 4 bytes wide instead of 2. */
    LARGE_PAYLOAD;

    /** The bit of this flag in {@link EventType#flags()}. */
    public int bit() {
        return 1 << ordinal();
    }
}
