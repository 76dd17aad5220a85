package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.BpfMap;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.LoadedObject;
import org.syscope.capture.bpf.PerfBuffer;
import org.syscope.capture.bpf.ProgramSpec;
import org.syscope.capture.event.Event;
import org.syscope.capture.linux.Clock;
import org.syscope.capture.linux.Cpus;

/**
 * The classic eBPF driver: a probe compiled on this machine against its kernel's headers, one perf ring per CPU. Needs Linux
 * 4.14. Settings, counters and events are those of the universal driver; {@code bpf-src/README.md} says what the older kernel
 * features force to be different.
 */
public final class ClassicDriver implements Driver, RingLoop.Owner {

    private final DriverOptions options;
    private final LoadedObject loaded;
    private final List<ClassicRing> rings = new ArrayList<>();
    private final PerfBuffer[] buffers;
    private final AttachedPrograms attached = new AttachedPrograms(new AttachedPrograms.Names(
            ClassicPrograms::table, ClassicPrograms::slot,
            (name, refused) -> false, ClassicPrograms::lossLine));
    private final Arena arena = Arena.ofShared();
    private final MemorySegment counters;
    private final BootClock clock;
    private final LossEvent lossEvent = new LossEvent();
    private final ClassicRing[] byCpu;
    private final RingLoop loop;
    private final TracedSet traced;
    private final long[] knownNoRing;
    private int lastLossCpu;

