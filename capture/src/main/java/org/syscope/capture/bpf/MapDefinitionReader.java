package org.syscope.capture.bpf;

/**
 * Reads a map's definition out of the type of its variable, as the macros {@code __uint}, {@code __type} and
 * {@code __array} write it: a number is the length of an array behind a pointer, a type is behind a pointer.
 */
final class MapDefinitionReader {
    private final String origin;
    private final Btf btf;
    private int slotsOffset;

    MapDefinitionReader(String origin, Btf btf) {
        this.origin = origin;
        this.btf = btf;
    }

    /** {@return where in the last map's variable its initial slots begin, in bytes, or -1} */
    int slotsOffset() {
        return slotsOffset;
    }

    MapSpec read(String name, int type) throws BpfException {
        return read(name, type, false);
    }

    private MapSpec read(String name, int type, boolean within) throws BpfException {
        int struct = btf.resolve(type);
        if (btf.kind(struct) != Btf.STRUCT) {
            throw bad(name, "is no struct");
        }
        int kind = 0;
        int entries = 0;
        int flags = 0;
        long keySize = 0;
        long valueSize = 0;
        int keyType = 0;
        int valueType = 0;
        int slots = -1;
        MapSpec inner = null;
        for (int i = 0; i < btf.vlen(struct); i++) {
            int member = btf.memberType(struct, i);
            switch (btf.memberName(struct, i)) {
                case "type" -> kind = number(name, member);
                case "max_entries" -> entries = number(name, member);
                case "map_flags" -> flags = number(name, member);
                case "key_size" -> keySize = number(name, member);
                case "value_size" -> valueSize = number(name, member);
                case "key" -> {
                    keyType = pointed(name, member);
                    keySize = btf.size(keyType);
                }
                case "value" -> {
                    valueType = pointed(name, member);
                    valueSize = btf.size(valueType);
                }
                case "values" -> {
                    slots = btf.memberBitOffset(struct, i) / Byte.SIZE;
                    inner = inner(name, member, within);
                }
                default -> throw bad(name, "has an unknown property " + btf.memberName(struct, i));
            }
        }
        slotsOffset = slots;
        MapType known = MapType.of(kind);
        if (known == null) {
            throw bad(name, "is of an unknown type " + kind);
        }
        if (keySize > 1 << 20 || valueSize > 1 << 30) {
            throw bad(name, "is too large");
        }
        boolean descriptors = known.holdsMaps() || known == MapType.PROG_ARRAY || known == MapType.PERF_EVENT_ARRAY;
        return new MapSpec(name, known, descriptors && keySize == 0 ? Integer.BYTES : (int) keySize,
                descriptors ? Integer.BYTES : (int) valueSize, entries, flags, inner, keyType, valueType);
    }

    /** {@return for {@code __array(values, struct {...})} the inner map; for programs null} */
    private MapSpec inner(String name, int member, boolean within) throws BpfException {
        int array = btf.resolve(member);
        if (btf.kind(array) != Btf.ARRAY) {
            throw bad(name, "has values that are no array");
        }
        int pointer = btf.resolve(btf.arrayElement(array));
        if (btf.kind(pointer) != Btf.PTR) {
            throw bad(name, "has values that are no pointers");
        }
        int target = btf.resolve(btf.referred(pointer));
        if (btf.kind(target) != Btf.STRUCT) {
            return null;
        }
        if (within) {
            throw bad(name, "holds maps of maps");
        }
        return read(name.concat(".inner"), target, true);
    }

    private int number(String name, int member) throws BpfException {
        int array = pointed(name, member);
        if (btf.kind(array) != Btf.ARRAY) {
            throw bad(name, "has a property that is no number");
        }
        return btf.arrayLength(array);
    }

    private int pointed(String name, int member) throws BpfException {
        int pointer = btf.resolve(member);
        if (btf.kind(pointer) != Btf.PTR) {
            throw bad(name, "has a property that is no pointer");
        }
        return btf.referred(pointer);
    }

    private BpfException bad(String name, String what) {
        return BpfException.malformed(origin + ": map " + name + " " + what);
    }
}
