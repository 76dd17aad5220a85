package org.syscope.capture.driver;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.BpfMap;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.LoadedObject;
import org.syscope.capture.bpf.ProgramSpec;
import org.syscope.capture.bpf.RingBuffer;
import org.syscope.capture.event.Event;
import org.syscope.capture.linux.Clock;
import org.syscope.capture.linux.Cpus;
import org.syscope.capture.linux.Mapping;

/**
 * The universal eBPF driver: a prebuilt CO-RE object, one BPF ring buffer per CPU. Needs Linux 5.8 with BTF, CAP_BPF and
 * CAP_PERFMON. What the kernel and this class share is described in {@code bpf-src/README.md} and
 * {@code bpf-src/shared/interface.h}; the layouts here are those of {@link UniversalLayout}.
 */
public final class UniversalDriver implements Driver, RingLoop.Owner {

    private static final int LARGEST_OWN_RING = 256 << 20;
    private static final long SHORTEST_SLEEP_NANOS = 1_000_000;

    private final DriverOptions options;
    private final LoadedObject loaded;
    private final List<UniversalRing> rings = new ArrayList<>();
    private final AttachedPrograms attached = new AttachedPrograms(new AttachedPrograms.Names(
            UniversalPrograms::table, UniversalPrograms::slot,
            UniversalPrograms::replaced, UniversalPrograms::lossLine));
    private final Mapping cpuCounters;
    private final Mapping lostByType;
    private final BootClock clock;
    private final LossEvent lossEvent = new LossEvent();
    private final BpfMap[] groups;
    private final boolean[] served;
    private final RingLoop loop;
    private final TracedSet traced;
    private final TracedHints hints;
    private final EnteredCalls entered;
    private final boolean ownRings;
    private final long bootEpoch;
    private MutedThreads muted;
    private long knownNoRing;
    private int lastLossCpu;

