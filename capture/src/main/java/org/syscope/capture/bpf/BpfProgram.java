package org.syscope.capture.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.SystemCall;

/** A program in the kernel, verified and not yet attached. */
public final class BpfProgram implements AutoCloseable {
    private static final int PERF_TYPE_TRACEPOINT = 2;
    private static final int PERF_ATTRIBUTE_SIZE = 112;
    private static final long PERF_FLAG_CLOEXEC = 8;
    private static final long PERF_IOC_SET_BPF = 0x40042408L;
    private static final long PERF_IOC_ENABLE = 0x2400L;

    private final ProgramSpec spec;
    private final Fd fd;

    BpfProgram(ProgramSpec spec, Fd fd) {
        this.spec = spec;
        this.fd = fd;
    }

    /** {@return its name} */
    public String name() {
        return spec.name();
    }

    /** {@return what it was loaded from} */
    public ProgramSpec spec() {
        return spec;
    }

    /** {@return its descriptor} */
    public Fd fd() {
        return fd;
    }

    /** {@return the kernel's id for it, as bpftool shows it} */
    public int id() throws BpfException {
        return KernelObject.id(fd, "program " + name());
    }

    /**
     * Attaches it to what its section names.
     *
     * @return what detaches it when it is closed
     * @throws BpfException of kind ATTACH if there is no such tracepoint
     */
    public BpfLink attach() throws BpfException {
        if (spec.target().isEmpty()) {
            throw new BpfException(BpfException.Kind.ATTACH,
                    "program " + name() + ": its section " + spec.section() + " names nothing to attach to", "");
        }
        return spec.type() == ProgramSpec.Type.TRACEPOINT ? attachPerf() : attachRaw();
    }

    private BpfLink attachRaw() throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            Attribute attribute = new Attribute(arena).word(8, fd.number());
            if (spec.type() == ProgramSpec.Type.RAW_TRACEPOINT) {
                attribute.text(0, spec.target());
            }
            long link = attribute.call(Attribute.RAW_TRACEPOINT_OPEN);
            if (link == -Errno.ENOENT) {
                throw absent(null);
            }
            if (link < 0) {
                throw refused(link);
            }
            return new BpfLink(spec.target(), new Fd((int) link));
        }
    }

    private BpfLink attachPerf() throws BpfException {
        long id = tracepointId();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment event = arena.allocate(PERF_ATTRIBUTE_SIZE, Long.BYTES);
            event.set(ValueLayout.JAVA_INT, 0, PERF_TYPE_TRACEPOINT);
            event.set(ValueLayout.JAVA_INT, 4, PERF_ATTRIBUTE_SIZE);
            event.set(ValueLayout.JAVA_LONG, 8, id);
            event.set(ValueLayout.JAVA_LONG, 16, 1);
            // One event on any CPU is enough: a program on a tracepoint runs wherever the tracepoint is passed.
            long opened = SystemCall.PERF_EVENT_OPEN.call(event.address(), -1, 0, -1, PERF_FLAG_CLOEXEC, 0);
            if (opened < 0) {
                throw refused(opened);
            }
            Fd perf = new Fd((int) opened);
            long result = SystemCall.IOCTL.call(perf.number(), PERF_IOC_SET_BPF, fd.number());
            if (result >= 0) {
                result = SystemCall.IOCTL.call(perf.number(), PERF_IOC_ENABLE, 0);
            }
            if (result < 0) {
                perf.close();
                throw refused(result);
            }
            return new BpfLink(spec.target(), perf);
        }
    }

    private long tracepointId() throws BpfException {
        IOException last = null;
        for (String root : new String[] {"/sys/kernel/tracing", "/sys/kernel/debug/tracing"}) {
            Path file = Path.of(root, "events", spec.target(), "id");
            try {
                return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
            } catch (IOException | NumberFormatException unreadable) {
                last = unreadable instanceof IOException io ? io : new IOException(file + " is no number", unreadable);
            }
        }
        throw absent(last);
    }

    private BpfException absent(IOException cause) {
        String hint = spec.type() == ProgramSpec.Type.TRACEPOINT
                ? "see whether tracefs is mounted: mount -t tracefs nodev /sys/kernel/tracing" : "";
        return new BpfException(BpfException.Kind.ATTACH,
                "program " + name() + ": this kernel has no tracepoint " + spec.target(), hint, "", cause);
    }

    private BpfException refused(long result) {
        return Refusal.of(BpfException.Kind.ATTACH, "attaching program " + name() + " to " + spec.target(), result);
    }

    @Override
    public void close() {
        fd.close();
    }
}
