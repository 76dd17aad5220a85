package org.syscope.capture.bpf;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The check finds what it is there to find. */
class OldVerifierTest {
    private static final long EXIT = 0x95;
    private static final Set<Integer> HELPERS = Set.of(1, 2);

    private static long jump(int opcode, int offset) {
        return Instruction.withOffset(opcode, offset);
    }

    @Test
    void soundProgramsAreTaken() throws BpfException {
        assertThat(OldVerifier.complaints(TestObjects.parse("plain"), HELPERS)).isEmpty();
        assertThat(OldVerifier.longest(TestObjects.parse("plain"))).isBetween(10, 60);
        // Back, but not to where it came from: 0 to 2, 2 to 1, 1 to 3.
        assertThat(OldVerifier.complaints(new long[] {jump(5, 1), jump(5, 1), jump(5, -2), EXIT}, HELPERS)).isEmpty();
    }

    @Test
    void loopsAreFound() {
        assertThat(OldVerifier.complaints(new long[] {0xb7, jump(0x15, -2), EXIT}, HELPERS))
                .containsExactly("a loop from 1 to 0");
        assertThat(OldVerifier.complaints(new long[] {jump(0x15, 5), EXIT}, HELPERS))
                .containsExactly("0 leads out of the program");
    }

    @Test
    void whatIsTooNewIsFound() {
        long newHelper = Instruction.withImmediate(Instruction.CALL, 112);
        long function = Instruction.withSource(Instruction.CALL, Instruction.PSEUDO_CALL);
        long data = Instruction.withSource(Instruction.LOAD_IMMEDIATE, Instruction.PSEUDO_MAP_VALUE);
        long exchange = Instruction.withImmediate(0xdb, 0xe1);
        assertThat(OldVerifier.complaints(new long[] {newHelper, function, data, 0, jump(0x16, 0), exchange, EXIT}, HELPERS))
                .containsExactly("0 calls helper 112", "1 calls a function", "2 takes the address of data or of a function",
                        "4 is a jump by 32 bits", "5 is an atomic operation other than an addition");
        assertThat(OldVerifier.complaints(longProgram(4097), HELPERS)).containsExactly("4097 instructions");
        assertThat(OldVerifier.complaints(longProgram(4096), HELPERS)).isEmpty();
    }

    private static long[] longProgram(int length) {
        long[] code = new long[length];
        Arrays.fill(code, 0xb7);
        code[length - 1] = EXIT;
        return code;
    }
}
