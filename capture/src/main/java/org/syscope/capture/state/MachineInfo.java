package org.syscope.capture.state;

import org.syscope.capture.event.Text;

/**
 * The machine that the events come from.
 *
 * @param cpus how many CPUs, 0 if not known
 * @param memory bytes of memory, 0 if not known
 * @param maxPid highest process id, 0 if not known
 * @param hostname its name, empty if not known
 * @param bootTime when it was booted, ns since the epoch; 0 if not known
 * @param flags the flags word of the capture file's block
 */
public record MachineInfo(int cpus, long memory, long maxPid, Text hostname, long bootTime, long flags) {

    /** Nothing known. */
    public static final MachineInfo UNKNOWN = new MachineInfo(0, 0, 0, Text.EMPTY, 0, 0);

    /** The same machine under another name. */
    public MachineInfo named(Text name) {
        return new MachineInfo(cpus, memory, maxPid, name, bootTime, flags);
    }
}
