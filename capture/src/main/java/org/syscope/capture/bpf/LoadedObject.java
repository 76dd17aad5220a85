package org.syscope.capture.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.linux.Cpus;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.KernelVersion;
import org.syscope.capture.linux.SystemCall;

/**
 * What the kernel took of an object: its maps, and those of its wanted programs that it did not refuse. All of it is
 * behind descriptors of this process, so nothing outlives {@link #close()} or the process.
 */
public final class LoadedObject implements AutoCloseable {
    private static final int RLIMIT_MEMLOCK = 8;

    private final BpfObject object;
    private final int cpus;
    private final Map<String, BpfMap> maps = new LinkedHashMap<>();
    private final Map<String, BpfProgram> programs = new LinkedHashMap<>();
    private final Map<String, BpfException> refused = new LinkedHashMap<>();
    private final List<AutoCloseable> others = new ArrayList<>();

    private LoadedObject(BpfObject object, int cpus) {
        this.object = object;
        this.cpus = cpus;
    }

    /**
     * Loads an object for the running kernel.
     *
     * @param object what to load; not changed
     * @return its maps and programs; see {@link #refused()} for what the kernel did not take
     * @throws BpfException if nothing can be loaded: no permission, no BTF where the object needs it, a kernel before
     *     5.8, or before 4.14 for an object without BTF
     */
    public static LoadedObject load(BpfObject object) throws BpfException {
        KernelVersion version;
        int cpus;
        try {
            version = KernelVersion.running();
            cpus = Cpus.possibleCount();
        } catch (IOException unreadable) {
            throw new BpfException(BpfException.Kind.KERNEL_TOO_OLD, unreadable.getMessage(),
                    "mount /proc and /sys", "", unreadable);
        }
        checkVersion(version, object.hasTypes());
        if (!version.atLeast(5, 11)) {
            liftMemoryLimit();
        }
        LoadedObject loaded = new LoadedObject(object, cpus);
        try {
            loaded.loadAll(version);
        } catch (BpfException | RuntimeException failed) {
            loaded.close();
            throw failed;
        }
        return loaded;
    }

    static void checkVersion(KernelVersion version, boolean typed) throws BpfException {
        if (typed ? !version.atLeast(5, 8) : !version.atLeast(4, 14)) {
            throw new BpfException(BpfException.Kind.KERNEL_TOO_OLD, "kernel " + version
                    + " is too old for this driver, which needs " + (typed ? "5.8" : "4.14"), "use another driver");
        }
    }

