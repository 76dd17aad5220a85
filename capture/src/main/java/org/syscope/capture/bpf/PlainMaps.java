package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Reads maps that are defined without BTF: each variable in the section {@code maps} is one. A section named
 * {@code contents/NAME} holds the values that the array NAME begins with, one behind the other: the constants of programs
 * for kernels that know no global data.
 *
 * <pre>
 *   0  u32 type   4  u32 key size   8  u32 value size   12  u32 entries   16  u32 flags (optional)
 * </pre>
 */
final class PlainMaps {
    static final String SECTION = "maps";

    private static final String CONTENTS = "contents/";
    private static final int SHORTEST = 16;
    private static final int LARGEST = 1 << 26;

    private PlainMaps() {
    }

    /** Adds all maps of the section. */
    static void read(ElfFile elf, ElfFile.Section section, Map<String, MapSpec> maps) throws BpfException {
        ByteBuffer in = ByteBuffer.wrap(elf.copy(section)).order(ByteOrder.LITTLE_ENDIAN);
        for (ElfFile.Symbol symbol : elf.symbols()) {
            if (symbol.section() != section.index() || symbol.type() != ElfFile.SYMBOL_OBJECT) {
                continue;
            }
            if (symbol.size() < SHORTEST || symbol.value() < 0 || symbol.value() > section.size() - symbol.size()) {
                throw elf.damaged("map " + symbol.name() + " lies outside of its section");
            }
            int at = (int) symbol.value();
            MapType type = MapType.of(in.getInt(at));
            int keySize = in.getInt(at + 4);
            int valueSize = in.getInt(at + 8);
            int entries = in.getInt(at + 12);
            if (type == null || keySize < 0 || keySize > LARGEST || valueSize < 0 || valueSize > LARGEST || entries < 0) {
                throw elf.damaged("map " + symbol.name() + " is of an unknown type or size");
            }
            MapSpec map = new MapSpec(symbol.name(), type, keySize, valueSize, entries,
                    symbol.size() >= SHORTEST + Integer.BYTES ? in.getInt(at + SHORTEST) : 0, null, 0, 0);
            map.plain(true);
            fill(elf, map);
            if (maps.put(map.name(), map) != null) {
                throw elf.damaged("two maps are called " + map.name());
            }
        }
    }

    private static void fill(ElfFile elf, MapSpec map) throws BpfException {
        ElfFile.Section contents = elf.section(CONTENTS.concat(map.name()));
        if (contents == null) {
            return;
        }
        if (map.type() != MapType.ARRAY || map.valueSize() == 0 || contents.size() % map.valueSize() != 0
                || contents.size() / map.valueSize() > map.maxEntries()) {
            throw elf.damaged("section " + contents.name() + " does not fit its map");
        }
        map.contents(elf.copy(contents));
    }
}
