package org.syscope.chisels.views;

import java.util.Arrays;

/**
 * Texts that rows share, as the names of containers and commands: one copy of each of those that came lately. A table of
 * fixed size; a text that another one has displaced is copied again.
 */
final class TextPool {

    private static final int SLOTS = 4096;
    private static final int LONGEST = 1024;

    private final byte[][] slots = new byte[SLOTS][];

    /** The text of these bytes; allocates only if it is not among those that came lately. */
    byte[] get(byte[] source, int offset, int length) {
        if (length > LONGEST) {
            return Arrays.copyOfRange(source, offset, offset + length);
        }
        int slot = RowMap.hash(source, offset, length) & SLOTS - 1;
        byte[] known = slots[slot];
        if (known == null || !Arrays.equals(known, 0, known.length, source, offset, offset + length)) {
            known = Arrays.copyOfRange(source, offset, offset + length);
            slots[slot] = known;
        }
        return known;
    }
}
