package org.syscope.capture.bpf;

import java.util.List;

/**
 * A function of an object as compiled, before any relocation: a program, or a subprogram of {@code .text}.
 *
 * @param name its name
 * @param section name of its section
 * @param start index of its first instruction in the section
 * @param instructions its instructions
 * @param references its ELF relocations, by instruction
 * @param relocations its CO-RE relocations, by instruction
 * @param functionType its type in the object's BTF, 0 if it has none
 * @param lines its source lines, by instruction
 */
record Code(String name, String section, int start, long[] instructions, List<ElfFile.Relocation> references,
        List<CoreRelocation> relocations, int functionType, List<BtfExt.LineInfo> lines) {
    int end() {
        return start + instructions.length;
    }
}
