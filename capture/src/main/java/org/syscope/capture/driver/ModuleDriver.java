package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.syscope.capture.bpf.RingBuffer;
import org.syscope.capture.event.Event;
import org.syscope.capture.linux.Clock;
import org.syscope.capture.linux.Cpus;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.Mapping;

/**
 * The kernel module: a character device for each CPU, whose ring is mapped; the module must be loaded. Needs Linux 3.10 and
 * CAP_SYS_ADMIN. What the module and this class share is described in {@code kmod-src/requests.h} and
 * {@code bpf-src/shared/interface.h}; rings and settings have the layout that those of {@link UniversalDriver} have.
 */
public final class ModuleDriver implements Driver, RingLoop.Owner {

    /** Names of the module's hooks, by number: {@code enum syscope_hook}. */
    private static final List<String> HOOKS = List.of("sched_process_exit", "sched_process_exec", "sched_process_fork",
            "sched_switch", "signal_deliver", "page_fault_user", "page_fault_kernel", "sys_enter", "sys_exit");

    private final DriverOptions options;
    private final ModuleDevices devices;
    private final Fd[] cpus;
    private final Fd[] owners;
    private final boolean[] served;
    private final List<UniversalRing> rings = new ArrayList<>();
    private final List<Mapping> counterPages = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final MemorySegment counters;
    private final long bootEpoch;
    private final BootClock clock;
    private final LossEvent lossEvent = new LossEvent();
    private final RingLoop loop;
    private MutedThreads muted;
    private long knownNoRing;
    private int lastLossCpu;

    private ModuleDriver(DriverOptions options, ModuleDevices devices, int[] firstCpus) throws IOException {
        this.options = options;
        this.devices = devices;
        Fd first = openFirst();
        int count = cpuCount(first);
        this.cpus = new Fd[count];
        this.owners = new Fd[count];
        this.served = new boolean[count];
        cpus[0] = first;
        try {
            this.counters = Arena.ofAuto().allocate(count * UniversalLayout.CPU_SIZE, Long.BYTES);
            request(first, ModuleRequests.BEGIN, ModuleRequests.ABI_VERSION, "begin");
            for (int cpu = 0; cpu < count; cpu++) {
                if (cpu > 0) {
                    cpus[cpu] = devices.open(cpu);
                    request(cpus[cpu], ModuleRequests.JOIN, first.number(), "join");
                }
                counterPages.add(Mapping.of(cpus[cpu], ModuleRequests.COUNTERS_PAGE * Mapping.pageSize(),
                        Mapping.pageSize(), false));
            }
            openRings(firstCpus);
            this.bootEpoch = Clock.BOOTTIME.nanosToWallTime();
            this.clock = new BootClock(bootEpoch);
            this.loop = new RingLoop(this, new RingMerger(rings.toArray(EventRing[]::new), clock), options.bufferBytes());
            nameMissingHooks(request(first, ModuleRequests.HOOKS, 0, "hooks"));
            writeSettings();
        } catch (IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Opens the module's devices and starts the tracing; events are counted from the return of this call.
     *
     * @throws DriverException if the module is not loaded, is another version's or busy, or if this user may not
     */
    public static ModuleDriver open(DriverOptions options) throws IOException {
        return open(options, ModuleDevices.real(), Cpus.online());
    }

    /** The same with these devices, and rings for these CPUs only at first; others get theirs when they show up. */
    static ModuleDriver open(DriverOptions options, ModuleDevices devices, int[] firstCpus) throws IOException {
        try {
            return new ModuleDriver(options, devices, firstCpus);
        } catch (ErrnoException refused) {
            throw new DriverException("kernel module: " + refused.getMessage(), hint(refused.errno()), "", refused);
        }
    }

    private static String hint(Errno errno) {
        return switch (errno.code()) {
            case Errno.ENOMEM -> "memory is short: use smaller buffers (--buffer-size)";
            case Errno.EPERM, Errno.EACCES -> "run as root, or with CAP_SYS_ADMIN";
            case Errno.EBUSY -> "as many programs as the module serves trace already: end one of them";
            default -> "";
        };
    }

    private Fd openFirst() throws IOException {
        try {
            return devices.open(0);
        } catch (ErrnoException refused) {
            int code = refused.errno().code();
            if (code == Errno.EPERM || code == Errno.EACCES) {
                throw new DriverException("kernel module: " + refused.getMessage(), hint(refused.errno()), "", refused);
            }
            throw new DriverException("kernel module: it is not loaded: " + refused.getMessage(),
                    "load it with 'syscope driver load'", "", refused);
        }
    }

    private int cpuCount(Fd first) throws IOException {
        long version = devices.request(first, ModuleRequests.VERSION, 0);
        if (version != ModuleRequests.ABI_VERSION) {
            first.close();
            throw new DriverException(version < 0
                    ? "kernel module: " + ModuleDevices.FIRST + " is no device of this module: " + Errno.of(version)
                    : "kernel module: the loaded one has interface version " + version + ", this syscope needs "
                            + ModuleRequests.ABI_VERSION,
                    "unload it and build the one that comes with this syscope: syscope driver unload, build, load", "", null);
        }
        return (int) request(first, ModuleRequests.CPUS, 0, "cpus");
    }

    private long request(Fd device, long request, long argument, String what) throws ErrnoException {
        return ErrnoException.check(devices.request(device, request, argument), what);
    }

    private void openRings(int[] wanted) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argument = arena.allocate(ModuleRequests.RING_SIZE, Long.BYTES);
            for (int cpu : wanted) {
                if (cpu >= cpus.length || served[cpu]) {
                    continue;
                }
                int group = cpu / options.cpusPerBuffer();
                argument.set(ValueLayout.JAVA_LONG, 0, options.bufferBytes());
                argument.set(ValueLayout.JAVA_INT, 8, owners[group] == null ? -1 : owners[group].number());
                request(cpus[cpu], ModuleRequests.RING, argument.address(), "ring of " + options.bufferBytes()
                        + " bytes for CPU " + cpu);
                served[cpu] = true;
                if (owners[group] == null) {
                    owners[group] = cpus[cpu];
                    rings.add(new UniversalRing(new RingBuffer(cpus[cpu], options.bufferBytes())));
                }
            }
        }
    }

