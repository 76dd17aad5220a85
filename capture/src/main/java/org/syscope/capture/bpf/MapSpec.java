package org.syscope.capture.bpf;

import java.util.Map;
import java.util.TreeMap;

/** A map as an object defines it; its number of entries may be changed until it is created. */
public final class MapSpec {
    static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;
    static final int MAPPABLE = 1 << 10;

    private final String name;
    private final MapType type;
    private final int keySize;
    private int valueSize;
    private final MapSpec inner;
    private final int keyType;
    private final int valueType;
    private final Map<Integer, String> slots = new TreeMap<>();
    private int flags;
    private int maxEntries;
    private byte[] contents;
    private boolean needed = true;
    private boolean plain;

    MapSpec(String name, MapType type, int keySize, int valueSize, int maxEntries, int flags, MapSpec inner,
            int keyType, int valueType) {
        this.name = name;
        this.type = type;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.maxEntries = maxEntries;
        this.flags = flags;
        this.inner = inner;
        this.keyType = keyType;
        this.valueType = valueType;
    }

    /**
     * A map that no object defines, such as one more for an array of maps.
     *
     * @param name at most 15 letters, digits, dots or underscores count
     * @param type its type
     * @param keySize bytes of a key, 0 where the type has none
     * @param valueSize bytes of a value, 0 where the type has none
     * @param maxEntries how many entries, or bytes for a ring buffer
     * @return the definition
     */
    public static MapSpec of(String name, MapType type, int keySize, int valueSize, int maxEntries) {
        return new MapSpec(name, type, keySize, valueSize, maxEntries, 0, null, 0, 0);
    }

    /** {@return its name in the object} */
    public String name() {
        return name;
    }

    /** {@return its type} */
    public MapType type() {
        return type;
    }

    /** {@return bytes of a key} */
    public int keySize() {
        return keySize;
    }

    /** {@return bytes of a value, for a per-CPU map those of one CPU's} */
    public int valueSize() {
        return valueSize;
    }

    /**
     * Sets how many bytes a value will have.
     *
     * @param bytes at least 1
     */
    public void valueSize(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("map " + name + ": values of " + bytes + " bytes");
        }
        valueSize = bytes;
    }

    /** {@return how many entries; for a ring buffer its bytes} */
    public int maxEntries() {
        return maxEntries;
    }

    /**
     * Sets how many entries there will be.
     *
     * @param entries at least 1; for a ring buffer bytes, which are rounded up to pages and a power of two
     */
    public void maxEntries(int entries) {
        if (entries < 1) {
            throw new IllegalArgumentException("map " + name + ": " + entries + " entries");
        }
        maxEntries = entries;
    }

    /** {@return what a map of maps holds, as the object defines it; null for other types} */
    public MapSpec inner() {
        return inner;
    }

    /**
     * Whether the map is created at all; a program that uses one that is not cannot be loaded.
     *
     * @param wanted false to leave it out
     */
    public void needed(boolean wanted) {
        needed = wanted;
    }

    boolean needed() {
        return needed;
    }

    int flags() {
        return flags;
    }

    void addFlags(int more) {
        flags |= more;
    }

    int keyType() {
        return keyType;
    }

    int valueType() {
        return valueType;
    }

    /**
     * {@return the bytes of all values, from the first one on, that the map begins with; they may be changed; null where
     * it begins empty}
     */
    byte[] contents() {
        return contents;
    }

    /**
     * Gets one byte of the values that the map begins with.
     *
     * @param at offset in bytes from the first value's begin
     * @return 0 to 255; 0 behind what it begins with
     */
    public int get(int at) {
        return contents != null && at < contents.length ? contents[at] & 0xff : 0;
    }

    void contents(byte[] bytes) {
        contents = bytes;
    }

    /** {@return whether programs know it as a map even where it has contents: not a data section, which they address} */
    boolean plain() {
        return plain;
    }

    void plain(boolean map) {
        plain = map;
    }

    boolean readOnly() {
        return !plain && contents != null && (flags & READ_ONLY_FOR_PROGRAMS) != 0;
    }

    /** {@return for a prog array or a map of maps: which program or map, by name, is in which slot from the start} */
    Map<Integer, String> slots() {
        return slots;
    }
}
