package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Completes the data sections in an object's BTF: the compiler leaves their sizes at 0 and their variables in any
 * order, the kernel wants the sizes that the ELF sections have, and ascending variables.
 */
final class DataSectionFixer {
    private static final int ENTRY = 12;
    private static final int COMMON = 12;

    private final ElfFile elf;
    private final Btf btf;
    private final ByteBuffer bytes;

    /**
     * Creates a fixer.
     *
     * @param elf the object
     * @param btf its types, read from {@code bytes}
     * @param bytes the BTF, little endian, changed in place
     */
    DataSectionFixer(ElfFile elf, Btf btf, ByteBuffer bytes) {
        this.elf = elf;
        this.btf = btf;
        this.bytes = bytes;
    }

    void fix() throws BpfException {
        int at = bytes.getInt(4) + bytes.getInt(8);
        for (int id = 1; id < btf.count(); id++) {
            int here = at + btf.wordOffset(id) * Integer.BYTES;
            if (btf.kind(id) == Btf.DATASEC) {
                ElfFile.Section section = elf.section(btf.name(id));
                if (section == null) {
                    throw new BpfException(BpfException.Kind.MALFORMED, elf.name() + ": externals in "
                            + btf.name(id) + " are not supported", "use a constant that the loader sets");
                }
                bytes.putInt(here + 8, section.size());
                sort(here + COMMON, btf.vlen(id));
            }
        }
    }

    private void sort(int at, int count) {
        byte[] old = new byte[count * ENTRY];
        bytes.get(at, old);
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (bytes.getInt(at + i * ENTRY + 4) & 0xffffffffL) << 32 | i;
        }
        Arrays.sort(order);
        for (int i = 0; i < count; i++) {
            bytes.put(at + i * ENTRY, old, (int) order[i] * ENTRY, ENTRY);
        }
    }
}