    private void nameMissingHooks(long known) {
        for (int hook = 0; hook < HOOKS.size(); hook++) {
            String name = HOOKS.get(hook);
            if ((known >> hook & 1) == 0 && UniversalPrograms.tracepointWanted(name, options)) {
                leftOut.add(UniversalPrograms.lossLine(name, "this kernel has no tracepoint " + name));
            }
        }
    }

    private void writeSettings() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment settings = UniversalLayout.settings(arena, options, bootEpoch, 0);
            if (muted != null) {
                settings = UniversalLayout.withMutes(settings);
            }
            request(cpus[0], ModuleRequests.settings(settings.byteSize()), settings.address(), "settings");
        }
    }

    /** The counters of all CPUs, one behind the other as {@link UniversalLayout} reads them. */
    private MemorySegment counters() {
        for (int cpu = 0; cpu < counterPages.size(); cpu++) {
            MemorySegment.copy(counterPages.get(cpu).segment(), 0, counters, cpu * UniversalLayout.CPU_SIZE,
                    UniversalLayout.CPU_SIZE);
        }
        return counters;
    }

    @Override
    public String name() {
        return "kmod";
    }

    @Override
    public List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    @Override
    public Next next(Event event) throws IOException {
        return loop.next(event);
    }

    /** A CPU that came online after the start has no ring: its first events are lost, and counted, until it gets one. */
    @Override
    public void serveNewCpus() throws IOException {
        if (muted != null) {
            muted.look();
        }
        long noRing = 0;
        for (Mapping page : counterPages) {
            noRing += UniversalLayout.noRing(page.segment(), 1);
        }
        if (noRing == knownNoRing) {
            return;
        }
        knownNoRing = noRing;
        openRings(Cpus.online());
        loop.merger(new RingMerger(rings.toArray(EventRing[]::new), clock));
    }

    @Override
    public boolean nextLastLoss(Event event) throws IOException {
        while (lastLossCpu < counterPages.size()) {
            int cpu = lastLossCpu++;
            MemorySegment page = counterPages.get(cpu).segment();
            long lost = UniversalLayout.pending(page, 0);
            if (lost > 0) {
                lossEvent.point(event, cpu, clock.getAsLong(), lost, UniversalLayout.pendingSince(page, 0));
                return true;
            }
        }
        return false;
    }

    @Override
    public DriverStatistics statistics() {
        return UniversalLayout.statistics(counters(), counterPages.size());
    }

    /**
     * How many events of a type were lost, all CPUs together.
     *
     * @param code an event type code, 0 to 511
     */
    public long lost(int code) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment sums = arena.allocate(ModuleRequests.LOST_TYPES_SIZE, Long.BYTES);
            request(cpus[0], ModuleRequests.LOST_TYPES, sums.address(), "losses by event type");
            return sums.get(ValueLayout.JAVA_LONG, 8L * code);
        }
    }

    @Override
    public List<CallInFlight> callsInFlight() {
        List<CallInFlight> calls = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment found = arena.allocate(ModuleRequests.CALL_SIZE * ModuleRequests.CALLS_MAX, Long.BYTES);
            long count = devices.request(cpus[0], ModuleRequests.CALLS, found.address());
            long now = clock.getAsLong();
            for (long i = 0; i < count; i++) {
                MemorySegment one = found.asSlice(i * ModuleRequests.CALL_SIZE, ModuleRequests.CALL_SIZE);
                CallInFlight call = UniversalLayout.inFlight(one.get(ValueLayout.JAVA_INT, 0), one.asSlice(Long.BYTES), now);
                if (call != null) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }

    @Override
    public double fill() {
        return loop.fill();
    }

    @Override
    public void stopCapture() {
        devices.request(cpus[0], ModuleRequests.STOP, 0);
        loop.end();
    }

    @Override
    public void trace(int pid) {
        long refused = devices.request(cpus[0], ModuleRequests.TRACE, pid);
        if (refused < 0) {
            throw new IllegalStateException("kernel module: process " + pid + ": " + Errno.of(refused));
        }
    }

    @Override
    public void forget(int pid) {
        devices.request(cpus[0], ModuleRequests.FORGET, pid);
    }

    @Override
    public boolean traces(int pid) {
        return !options.onlyTraced() || devices.request(cpus[0], ModuleRequests.TRACES, pid) > 0;
    }

    @Override
    public boolean tracesAny() {
        return devices.request(cpus[0], ModuleRequests.TRACED, 0) > 0;
    }

    @Override
    public boolean startMuting() throws IOException {
        if (options.cpusPerBuffer() > 1) {
            return false;
        }
        muted = new MutedThreads(Mapping.of(cpus[0], ModuleRequests.MUTES_PAGE * Mapping.pageSize(), MutedThreads.BYTES, true),
                clock.getAsLong(), this::untold);
        writeSettings();
        // programs that were running may have seen the settings as they were
        muted.since(clock.getAsLong() + 1_000_000);
        return true;
    }

    private long untold() {
        long sum = 0;
        for (int cpu = 0; cpu < counterPages.size(); cpu++) {
            sum += UniversalLayout.pending(counterPages.get(cpu).segment(), 0);
        }
        return sum;
    }

    @Override
    public void mute(long tid, long judged) {
        muted.mute(tid, judged);
    }

    @Override
    public void unmute(long tid) {
        muted.unmute(tid);
    }

    @Override
    public void unmuteAll() {
        muted.unmuteAll();
    }

    @Override
    public Muting muting() {
        return muted == null ? null : new Muting(muted.count(), UniversalLayout.muted(counters(), counterPages.size()));
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void close() {
        rings.forEach(UniversalRing::close);
        rings.clear();
        counterPages.forEach(Mapping::close);
        counterPages.clear();
        if (muted != null) {
            muted.close();
        }
        for (Fd device : cpus) {
            if (device != null) {
                device.close();
            }
        }
    }
}
