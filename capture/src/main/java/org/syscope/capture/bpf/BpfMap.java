package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.syscope.capture.linux.Errno;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.Mapping;

/**
 * A map in the kernel. Keys and values are native memory of the caller's, little endian as the programs see them;
 * accesses allocate nothing and may come from any thread.
 *
 * <p>A value of a per-CPU map is one slot for each possible CPU, in order of their numbers, each of
 * {@link #slotSize()} bytes.
 */
public final class BpfMap implements AutoCloseable {
    /** For updates: create or replace. */
    public static final long ANY = 0;
    /** For updates: only create. */
    public static final long ONLY_NEW = 1;
    /** For updates: only replace. */
    public static final long ONLY_EXISTING = 2;

    private final MapSpec spec;
    private final int entries;
    private final Fd fd;
    private final int cpus;
    private final Arena arena = Arena.ofShared();
    private final Attribute attribute = new Attribute(arena);
    private final MemorySegment shortKey = arena.allocate(ValueLayout.JAVA_LONG);
    private final MemorySegment shortValue = arena.allocate(ValueLayout.JAVA_LONG);

    private BpfMap(MapSpec spec, int entries, Fd fd, int cpus) {
        this.spec = spec;
        this.entries = entries;
        this.fd = fd;
        this.cpus = cpus;
    }

    /**
     * Creates a map without BTF types.
     *
     * @param spec its definition
     * @param name its name in lists
     * @param cpus how many CPUs are possible, see {@link org.syscope.capture.linux.Cpus#possibleCount()}
     * @return the map
     * @throws BpfException if the kernel refuses
     */
    public static BpfMap create(MapSpec spec, String name, int cpus) throws BpfException {
        return create(spec, name, cpus, null);
    }

    static BpfMap create(MapSpec spec, String name, int cpus, Fd types) throws BpfException {
        int entries = entries(spec, cpus);
        try (Arena local = Arena.ofConfined(); BpfMap template = template(spec, name, cpus)) {
            long fd = -1;
            boolean typed = types != null && !spec.type().withoutTypes()
                    && (spec.keyType() != 0 || spec.valueType() != 0);
            if (typed) {
                fd = attribute(local, spec, name, entries, template)
                        .word(48, types.number()).word(52, spec.keyType()).word(56, spec.valueType())
                        .call(Attribute.MAP_CREATE);
            }
            // Types are only for lists, except in task storage; a kernel that does not like them may like the map.
            if (!typed || fd < 0 && spec.type() != MapType.TASK_STORAGE) {
                fd = attribute(local, spec, name, entries, template).call(Attribute.MAP_CREATE);
            }
            if (fd == -Errno.E2BIG) {
                // Before 4.15 maps had no names.
                fd = attribute(local, spec, "", entries, template).call(Attribute.MAP_CREATE);
            }
            if (fd < 0) {
                throw Refusal.of(BpfException.Kind.MAP, "creating map " + spec.name() + " of type " + spec.type(), fd);
            }
            return new BpfMap(spec, entries, new Fd((int) fd), cpus);
        }
    }

    private static Attribute attribute(Arena arena, MapSpec spec, String name, int entries, BpfMap template) {
        return new Attribute(arena).word(0, spec.type().number()).word(4, spec.keySize()).word(8, spec.valueSize())
                .word(12, entries).word(16, spec.flags())
                .word(20, template == null ? 0 : template.fd().number()).name(28, name);
    }

    /** {@return a map like those that a map of maps will hold, which the kernel wants to see; null for other types} */
    private static BpfMap template(MapSpec spec, String name, int cpus) throws BpfException {
        if (!spec.type().holdsMaps()) {
            return null;
        }
        if (spec.inner() == null) {
            throw BpfException.malformed("map " + spec.name() + " does not say what maps it holds");
        }
        return create(spec.inner(), name, cpus);
    }

    private static int entries(MapSpec spec, int cpus) {
        int wanted = spec.maxEntries();
        return switch (spec.type()) {
            case RINGBUF -> {
                int least = Math.max(wanted, Mapping.pageSize());
                yield Integer.bitCount(least) == 1 || least > 1 << 30 ? least : Integer.highestOneBit(least) << 1;
            }
            case PERF_EVENT_ARRAY -> wanted == 0 ? cpus : wanted;
            default -> wanted;
        };
    }

    /** {@return its name in the object} */
    public String name() {
        return spec.name();
    }

    /** {@return what it was created from} */
    public MapSpec spec() {
        return spec;
    }

    /** {@return how many entries it has room for; for a ring buffer its bytes} */
    public int maxEntries() {
        return entries;
    }

    /** {@return its descriptor} */
    public Fd fd() {
        return fd;
    }

    /** {@return the kernel's id for it, as bpftool shows it} */
    public int id() throws BpfException {
        return KernelObject.id(fd, "map " + spec.name());
    }

    /** {@return bytes from one CPU's value to the next one's} */
    public int slotSize() {
        return (spec.valueSize() + 7) & -8;
    }

    /** {@return bytes of a value, for a per-CPU map of all CPUs} */
    public int valueBytes() {
        return spec.type().perCpu() ? slotSize() * cpus : spec.valueSize();
    }

