package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel told this process at its start: {@code /proc/self/auxv}, pairs of 64-bit type and value. */
final class AuxiliaryVector {
    private AuxiliaryVector() {
    }

    /** {@return the value of a type ({@code AT_*} of {@code linux/auxvec.h}), or the one given where there is none} */
    static long value(int type, long absent) {
        try {
            ByteBuffer pairs = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            while (pairs.remaining() >= 2 * Long.BYTES) {
                long key = pairs.getLong();
                long value = pairs.getLong();
                if (key == type) {
                    return value;
                }
            }
        } catch (IOException unreadable) {
            return absent;
        }
        return absent;
    }
}
