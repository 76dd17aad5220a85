package org.syscope.capture.bpf;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Objects without BTF: their maps, the constants in these, their texts. */
class PlainMapsTest {
    @Test
    void mapsAreAsDefined() throws BpfException {
        BpfObject object = TestObjects.parse("plain");
        assertThat(object.hasTypes()).isFalse();
        assertThat(object.needsKernelTypes()).isFalse();
        assertThat(object.maps()).hasSize(3);
        MapSpec results = object.map("results");
        assertThat(results.type()).isEqualTo(MapType.HASH);
        assertThat(results.keySize()).isEqualTo(4);
        assertThat(results.valueSize()).isEqualTo(8);
        assertThat(results.maxEntries()).isEqualTo(16);
        assertThat(results.flags()).isEqualTo(1);
        assertThat(results.contents()).isNull();
        assertThat(object.map("rings").type()).isEqualTo(MapType.PERF_EVENT_ARRAY);
        assertThat(object.variables()).isEmpty();
    }

    @Test
    void aTableBeginsWithItsContents() throws BpfException {
        MapSpec table = TestObjects.parse("plain").map("table");
        assertThat(table.maxEntries()).isEqualTo(8);
        assertThat(table.contents()).containsExactly(10, 0, 20, 0, 30, 0, 40, 0, 50, 0);
        assertThat(table.readOnly()).isFalse();
    }

    @Test
    void textsCanBeAsked() throws BpfException {
        BpfObject object = TestObjects.parse("plain");
        assertThat(object.text("note")).isEqualTo("a word to the loader");
        assertThat(object.text("nothing")).isEmpty();
        assertThat(object.license()).isEqualTo("GPL");
    }

    @Test
    void programsKnowTheTableAsAMap() throws BpfException {
        BpfObject object = TestObjects.parse("plain");
        LinkedProgram linked = object.link(object.program("remember"), object.resolver(null));
        assertThat(linked.mapLoads()).extracting(load -> load.map().name()).containsExactly("table", "results");
        assertThat(linked.mapLoads()).allSatisfy(load -> assertThat(
                Instruction.source(linked.instructions()[load.index()])).isEqualTo(Instruction.PSEUDO_MAP_FD));
    }

    @Test
    void damagedOnesAreRefused() {
        byte[] file = TestObjects.bytes("plain");
        Random random = new Random(5);
        int survivors = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = file.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                BpfObject object = BpfObject.parse("damaged", damaged);
                for (ProgramSpec program : object.programs()) {
                    object.link(program, object.resolver(null));
                }
                survivors++;
            } catch (BpfException expected) {
                assertThat(expected).hasMessageNotContaining("\n");
            }
        }
        assertThat(survivors).isBetween(100, 1900);
        assertThatThrownBy(() -> BpfObject.parse("short", Arrays.copyOf(file, 300)))
                .isInstanceOf(BpfException.class);
    }
}
