package org.syscope.capture.bpf;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An object relocates for a kernel of another architecture than the one that runs, from nothing but its types. */
class ArmRelocationTest {
    private static int[] immediates(long[] code) {
        return LongStream.of(code).mapToInt(Instruction::immediate).toArray();
    }

    private static long call(long[] code, int from, int helper) {
        for (int at = from; at < code.length; at++) {
            if (Instruction.opcode(code[at]) == Instruction.CALL && Instruction.source(code[at]) == 0
                    && Instruction.immediate(code[at]) == helper) {
                return at;
            }
        }
        return -1;
    }

    @Test
    void theCallsNumberIsReadWhereAarch64HasIt() throws BpfException {
        BpfObject object = TestObjects.parse("live");
        Btf kernel = TestObjects.types("arm-target");
        LinkedProgram linked = object.link(object.program("send_exits"), object.resolver(object.candidates(kernel)));
        assertThat(linked.absent()).as("x86_64's field, behind a question").containsValue("struct pt_regs___x86.orig_ax");
        assertThat(object.missing("send_exits", kernel)).containsExactly("struct pt_regs___x86.orig_ax");
        assertThat(object.missing("tail_two", kernel)).isEmpty();
        // 34 words of registers, and orig_x0, lie before syscallno.
        assertThat(immediates(linked.instructions())).contains(35 * 8);
        int function = linked.functions().stream().mapToInt(BtfExt.FunctionInfo::instruction).max().orElseThrow();
        assertThat(call(linked.instructions(), function, 113)).as("bpf_probe_read_kernel").isPositive();
    }

    @Test
    void fieldsOfTheTask() throws BpfException {
        BpfObject object = TestObjects.parse("live");
        long[] code = object.relocate("tail_two", TestObjects.types("arm-target"));
        assertThat(immediates(code)).as("real_parent and tgid").contains(32, 28);
    }
}