    /** Before 5.11 the memory of maps counted as locked memory. Whether it worked shows when a map is created. */
    private static void liftMemoryLimit() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment unlimited = arena.allocate(2L * Long.BYTES, Long.BYTES);
            unlimited.fill((byte) -1);
            SystemCall.PRLIMIT64.call(0, RLIMIT_MEMLOCK, unlimited.address(), 0, 0, 0);
        }
    }

    private void loadAll(KernelVersion version) throws BpfException {
        CandidateTypes kernel = object.needsKernelTypes() ? object.candidates(Btf.ofKernel()) : null;
        CoreResolver resolver = object.resolver(kernel);
        Map<ProgramSpec, LinkedProgram> linked = new LinkedHashMap<>();
        for (ProgramSpec program : object.programs()) {
            if (program.wanted()) {
                try {
                    linked.put(program, object.link(program, resolver));
                } catch (BpfException failed) {
                    refused.put(program.name(), failed);
                }
            }
        }
        Fd types = object.hasTypes() ? loadTypes() : null;
        if (types != null) {
            others.add(types);
        }
        createMaps(types);
        ProgramLoader loader = new ProgramLoader(object.license(), version, types);
        ParallelLoad load = new ParallelLoad(new ArrayList<>(linked.keySet()), program -> {
            LinkedProgram code = linked.get(program);
            return loader.load(program, code, neededMaps(program, code), tracepointType(program, kernel));
        });
        BpfException notPermitted = null;
        for (Map.Entry<ProgramSpec, ParallelLoad.Outcome> entry : load.run().entrySet()) {
            String name = entry.getKey().name();
            BpfException refusal = entry.getValue().refusal();
            if (refusal == null) {
                programs.put(name, entry.getValue().program());
            } else {
                refused.put(name, refusal);
                notPermitted = refusal.kind() == BpfException.Kind.NOT_PERMITTED ? refusal : notPermitted;
            }
        }
        if (notPermitted != null) {
            throw notPermitted;
        }
        fillSlots();
    }

    private Map<String, BpfMap> neededMaps(ProgramSpec program, LinkedProgram linked) throws BpfException {
        for (LinkedProgram.MapLoad load : linked.mapLoads()) {
            String name = load.map().name();
            if (!maps.containsKey(name)) {
                BpfException why = refused.get(name);
                String reason = why == null ? "which was not wanted" : why.getMessage();
                throw new BpfException(BpfException.Kind.PROGRAM_REFUSED,
                        "program " + program.name() + " needs map " + name + ": " + reason,
                        why == null ? "" : why.hint(), "", why);
            }
        }
        return maps;
    }

    private static int tracepointType(ProgramSpec program, CandidateTypes kernel) throws BpfException {
        if (program.type() != ProgramSpec.Type.TRACING) {
            return 0;
        }
        int type = kernel.find(Btf.TYPEDEF, BpfObject.typedTracepoint(program));
        if (type == 0) {
            throw new BpfException(BpfException.Kind.ATTACH, "program " + program.name()
                    + ": this kernel has no tracepoint " + program.target(), "");
        }
        return type;
    }

    /** {@return the object's types in the kernel, or null if it is too old for one of them} */
    private Fd loadTypes() throws BpfException {
        long fd = loadTypes(object.btfBytes());
        if (fd == -Errno.EINVAL) {
            byte[] older = object.olderBtfBytes();
            fd = older == null ? fd : loadTypes(older);
        }
        return fd < 0 ? null : new Fd((int) fd);
    }

    private static long loadTypes(byte[] types) {
        try (Arena arena = Arena.ofConfined()) {
            return new Attribute(arena).copy(0, types).word(16, types.length).call(Attribute.BTF_LOAD);
        }
    }

    private void createMaps(Fd types) throws BpfException {
        for (MapSpec spec : object.maps()) {
            if (!spec.needed()) {
                continue;
            }
            try {
                String shown = spec.contents() == null || spec.plain() ? spec.name()
                        : object.name().substring(0, Math.min(8, object.name().length())).concat(spec.name());
                BpfMap map = BpfMap.create(spec, shown, cpus, types);
                maps.put(spec.name(), map);
                fillContents(map);
            } catch (BpfException failed) {
                // A map type that this kernel lacks costs the programs that use it; anything else would cost all.
                if (failed.kind() != BpfException.Kind.MAP) {
                    throw failed;
                }
                refused.put(spec.name(), failed);
            }
        }
    }

    private void fillContents(BpfMap map) throws BpfException {
        byte[] contents = map.spec().contents();
        if (contents == null) {
            return;
        }
        int size = map.spec().valueSize();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment value = arena.allocate(size, Long.BYTES);
            for (int index = 0; index * size < contents.length; index++) {
                key.set(ValueLayout.JAVA_INT, 0, index);
                MemorySegment.copy(MemorySegment.ofArray(contents), (long) index * size, value, 0, size);
                map.update(key, value, BpfMap.ANY);
            }
        }
        if (map.spec().readOnly()) {
            map.freeze();
        }
    }

    private void fillSlots() throws BpfException {
        for (BpfMap map : maps.values()) {
            for (Map.Entry<Integer, String> slot : map.spec().slots().entrySet()) {
                BpfProgram program = programs.get(slot.getValue());
                BpfMap inner = maps.get(slot.getValue());
                if (program != null) {
                    map.put(slot.getKey(), program.fd());
                } else if (inner != null) {
                    map.put(slot.getKey(), inner.fd());
                }
            }
        }
    }

    /**
     * A map.
     *
     * @param name its name
     * @return the map, closed with this object
     * @throws BpfException why the kernel refused it
     * @throws IllegalArgumentException if the object has none of that name
     */
    public BpfMap map(String name) throws BpfException {
        object.map(name);
        return found(maps.get(name), "map", name);
    }

    /**
     * A program.
     *
     * @param name its name
     * @return the program, closed with this object
     * @throws BpfException why the kernel refused it
     * @throws IllegalArgumentException if the object has none of that name
     */
    public BpfProgram program(String name) throws BpfException {
        object.program(name);
        return found(programs.get(name), "program", name);
    }

    private <T> T found(T there, String kind, String name) throws BpfException {
        if (there != null) {
            return there;
        }
        BpfException why = refused.get(name);
        if (why != null) {
            throw why;
        }
        throw new IllegalArgumentException(kind + " " + name + " was not wanted");
    }

    /** {@return the programs that the kernel took, by name, in the object's order} */
    public Map<String, BpfProgram> programs() {
        return new LinkedHashMap<>(programs);
    }

    /** {@return why programs and maps were left out, by name} */
    public Map<String, BpfException> refused() {
        return new LinkedHashMap<>(refused);
    }

    /** {@return how many CPUs are possible: slots of a per-CPU value} */
    public int possibleCpus() {
        return cpus;
    }

    /**
     * Attaches a program for as long as this object is open.
     *
     * @param name the program's name
     * @return what detaches it earlier
     * @throws BpfException if it was refused, or there is nothing to attach to
     */
    public BpfLink attach(String name) throws BpfException {
        BpfLink link = program(name).attach();
        others.add(link);
        return link;
    }

    /**
     * Creates one more map of the kind that a map of maps holds.
     *
     * @param outer name of the map of maps
     * @param name the new map's name in lists
     * @return the map, closed with this object; it is not put into the outer map yet
     * @throws BpfException if the kernel refuses
     */
    public BpfMap createInner(String outer, String name) throws BpfException {
        BpfMap inner = BpfMap.create(object.map(outer).inner(), name, cpus);
        others.add(inner);
        return inner;
    }

    @Override
    public void close() {
        // Newest first: links before the programs that they hold.
        for (AutoCloseable other : others.reversed()) {
            closeOne(other);
        }
        others.clear();
        programs.values().forEach(BpfProgram::close);
        maps.values().forEach(BpfMap::close);
    }

    private static void closeOne(AutoCloseable other) {
        try {
            other.close();
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
