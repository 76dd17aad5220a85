package org.syscope.capture.bpf;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every kind of CO-RE relocation gives the number that the invented kernel of {@code core-target.c} has, where
 * everything lies elsewhere than in {@code core.c}. The numbers are counted by hand from the C source.
 */
class CoreRelocationTest {
    private static BpfObject object;
    private static Btf kernel;

    @BeforeAll
    static void read() throws BpfException {
        object = TestObjects.parse("core");
        kernel = TestObjects.types("core-target");
    }

    @ParameterizedTest
    @CsvSource({
        "offset_id, 152", "offset_corner, 48", "offset_length, 144", "offset_hidden, 184", "offset_other, 176",
        "offset_tail, 199", "size_length, 4", "size_corners, 128", "signed_length, 0", "signed_high, 1",
        "exists_id, 1", "exists_colour, 1", "exists_smell, 0", "exists_wrong, 0", "exists_nowhere, 0",
        "offset_middle, 136", "size_middle, 4", "left_middle, 53", "right_middle, 58", "left_high, 46",
        "offset_same, 0", "type_exists, 1", "type_missing, 0", "type_size, 200", "handler_exists, 1",
        "handler_missing, 0", "point_matches, 1", "shape_matches, 0", "pear, 20", "plum, -30", "kiwi_exists, 0",
        "pear_exists, 1", "large, -81985529216486896",
    })
    void numberOfTheKernel(String program, long expected) throws BpfException {
        long[] code = object.relocate(program, kernel);
        long found = Instruction.immediate(code[0]);
        if (Instruction.opcode(code[0]) == Instruction.LOAD_IMMEDIATE) {
            found = found & 0xffffffffL | (long) Instruction.immediate(code[1]) << 32;
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void typeIds() throws BpfException {
        Btf own = TestObjects.types("core");
        int local = Instruction.immediate(object.relocate("local_id", kernel)[0]);
        assertThat(own.name(local)).isEqualTo("shape");
        assertThat(own.kind(local)).isEqualTo(Btf.STRUCT);
        int target = Instruction.immediate(object.relocate("target_id", kernel)[0]);
        assertThat(target).isEqualTo(kernel.find(Btf.STRUCT, "shape")).isNotEqualTo(local);
    }

    @Test
    void aFieldThatIsNotThereBecomesACallThatNoKernelKnows() throws BpfException {
        long[] code = object.relocate("offset_smell", kernel);
        assertThat(Instruction.opcode(code[0])).isEqualTo(Instruction.CALL);
        assertThat(Instruction.immediate(code[0])).isGreaterThan(0x0bacffff);
        LinkedProgram linked = object.link(object.program("offset_smell"), object.resolver(object.candidates(kernel)));
        assertThat(linked.absent()).containsValue("struct shape___never.smell");
    }

    @Test
    void twoCandidatesThatDifferAreAnError() {
        assertThatThrownBy(() -> object.relocate("offset_twice", kernel))
                .isInstanceOfSatisfying(BpfException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(BpfException.Kind.RELOCATION);
                    assertThat(refused).hasMessageContaining("struct twice.here is ambiguous");
                });
    }

    @Test
    void unsignedLoadsFollowTheFieldsWidth() throws BpfException {
        long widened = object.relocate("load_length", kernel)[0];
        assertThat(Instruction.opcode(widened)).as("32-bit load in place of a 16-bit one").isEqualTo(0x61);
        assertThat(Instruction.offset(widened)).isEqualTo(144);
        long pointer = object.relocate("load_next", kernel)[0];
        assertThat(Instruction.opcode(pointer)).isEqualTo(0x79);
        assertThat(Instruction.offset(pointer)).isEqualTo(160);
    }

    @Test
    void aSignedLoadOfAnotherWidthIsNotMade() throws BpfException {
        assertThat(Instruction.opcode(object.relocate("load_id", kernel)[0])).isEqualTo(Instruction.CALL);
    }

    @Test
    void calledFunctionsFollowInTheOrderOfTheCalls() throws BpfException {
        LinkedProgram linked = object.link(object.program("calls"), object.resolver(object.candidates(kernel)));
        long[] code = linked.instructions();
        assertThat(linked.functions()).hasSize(3);
        int thrice = linked.functions().get(1).instruction();
        int twice = linked.functions().get(2).instruction();
        int seen = 0;
        for (int at = 0; at < code.length; at++) {
            if (Instruction.callsFunction(code[at])) {
                int target = at + 1 + Instruction.immediate(code[at]);
                assertThat(target).isEqualTo(seen == 0 ? thrice : twice);
                seen++;
            }
        }
        assertThat(seen).isEqualTo(3);
        assertThat(Instruction.offset(code[twice])).as("corners[1].x").isEqualTo(36);
    }

    @Test
    void againstItselfNothingChanges() throws BpfException {
        Btf own = TestObjects.types("core");
        assertThat(Instruction.immediate(object.relocate("offset_corner", own)[0])).isEqualTo(24);
        assertThat(Instruction.opcode(object.relocate("load_id", own)[0])).isEqualTo(0x61);
    }
}
