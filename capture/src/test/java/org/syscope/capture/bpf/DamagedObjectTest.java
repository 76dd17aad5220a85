package org.syscope.capture.bpf;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Damaged objects and types never give anything but {@link BpfException}, however they are damaged. */
class DamagedObjectTest {
    private final byte[] target = TestObjects.bytes("core-target");

    /** Everything that reads the file or its types; the count of survivors shows that the damage is not always found. */
    private boolean survives(byte[] file, Btf kernel) {
        try {
            BpfObject object = BpfObject.parse("damaged", file);
            for (ProgramSpec program : object.programs()) {
                try {
                    object.relocate(program.name(), kernel);
                } catch (BpfException expected) {
                    assertThat(expected).hasMessageNotContaining("\n");
                }
            }
            return true;
        } catch (BpfException expected) {
            assertThat(expected).hasMessageNotContaining("\n");
            return false;
        }
    }

    @Test
    void truncatedAnywhere() throws BpfException {
        byte[] file = TestObjects.bytes("live");
        Btf kernel = TestObjects.types("core-target");
        for (int length = 0; length < file.length; length += 13) {
            assertThat(survives(Arrays.copyOf(file, length), kernel)).as("%d bytes", length).isFalse();
        }
    }

    @Test
    void bitsFlipped() throws BpfException {
        Btf kernel = TestObjects.types("core-target");
        Random random = new Random(7);
        int survivors = 0;
        for (String name : new String[] {"live", "core"}) {
            byte[] file = TestObjects.bytes(name);
            for (int round = 0; round < 500; round++) {
                byte[] damaged = file.clone();
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                survivors += survives(damaged, kernel) ? 1 : 0;
            }
        }
        assertThat(survivors).isBetween(30, 970);
    }

    @Test
    void kernelTypesDamaged() throws BpfException {
        BpfObject object = TestObjects.parse("core");
        ElfFile elf = ElfFile.parse("target", target);
        byte[] types = elf.copy(elf.section(".BTF"));
        Random random = new Random(8);
        int relocated = 0;
        for (int round = 0; round < 1000; round++) {
            byte[] damaged = Arrays.copyOf(types, round % 3 == 0 ? random.nextInt(types.length) : types.length);
            for (int flips = 3; flips >= 0 && damaged.length > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                Btf kernel = Btf.parse("damaged", damaged);
                for (ProgramSpec program : object.programs()) {
                    object.relocate(program.name(), kernel);
                }
                relocated++;
            } catch (BpfException expected) {
                assertThat(expected).hasMessageNotContaining("\n");
            }
        }
        assertThat(relocated).isPositive();
    }

    @Test
    void somethingElse() {
        assertThatThrownBy(() -> BpfObject.parse("x", new byte[0])).isInstanceOf(BpfException.class)
                .hasMessage("x: not an ELF file");
        byte[] foreign = TestObjects.bytes("live");
        foreign[18] = 62;
        assertThatThrownBy(() -> BpfObject.parse("x", foreign)).isInstanceOf(BpfException.class)
                .hasMessage("x: not a relocatable eBPF object");
    }
}
