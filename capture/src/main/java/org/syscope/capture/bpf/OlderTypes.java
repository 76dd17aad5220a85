package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Says an object's types in the words of a kernel of 2020, which refuses kinds of types that came later. Each is
 * replaced in place by one of the same length that takes its room: ids and names stay, and nothing that a program does
 * depends on the rest.
 *
 * <pre>
 * FLOAT     (5.13)   an empty struct of its size
 * DECL_TAG  (5.16)   an integer of one byte
 * TYPE_TAG  (5.17)   const
 * ENUM64    (6.0)    a union of its size with the enumerators as members
 * </pre>
 */
final class OlderTypes {
    private static final int NAME = 0;
    private static final int INFO = 4;
    private static final int SIZE = 8;
    private static final int EXTRA = 12;
    private static final int MEMBER = 12;

    private OlderTypes() {
    }

    /**
     * Replaces what is too new.
     *
     * @param types an object's types, as the kernel was given them
     * @param btf the same, read
     * @return a changed copy, or null if there was nothing to replace
     */
    static byte[] of(byte[] types, Btf btf) throws BpfException {
        ByteBuffer out = ByteBuffer.wrap(types.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int begin = out.getInt(4) + out.getInt(8);
        int integer = integer(btf);
        if (integer == 0) {
            return null;
        }
        boolean changed = false;
        for (int id = 1; id < btf.count(); id++) {
            int at = begin + btf.wordOffset(id) * Integer.BYTES;
            int kind = btf.kind(id);
            switch (kind) {
                case Btf.FLOAT -> {
                    // A struct's name must be an identifier, and "long double" is none.
                    out.putInt(at + NAME, 0).putInt(at + INFO, Btf.STRUCT << 24);
                }
                case Btf.DECL_TAG -> out.putInt(at + NAME, out.getInt(begin + btf.wordOffset(integer) * Integer.BYTES))
                        .putInt(at + INFO, Btf.INT << 24).putInt(at + SIZE, 1).putInt(at + EXTRA, 8);
                case Btf.TYPE_TAG -> out.putInt(at + NAME, 0).putInt(at + INFO, Btf.CONST << 24);
                case Btf.ENUM64 -> {
                    int count = btf.vlen(id);
                    out.putInt(at + INFO, Btf.UNION << 24 | count);
                    for (int i = 0; i < count; i++) {
                        out.putInt(at + EXTRA + i * MEMBER + 4, integer).putInt(at + EXTRA + i * MEMBER + 8, 0);
                    }
                }
                default -> {
                    continue;
                }
            }
            changed = true;
        }
        return changed ? out.array() : null;
    }

    /** {@return some integer type, which each object has; 0 if there is none} */
    private static int integer(Btf btf) throws BpfException {
        for (int id = 1; id < btf.count(); id++) {
            if (btf.kind(id) == Btf.INT) {
                return id;
            }
        }
        return 0;
    }
}