    private UniversalDriver(DriverOptions options, BpfObject object, int[] firstCpus, boolean ownRings)
            throws BpfException, IOException {
        this.options = options;
        this.ownRings = ownRings;
        int cpus = Cpus.possibleCount();
        size(object, cpus);
        choosePrograms(object);
        this.loaded = LoadedObject.load(object);
        try {
            this.bootEpoch = Clock.BOOTTIME.nanosToWallTime();
            this.clock = new BootClock(bootEpoch);
            this.groups = new BpfMap[cpus];
            this.served = new boolean[cpus];
            writeSettings();
            openRings(firstCpus);
            this.cpuCounters = loaded.map("cpus").mapped(false);
            this.lostByType = loaded.map("lost_types").mapped(false);
            this.hints = new TracedHints(loaded.map("traced_hints").mapped(true));
            this.traced = new TracedSet(loaded.map("traced"), hints);
            this.entered = new EnteredCalls(loaded.map("entered").mapped(false));
            this.loop = new RingLoop(this, new RingMerger(rings.toArray(EventRing[]::new), clock), options.bufferBytes());
            attached.attach(object, loaded);
        } catch (BpfException | IOException | RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /**
     * Loads and attaches the driver; events are counted from the return of this call.
     *
     * @throws DriverException if the kernel, its configuration or missing capabilities forbid it
     */
    public static UniversalDriver open(DriverOptions options) throws IOException {
        return open(options, Cpus.online());
    }

    /** The same, with rings for these CPUs only at first; others get theirs when they show up. */
    static UniversalDriver open(DriverOptions options, int[] firstCpus) throws IOException {
        return open(options, object(), firstCpus);
    }

    /** The same with an object, not loaded yet, whose maps may have been given other sizes. */
    static UniversalDriver open(DriverOptions options, BpfObject object, int[] firstCpus) throws IOException {
        try {
            if (ownRingsPossible(options)) {
                try {
                    return new UniversalDriver(options, object, firstCpus, true);
                } catch (BpfException refused) {
                    if (refused.kind() != BpfException.Kind.MAP) {
                        throw refused;
                    }
                }
            }
            return new UniversalDriver(options, object, firstCpus, false);
        } catch (BpfException refused) {
            throw refusal(refused);
        }
    }

    /** The object that comes with this program. */
    static BpfObject object() throws IOException {
        try {
            return BpfObject.parse("syscope", prebuilt(System.getProperty("os.arch")));
        } catch (BpfException damaged) {
            throw refusal(damaged);
        }
    }

    private static DriverException refusal(BpfException refused) {
        return new DriverException("universal driver: " + refused.getMessage(), refused.hint(), refused.log(), refused);
    }

    private static byte[] prebuilt(String architecture) throws IOException {
        String folder = architecture.equals("amd64") ? "x86_64" : architecture;
        try (InputStream in = UniversalDriver.class.getResourceAsStream("prebuilt/" + folder + "/syscope.bpf.o")) {
            if (in == null) {
                throw new DriverException("universal driver: there is no object for the architecture " + folder,
                        "x86_64 and aarch64 are supported", "", null);
            }
            return in.readAllBytes();
        }
    }

    /**
     * Whether the programs may write rings of their own, which costs less than the kernel's: one CPU to each, an architecture
     * that keeps the order of writes, and a size that the verifier follows. Older kernels know no map values of the usual
     * size: they refuse.
     */
    private static boolean ownRingsPossible(DriverOptions options) {
        return options.cpusPerBuffer() == 1 && options.bufferBytes() <= LARGEST_OWN_RING
                && System.getProperty("os.arch").equals("amd64");
    }

    private int ringBytes() {
        return Math.max(options.bufferBytes(), Mapping.pageSize());
    }

    private void size(BpfObject object, int cpus) {
        object.map("cpus").maxEntries(cpus);
        object.map("scratch").maxEntries(cpus);
        object.map("rings").maxEntries(cpus);
        object.map("own_rings").maxEntries(cpus);
        object.map("rings").inner().maxEntries(ownRings ? Mapping.pageSize() : ringBytes());
        int ownBytes = ownRings ? ringBytes() : Mapping.pageSize();
        object.map("own_rings").inner().valueSize(UniversalLayout.OWN_RING_HEAD + ownBytes + UniversalLayout.OWN_RING_SLACK);
        object.variable("own_ring_mask").set(ownRings ? ownBytes - 1 : 0);
    }

    private void choosePrograms(BpfObject object) {
        EventSlots slots = new EventSlots(object);
        for (ProgramSpec program : object.programs()) {
            program.wanted(UniversalPrograms.wanted(program.name(), options, slots));
        }
    }

    private void writeSettings() throws BpfException, IOException {
        // Without a sleep since the boot the two clocks are the same: what is measured then is the time of measuring.
        long asleep = Clock.MONOTONIC.nanosTo(Clock.BOOTTIME);
        long monoEpoch = bootEpoch + (Math.abs(asleep) < SHORTEST_SLEEP_NANOS ? 0 : asleep);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment value = UniversalLayout.settings(arena, options, bootEpoch, monoEpoch);
            loaded.map("settings").update(key, muted == null ? value : UniversalLayout.withMutes(value), BpfMap.ANY);
        }
    }

    private void openRings(int[] cpus) throws BpfException, IOException {
        for (int cpu : cpus) {
            if (!served[cpu]) {
                int group = cpu / options.cpusPerBuffer();
                String maps = ownRings ? "own_rings" : "rings";
                if (groups[group] == null) {
                    groups[group] = loaded.createInner(maps, "ring" + cpu);
                    rings.add(new UniversalRing(ownRings ? new RingBuffer(groups[group], ringBytes())
                            : new RingBuffer(groups[group])));
                }
                loaded.map(maps).put(cpu, groups[group].fd());
                served[cpu] = true;
            }
        }
    }

    /** A CPU that came online after the start has no ring: its first events are lost, and counted, until it gets one. */
    @Override
    public void serveNewCpus() throws IOException {
        if (muted != null) {
            muted.look();
        }
        long noRing = UniversalLayout.noRing(cpuCounters.segment(), loaded.possibleCpus());
        if (noRing == knownNoRing) {
            return;
        }
        knownNoRing = noRing;
        try {
            openRings(Cpus.online());
        } catch (BpfException refused) {
            throw new DriverException("universal driver: no buffer for a new CPU: " + refused.getMessage(), refused.hint(), "",
                    refused);
        }
        loop.merger(new RingMerger(rings.toArray(EventRing[]::new), clock));
    }

    @Override
    public boolean nextLastLoss(Event event) throws IOException {
        while (lastLossCpu < loaded.possibleCpus()) {
            int cpu = lastLossCpu++;
            long lost = UniversalLayout.pending(cpuCounters.segment(), cpu);
            if (lost > 0) {
                lossEvent.point(event, cpu, clock.getAsLong(), lost,
                        UniversalLayout.pendingSince(cpuCounters.segment(), cpu));
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return "universal";
    }

    @Override
    public List<String> leftOut() {
        return attached.leftOut();
    }

    @Override
    public Next next(Event event) throws IOException {
        return loop.next(event);
    }

    @Override
    public DriverStatistics statistics() {
        return UniversalLayout.statistics(cpuCounters.segment(), loaded.possibleCpus());
    }

    /** How many events of a type were lost, all CPUs together; {@code code} is an event type code. */
    public long lost(int code) {
        return lostByType.segment().get(ValueLayout.JAVA_LONG, 8L * code);
    }

    @Override
    public List<CallInFlight> callsInFlight() {
        Map<Integer, CallInFlight> calls = new LinkedHashMap<>();
        long now = clock.getAsLong();
        try (Arena arena = Arena.ofConfined()) {
            BpfMap threads = loaded.map("threads");
            MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment next = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment value = arena.allocate(threads.valueBytes(), Long.BYTES);
            // Where a thread ends meanwhile the kernel begins anew: those already seen come again.
            for (int i = 0; i < 2 * threads.maxEntries() && threads.nextKey(i == 0 ? null : key, next); i++) {
                key.copyFrom(next);
                int tid = key.get(ValueLayout.JAVA_INT, 0);
                if (threads.lookup(key, value)) {
                    CallInFlight call = UniversalLayout.inFlight(tid, value, now);
                    if (call != null) {
                        calls.put(tid, call);
                    }
                }
            }
        } catch (BpfException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        }
        entered.addTo(calls, now);
        return List.copyOf(calls.values());
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
    public boolean startMuting() throws IOException {
        if (options.cpusPerBuffer() > 1) {
            return false;
        }
        try {
            muted = new MutedThreads(loaded.map("mutes").mapped(true), clock.getAsLong(), this::untold);
            writeSettings();
        } catch (BpfException refused) {
            throw new DriverException("universal driver: " + refused.getMessage(), refused.hint(), "", refused);
        }
        // programs that were running may have seen the settings as they were
        muted.since(clock.getAsLong() + 1_000_000);
        return true;
    }

    private long untold() {
        long sum = 0;
        for (int cpu = 0; cpu < loaded.possibleCpus(); cpu++) {
            sum += UniversalLayout.pending(cpuCounters.segment(), cpu);
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
        return muted == null ? null
                : new Muting(muted.count(), UniversalLayout.muted(cpuCounters.segment(), loaded.possibleCpus()));
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public void close() {
        attached.close();
        rings.forEach(UniversalRing::close);
        rings.clear();
        if (cpuCounters != null) {
            cpuCounters.close();
        }
        if (lostByType != null) {
            lostByType.close();
        }
        if (muted != null) {
            muted.close();
        }
        if (hints != null) {
            hints.close();
        }
        if (entered != null) {
            entered.close();
        }
        if (loaded != null) {
            loaded.close();
        }
    }
}
