package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The effective capabilities of a thread: the kernel keeps them per thread, not per process.
 *
 * @param mask one bit per capability, as in the line {@code CapEff} of {@code /proc/thread-self/status}
 */
public record Capabilities(long mask) {
    /** A capability that tracing needs, with its number in {@code linux/capability.h}. */
    public enum Capability {
        /** Reads any file, as {@code /proc/PID} needs it. */
        CAP_DAC_READ_SEARCH(2),
        /** Looks into other users' processes. */
        CAP_SYS_PTRACE(19),
        /** Stands for BPF and PERFMON too, as before 5.8. */
        CAP_SYS_ADMIN(21),
        /** Raises resource limits. */
        CAP_SYS_RESOURCE(24),
        /** Opens perf events and reads kernel memory from programs. */
        CAP_PERFMON(38),
        /** Loads programs and creates maps. */
        CAP_BPF(39);

        private final int bit;

        Capability(int bit) {
            this.bit = bit;
        }
    }

    /**
     * Reads what the calling thread may do.
     *
     * @return the effective capabilities
     * @throws IOException if {@code /proc/thread-self/status} cannot be read or has no such line
     */
    public static Capabilities ofThisThread() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/thread-self/status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("CapEff:")) {
                return new Capabilities(Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16));
            }
        }
        throw new IOException("/proc/thread-self/status: no line CapEff");
    }

    /**
     * Whether a capability is there, itself or through CAP_SYS_ADMIN where the kernel takes that for it.
     *
     * @param capability the one asked for
     * @return whether it is effective
     */
    public boolean has(Capability capability) {
        boolean covered = capability == Capability.CAP_BPF || capability == Capability.CAP_PERFMON;
        return bit(capability) || covered && bit(Capability.CAP_SYS_ADMIN);
    }

    private boolean bit(Capability capability) {
        return (mask >>> capability.bit & 1) != 0;
    }
}
