package org.syscope.capture.bpf;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An object's maps, variables and programs are what its C source says. */
class BpfObjectTest {
    private BpfObject object;

    @BeforeEach
    void read() throws BpfException {
        object = TestObjects.parse("live");
    }

    @Test
    void maps() {
        MapSpec results = object.map("results");
        assertThat(results.type()).isEqualTo(MapType.HASH);
        assertThat(results.keySize()).isEqualTo(8);
        assertThat(results.valueSize()).isEqualTo(8);
        assertThat(results.maxEntries()).isEqualTo(16);
        MapSpec rings = object.map("rings");
        assertThat(rings.type()).isEqualTo(MapType.ARRAY_OF_MAPS);
        assertThat(rings.inner().type()).isEqualTo(MapType.RINGBUF);
        assertThat(rings.inner().maxEntries()).isEqualTo(4096);
        assertThat(object.map("tasks").flags()).isEqualTo(1);
        assertThat(object.map("tails").slots()).containsEntry(1, "tail_one").containsEntry(3, "tail_two").hasSize(2);
        assertThat(object.map("tails").keySize()).isEqualTo(4);
        assertThat(object.map(".rodata").readOnly()).isTrue();
    }

    @Test
    void variablesCanBeSet() {
        assertThat(object.variable("started").get()).isEqualTo(7);
        assertThat(object.variable("wide").size()).isEqualTo(8);
        Variable traced = object.variable("traced");
        assertThat(traced.mapName()).isEqualTo(".rodata");
        traced.set(0xffffffffL);
        assertThat(traced.get()).isEqualTo(0xffffffffL);
        traced.set(-1);
        assertThat(traced.get()).isEqualTo(0xffffffffL);
        object.variable("wide").set(Long.MIN_VALUE);
        assertThat(object.variable("wide").get()).isEqualTo(Long.MIN_VALUE);
        object.variable("narrow").set(3, new byte[] {9});
        assertThat(object.map(".rodata").contents()).contains((byte) 9);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> object.variable("traced").set(1L << 32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> object.variable("traced").set(Integer.MIN_VALUE - 1L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> object.variable("narrow").set(3, new byte[2]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> object.variable("nosuch")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("live has no variable nosuch");
    }

    @Test
    void programsAreNamedByTheirSections() {
        assertThat(object.program("count_exits").type()).isEqualTo(ProgramSpec.Type.RAW_TRACEPOINT);
        assertThat(object.program("count_exits").target()).isEqualTo("sys_exit");
        assertThat(object.program("typed").type()).isEqualTo(ProgramSpec.Type.TRACING);
        assertThat(object.program("switches").type()).isEqualTo(ProgramSpec.Type.TRACEPOINT);
        assertThat(object.program("switches").target()).isEqualTo("sched/sched_switch");
        assertThat(object.program("switches").wanted()).as("? makes it optional").isFalse();
        assertThat(object.program("tail_one").wanted()).isTrue();
        assertThat(object.license()).isEqualTo("GPL");
    }
}