    /**
     * Gets a value.
     *
     * @param key the key
     * @param value where the value is put, {@link #valueBytes()} bytes
     * @return whether there is one
     * @throws BpfException if the kernel refuses
     */
    public boolean lookup(MemorySegment key, MemorySegment value) throws BpfException {
        return found(element(Attribute.MAP_LOOKUP, key, value, valueBytes(), 0), "reading");
    }

    /**
     * Puts a value.
     *
     * @param key the key
     * @param value the value, {@link #valueBytes()} bytes
     * @param flags {@link #ANY}, {@link #ONLY_NEW} or {@link #ONLY_EXISTING}
     * @throws BpfException if the kernel refuses; E2BIG if the map is full
     */
    public void update(MemorySegment key, MemorySegment value, long flags) throws BpfException {
        check(element(Attribute.MAP_UPDATE, key, value, valueBytes(), flags), "writing");
    }

    /**
     * Removes a value.
     *
     * @param key the key
     * @return whether there was one
     * @throws BpfException if the kernel refuses
     */
    public boolean delete(MemorySegment key) throws BpfException {
        return found(element(Attribute.MAP_DELETE, key, MemorySegment.NULL, 0, 0), "deleting from");
    }

    /**
     * Goes through the keys. A key that is removed meanwhile makes the kernel start again.
     *
     * @param key the last key, or null for the first
     * @param next where the next key is put
     * @return whether there is one
     * @throws BpfException if the kernel refuses
     */
    public boolean nextKey(MemorySegment key, MemorySegment next) throws BpfException {
        return found(element(Attribute.MAP_NEXT_KEY, key, next, spec.keySize(), 0), "listing");
    }

    /**
     * Puts a 64-bit, 32-bit, 16-bit or 8-bit number under an index.
     *
     * @param index the key of 32 bits
     * @param value the number
     * @throws BpfException if the kernel refuses
     */
    public void put(int index, long value) throws BpfException {
        if (spec.valueSize() > Long.BYTES || spec.type().perCpu()) {
            throw new IllegalArgumentException("map " + name() + " has no plain numbers");
        }
        synchronized (attribute) {
            shortKey.set(ValueLayout.JAVA_INT, 0, index);
            shortValue.set(ValueLayout.JAVA_LONG, 0, value);
            update(shortKey, shortValue, ANY);
        }
    }

    /**
     * Puts a program or a map under an index, of a prog array or an array of maps.
     *
     * @param index the slot
     * @param content descriptor of the program or map
     * @throws BpfException if the kernel refuses, such as a program of another type than those that are in
     */
    public void put(int index, Fd content) throws BpfException {
        put(index, content.number());
    }

    /**
     * Removes what is under an index.
     *
     * @param index the key of 32 bits
     * @return whether there was something
     * @throws BpfException if the kernel refuses
     */
    public boolean remove(int index) throws BpfException {
        synchronized (attribute) {
            shortKey.set(ValueLayout.JAVA_INT, 0, index);
            return delete(shortKey);
        }
    }

    /** Makes it impossible to change the map from user space. */
    void freeze() throws BpfException {
        try (Arena local = Arena.ofConfined()) {
            check(new Attribute(local).word(0, fd.number()).call(Attribute.MAP_FREEZE), "freezing");
        }
    }

    /**
     * Maps the values of an array, a data section for example, into memory: values lie one behind the other, each of
     * {@link #slotSize()} bytes.
     *
     * @param writable whether stores are wanted; read-only data refuses them
     * @return the memory
     * @throws BpfException if the map was not defined with BPF_F_MMAPABLE
     */
    public Mapping mapped(boolean writable) throws BpfException {
        long page = Mapping.pageSize();
        long length = ((long) slotSize() * entries + page - 1) / page * page;
        try {
            return Mapping.of(fd, 0, length, writable);
        } catch (ErrnoException refused) {
            throw new BpfException(BpfException.Kind.MAP, "map " + name() + ": " + refused.getMessage(), "", "", refused);
        }
    }

    private long element(int command, MemorySegment key, MemorySegment value, long valueBytes, long flags) {
        if (key != null && (key.byteSize() < spec.keySize() || !key.isNative()) || value.byteSize() < valueBytes) {
            throw new IllegalArgumentException("map " + name() + " wants a key of " + spec.keySize()
                    + " bytes and a value of " + valueBytes);
        }
        synchronized (attribute) {
            return attribute.word(0, fd.number()).wide(8, key == null ? 0 : key.address()).wide(16, value.address())
                    .wide(24, flags).call(command);
        }
    }

    private boolean found(long result, String what) throws BpfException {
        if (result == -Errno.ENOENT) {
            return false;
        }
        check(result, what);
        return true;
    }

    private void check(long result, String what) throws BpfException {
        if (result < 0) {
            throw Refusal.of(BpfException.Kind.MAP, what + " map " + name(), result);
        }
    }

    @Override
    public void close() {
        fd.close();
        synchronized (attribute) {
            if (arena.scope().isAlive()) {
                arena.close();
            }
        }
    }
}
