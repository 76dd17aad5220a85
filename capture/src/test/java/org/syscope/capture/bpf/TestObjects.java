package org.syscope.capture.bpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled objects of the tests; their sources and the script that compiles them lie beside them. */
final class TestObjects {
    private TestObjects() {
    }

    static byte[] bytes(String name) {
        try (InputStream in = TestObjects.class.getResourceAsStream(name + ".o")) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static BpfObject parse(String name) throws BpfException {
        return BpfObject.parse(name, bytes(name));
    }

    /** {@return the types of an object, in place of a kernel's} */
    static Btf types(String name) throws BpfException {
        ElfFile elf = ElfFile.parse(name, bytes(name));
        return Btf.parse(name, elf.copy(elf.section(".BTF")));
    }
}
