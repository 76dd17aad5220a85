package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.linux.Fd;

/** Asks the kernel about a program, a map or a link behind a descriptor. */
final class KernelObject {
    private static final int INFO_SIZE = 256;

    private KernelObject() {
    }

    /** {@return the id, which the kernel's {@code bpf_prog_info}, {@code bpf_map_info} and {@code bpf_link_info} have second} */
    static int id(Fd fd, String what) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_SIZE, Long.BYTES);
            long result = new Attribute(arena).word(0, fd.number()).word(4, INFO_SIZE).wide(8, info.address())
                    .call(Attribute.INFO);
            if (result < 0) {
                throw Refusal.of(BpfException.Kind.MAP, "asking about " + what, result);
            }
            return info.get(ValueLayout.JAVA_INT, 4);
        }
    }
}
