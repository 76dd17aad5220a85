package org.syscope.capture.bpf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.KernelVersion;

/** Finds out why the kernel said no, only after it did: which capability is missing, or what else forbids it. */
final class Refusal {

    private Refusal() {
    }

    /**
     * Makes an exception of a refused bpf(2) or perf_event_open(2).
     *
     * @param kind what it is if nothing more precise is found
     * @param what what was tried, such as {@code "creating map counts"}
     * @param result the negative errno
     * @return the exception
     */
    static BpfException of(BpfException.Kind kind, String what, long result) {
        Errno errno = Errno.of(result);
        return switch (errno.code()) {
            case Errno.EPERM, Errno.EACCES -> notPermitted(kind, what, errno);
            case Errno.ENOSYS -> new BpfException(BpfException.Kind.KERNEL_TOO_OLD,
                    what + ": this kernel was built without bpf(2)", "use a kernel with CONFIG_BPF_SYSCALL=y");
            case Errno.ENOMEM -> new BpfException(kind, what + ": " + errno.name() + ": no memory",
                    "use smaller buffers, or raise the memory limit of the cgroup");
            case Errno.E2BIG -> new BpfException(kind, what + ": " + errno.name() + ": too large for this kernel",
                    "use fewer entries or smaller buffers; a newer kernel may take it");
            case Errno.EINVAL, Errno.ENOTSUPP -> new BpfException(kind, what + ": " + errno.name()
                    + ": this kernel does not know it", "a newer kernel may take it");
            default -> new BpfException(kind, what + ": " + errno.name(), "");
        };
    }

    private static BpfException notPermitted(BpfException.Kind kind, String what, Errno errno) {
        String missing = missingCapabilities();
        if (!missing.isEmpty()) {
            return new BpfException(BpfException.Kind.NOT_PERMITTED,
                    what + ": " + errno.name() + ": not permitted without " + missing, Capabilities.hint());
        }
        if (lockedDown()) {
            return lockdown(what);
        }
        return new BpfException(kind == BpfException.Kind.MAP ? BpfException.Kind.NOT_PERMITTED : kind,
                what + ": " + errno.name() + ": not permitted, although the capabilities are there",
                memoryIsLocked() ? "the limit of locked memory may be too low: ulimit -l unlimited"
                        : "a security module, a seccomp filter or a container forbids bpf(2)");
    }

    /** {@return whether maps count as locked memory, as they did before 5.11: a full limit is EPERM too} */
    private static boolean memoryIsLocked() {
        try {
            return !KernelVersion.running().atLeast(5, 11);
        } catch (IOException unknown) {
            return false;
        }
    }

    static BpfException lockdown(String what) {
        return new BpfException(BpfException.Kind.LOCKDOWN,
                what + ": the kernel is locked down (confidentiality), which forbids programs to read its memory",
                "boot without lockdown=confidentiality");
    }

    static boolean lockedDown() {
        try {
            return Files.readString(Path.of("/sys/kernel/security/lockdown"), StandardCharsets.US_ASCII)
                    .contains("[confidentiality]");
        } catch (IOException noSuchFeature) {
            return false;
        }
    }

    private static String missingCapabilities() {
        try {
            Capabilities mine = Capabilities.ofThisThread();
            StringBuilder missing = new StringBuilder();
            for (Capability needed : new Capability[] {Capability.CAP_BPF, Capability.CAP_PERFMON}) {
                if (!mine.has(needed)) {
                    missing.append(missing.isEmpty() ? "" : " and ").append(needed);
                }
            }
            return missing.toString();
        } catch (IOException unreadable) {
            return "";
        }
    }
}
