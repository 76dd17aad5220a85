package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

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

        private String plainName() {
            return name().substring("CAP_".length()).toLowerCase(Locale.ROOT);
        }
    }

    /** All that a trace of the whole machine needs. */
    private static final List<Capability> TRACER = List.of(Capability.CAP_BPF, Capability.CAP_PERFMON,
            Capability.CAP_SYS_PTRACE, Capability.CAP_DAC_READ_SEARCH);
    private static final int PR_CAP_AMBIENT = 47;
    private static final int PR_CAP_AMBIENT_LOWER = 3;

    /**
     * What a user without them can do, one line. File capabilities on the java binary would be no help: the dynamic linker
     * then ignores {@code $ORIGIN}, by which java finds its libraries (ld.so(8), secure-execution mode), and everybody who
     * may run Java would have them. Capabilities in the ambient set pass through the launcher's shell to this java alone.
     */
    public static String hint() {
        StringJoiner names = new StringJoiner(",");
        TRACER.forEach(capability -> names.add("+" + capability.plainName()));
        return "run it with sudo, or as yourself with what it needs: sudo setpriv --reuid=" + SystemCall.GETUID.call()
                + " --regid=" + SystemCall.GETGID.call() + " --init-groups --inh-caps=" + names + " --ambient-caps=" + names
                + " syscope ...";
    }

    /**
     * Takes the tracer's capabilities out of the ambient set of the calling thread, so that a program that it starts does
     * not inherit them; the thread itself keeps them. Others, which the user may have given for that program, stay.
     */
    public static void keepFromChildren() {
        for (Capability capability : TRACER) {
            SystemCall.PRCTL.call(PR_CAP_AMBIENT, PR_CAP_AMBIENT_LOWER, capability.bit);
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