    private ClassicDriver(DriverOptions options, ClassicProbe probe) throws BpfException, IOException {
        this.options = options;
        BpfObject object = probe.object();
        int cpus = Cpus.possibleCount();
        for (String map : List.of("cpus", "scratch", "served", "rings")) {
            object.map(map).maxEntries(cpus);
        }
        EventSlots slots = EventSlots.ofProbe(object);
        BitSet exits = slots.ofExits(options.exits());
        BitSet enters = slots.ofEnters(options.enters());
        for (ProgramSpec program : object.programs()) {
            program.wanted(ClassicPrograms.wanted(program.name(), options, exits, enters));
        }
        this.buffers = new PerfBuffer[cpus];
        this.knownNoRing = new long[cpus];
        this.counters = arena.allocate(cpus * UniversalLayout.CPU_SIZE, Long.BYTES);
        this.loaded = LoadedObject.load(object);
        try {
            Clock stamps = probe.says("clock").equals("monotonic") ? Clock.MONOTONIC : Clock.BOOTTIME;
            long epoch = stamps.nanosToWallTime();
            this.clock = new BootClock(stamps, epoch);
            this.byCpu = new ClassicRing[cpus];
            writeSettings(epoch);
            openRings(Cpus.online());
            this.traced = new TracedSet(loaded.map("traced"));
            this.loop = new RingLoop(this, new RingMerger(rings.toArray(EventRing[]::new), clock), options.bufferBytes());
            attached.attach(object, loaded);
            if (options.cpusPerBuffer() > 1) {
                attached.leaveOut("left out: rings shared by CPUs: a perf ring belongs to one CPU");
            }
        } catch (BpfException | IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Loads and attaches a probe; events are counted from the return of this call.
     *
     * @param probe one for the running kernel
     * @throws DriverException if the kernel, its configuration or missing capabilities forbid it
     */
    public static ClassicDriver open(DriverOptions options, ClassicProbe probe) throws IOException {
        try {
            return new ClassicDriver(options, probe);
        } catch (BpfException refused) {
            throw new DriverException("bpf driver: " + refused.getMessage(), refused.hint(), refused.log(), refused);
        }
    }

    private void writeSettings(long epoch) throws BpfException {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment key = local.allocate(ValueLayout.JAVA_INT);
            loaded.map("settings").update(key, UniversalLayout.settings(local, options, epoch, 0), BpfMap.ANY);
        }
    }

    /** Gives rings to those of these CPUs that need one, and are still there. */
    private void openRings(int[] cpus) throws BpfException {
        for (int cpu : cpus) {
            boolean without = UniversalLayout.noRingOf(counters, cpu) != knownNoRing[cpu];
            if (buffers[cpu] == null ? opens(cpu) : without && buffers[cpu].renew()) {
                loaded.map("rings").put(cpu, buffers[cpu].fd());
                loaded.map("served").put(cpu, 1);
            }
        }
        for (int cpu = 0; cpu < knownNoRing.length; cpu++) {
            knownNoRing[cpu] = UniversalLayout.noRingOf(counters, cpu);
        }
    }

    private boolean opens(int cpu) throws BpfException {
        buffers[cpu] = PerfBuffer.open(cpu, options.bufferBytes());
        if (buffers[cpu] == null) {
            return false;
        }
        byCpu[cpu] = new ClassicRing(buffers[cpu].ring(), cpu);
        rings.add(byCpu[cpu]);
        return true;
    }

    private boolean anyWithoutRing() {
        for (int cpu = 0; cpu < knownNoRing.length; cpu++) {
            if (UniversalLayout.noRingOf(counters, cpu) != knownNoRing[cpu]) {
                return true;
            }
        }
        return false;
    }

    /**
     * A CPU that came online after the start has no ring, and one that was offline meanwhile none that takes anything: its
     * first events are lost, and counted, until it gets one.
     */
    @Override
    public void serveNewCpus() throws IOException {
        readCounters();
        if (!anyWithoutRing()) {
            return;
        }
        try {
            openRings(Cpus.online());
        } catch (BpfException refused) {
            throw new DriverException("bpf driver: no buffer for a new CPU: " + refused.getMessage(), refused.hint(), "",
                    refused);
        }
        loop.merger(new RingMerger(rings.toArray(EventRing[]::new), clock));
    }

    @Override
    public String name() {
        return "bpf";
    }

    @Override
    public List<String> leftOut() {
        return attached.leftOut();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The programs do not wake this thread; it naps between looks, longer while nothing comes, at most 5 ms.
     */
    @Override
    public Next next(Event event) throws IOException {
        return loop.next(event);
    }

    /** What was lost behind the last event of a CPU: told by the programs or, before Linux 5.1, seen by what did not come. */
    @Override
    public boolean nextLastLoss(Event event) throws IOException {
        if (lastLossCpu == 0) {
            readCounters();
        }
        while (lastLossCpu < byCpu.length) {
            int cpu = lastLossCpu++;
            ClassicRing ring = byCpu[cpu];
            long told = UniversalLayout.pending(counters, cpu);
            long missing = ring == null ? 0 : UniversalLayout.sent(counters, cpu) - ring.events() - ring.lost();
            if (told > 0) {
                lossEvent.point(event, cpu, clock.getAsLong(), told, UniversalLayout.pendingSince(counters, cpu));
                return true;
            }
            if (missing > 0) {
                ring.lose(missing);
                lossEvent.point(event, cpu, clock.getAsLong(), missing, ring.lastTime());
                return true;
            }
        }
        return false;
    }

    private void readCounters() {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment key = local.allocate(ValueLayout.JAVA_INT);
            BpfMap map = loaded.map("cpus");
            for (int cpu = 0; cpu < byCpu.length; cpu++) {
                key.set(ValueLayout.JAVA_INT, 0, cpu);
                map.lookup(key, counters.asSlice(cpu * UniversalLayout.CPU_SIZE, UniversalLayout.CPU_SIZE));
            }
        } catch (BpfException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    @Override
    public DriverStatistics statistics() {
        readCounters();
        DriverStatistics told = UniversalLayout.statistics(counters, byCpu.length);
        long[] perCpu = told.perCpu().clone();
        long unseen = 0;
        for (int cpu = 0; cpu < byCpu.length; cpu++) {
            if (byCpu[cpu] != null) {
                perCpu[cpu] += byCpu[cpu].lost();
                unseen += byCpu[cpu].lost();
            }
        }
        return new DriverStatistics(told.seen(), told.sent() - unseen, told.ringFull() + unseen, told.tooLarge(),
                told.noProgram(), told.noRing(), told.untraced(), told.unnoted(), told.unreadable(), told.noEnter(), perCpu);
    }

    /** How many events of a type the programs know to be lost, all CPUs together; {@code code} is an event type code. */
    public long lost(int code) {
        try (Arena local = Arena.ofConfined()) {
            MemorySegment value = local.allocate(ValueLayout.JAVA_LONG);
            loaded.map("lost_types").lookup(local.allocateFrom(ValueLayout.JAVA_INT, code), value);
            return value.get(ValueLayout.JAVA_LONG, 0);
        } catch (BpfException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
    }

    @Override
    public double fill() {
        return loop.fill();
    }

    @Override
    public void stopCapture() {
        attached.close();
        loop.end();
    }

    @Override
    public void trace(int pid) throws IOException {
        traced.add(pid);
    }

    @Override
    public void forget(int pid) {
        traced.remove(pid);
    }

    @Override
    public boolean traces(int pid) {
        return !options.onlyTraced() || traced.contains(pid);
    }

    @Override
    public boolean tracesAny() {
        return traced.hasAny();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void close() {
        attached.close();
        for (int cpu = 0; cpu < buffers.length; cpu++) {
            if (buffers[cpu] != null) {
                buffers[cpu].close();
                buffers[cpu] = null;
            }
        }
        if (loaded != null) {
            loaded.close();
        }
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
