package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.Mapping;
import org.syscope.capture.linux.SystemCall;

/**
 * The perf event of one CPU that programs on this CPU write samples to, with its mapped ring. Its descriptor goes into a
 * map of type {@link MapType#PERF_EVENT_ARRAY} under the CPU's number.
 *
 * <pre>
 * struct perf_event_attr   0 type u32: SOFTWARE 1     4 size u32       8 config u64: BPF_OUTPUT 10
 *                         16 sample period u64       24 sample type u64: RAW 1 &lt;&lt; 10
 * </pre>
 *
 * <p>It wakes nobody for a record: readers look by themselves.
 */
public final class PerfBuffer implements AutoCloseable {
    private static final int TYPE_SOFTWARE = 1;
    private static final int CONFIG_BPF_OUTPUT = 10;
    private static final int SAMPLE_RAW = 1 << 10;
    private static final int ATTRIBUTE_SIZE = 112;
    private static final int ANY_PROCESS = -1;
    private static final int NO_GROUP = -1;
    private static final int CLOEXEC = 8;
    private static final int IOC_ENABLE = 0x2400;
    private static final int IOC_SET_OUTPUT = 0x2405;

    private final int cpu;
    private final Fd first;
    private final Mapping mapping;
    private final PerfRing ring;
    private Fd fd;

    private PerfBuffer(int cpu, Fd fd, Mapping mapping, PerfRing ring) {
        this.cpu = cpu;
        this.first = fd;
        this.fd = fd;
        this.mapping = mapping;
        this.ring = ring;
    }

    /**
     * Opens the event and maps its ring.
     *
     * @param cpu the CPU
     * @param bytes size of the ring, a power of two and a multiple of the page size
     * @return the buffer, empty and enabled; null if the CPU is offline
     * @throws BpfException if the kernel refuses
     */
    public static PerfBuffer open(int cpu, int bytes) throws BpfException {
        Fd fd = event(cpu);
        if (fd == null) {
            return null;
        }
        Mapping mapping = null;
        try {
            int page = Mapping.pageSize();
            mapping = Mapping.of(fd, 0, (long) page + bytes, true);
            enable(cpu, fd);
            return new PerfBuffer(cpu, fd, mapping, new PerfRing(name(cpu), mapping.segment().asSlice(0, page),
                    mapping.segment().asSlice(page)));
        } catch (ErrnoException refused) {
            if (mapping != null) {
                mapping.close();
            }
            fd.close();
            throw new BpfException(BpfException.Kind.MAP, name(cpu) + ": " + refused.getMessage(),
                    "use smaller buffers, or allow more locked memory: ulimit -l unlimited", "", refused);
        }
    }

    /**
     * The CPU has been offline since, and its event ended with it: a new one takes its place, with another descriptor and the
     * same ring.
     *
     * @return false if the CPU is offline still
     * @throws BpfException if the kernel refuses
     */
    public boolean renew() throws BpfException {
        Fd fresh = event(cpu);
        if (fresh == null) {
            return false;
        }
        try {
            ErrnoException.check(SystemCall.IOCTL.call(fresh.number(), IOC_SET_OUTPUT, first.number()), "sharing a ring");
            enable(cpu, fresh);
        } catch (ErrnoException refused) {
            fresh.close();
            throw new BpfException(BpfException.Kind.MAP, name(cpu) + ": " + refused.getMessage(), "", "", refused);
        }
        closeRenewed();
        fd = fresh;
        return true;
    }

    private static String name(int cpu) {
        return "perf buffer of CPU " + cpu;
    }

    /** Opens an event; null if the CPU is offline. */
    private static Fd event(int cpu) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocate(ATTRIBUTE_SIZE, Long.BYTES);
            attribute.set(ValueLayout.JAVA_INT, 0, TYPE_SOFTWARE);
            attribute.set(ValueLayout.JAVA_INT, 4, ATTRIBUTE_SIZE);
            attribute.set(ValueLayout.JAVA_LONG, 8, CONFIG_BPF_OUTPUT);
            attribute.set(ValueLayout.JAVA_LONG, 16, 1);
            attribute.set(ValueLayout.JAVA_LONG, 24, SAMPLE_RAW);
            long opened = SystemCall.PERF_EVENT_OPEN.call(attribute.address(), ANY_PROCESS, cpu, NO_GROUP, CLOEXEC, 0);
            if (opened == -Errno.ENODEV) {
                return null;
            }
            if (opened < 0) {
                throw Refusal.of(BpfException.Kind.MAP, "opening the " + name(cpu), opened);
            }
            return new Fd((int) opened);
        }
    }

    private static void enable(int cpu, Fd fd) throws ErrnoException {
        ErrnoException.check(SystemCall.IOCTL.call(fd.number(), IOC_ENABLE, 0), "enabling the " + name(cpu));
    }

    private void closeRenewed() {
        if (fd != first) {
            fd.close();
        }
    }

    /** {@return the event's descriptor, another one after each {@link #renew()}} */
    public Fd fd() {
        return fd;
    }

    /** {@return what reads its ring} */
    public PerfRing ring() {
        return ring;
    }

    @Override
    public void close() {
        closeRenewed();
        mapping.close();
        first.close();
    }
}
