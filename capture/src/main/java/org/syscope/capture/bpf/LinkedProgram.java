package org.syscope.capture.bpf;

import java.util.List;
import java.util.Map;

/**
 * A program with its subprograms behind it, relocated for a kernel; only descriptors of maps are missing.
 *
 * @param instructions all instructions; see {@link Instruction} for the layout
 * @param mapLoads which map each 64-bit load at an index wants
 * @param functions begin and BTF type of each function, by index; empty where one has no type
 * @param lines source lines, by index; empty where a function has none
 * @param absent what the kernel lacks, by the number that the instruction in its place calls
 */
record LinkedProgram(long[] instructions, List<MapLoad> mapLoads, List<BtfExt.FunctionInfo> functions,
        List<BtfExt.LineInfo> lines, Map<Integer, String> absent) {
    /** A 64-bit load at an index of a map's descriptor, or of the address of its value. */
    record MapLoad(int index, MapSpec map) {
    }
}
