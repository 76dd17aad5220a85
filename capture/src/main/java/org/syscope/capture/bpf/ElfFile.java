package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A relocatable ELF64 file for eBPF, little endian: its sections, symbols and relocations.
 *
 * <pre>
 * header      0 magic 7f 45 4c 46   4 class 2   5 data 1   16 type u16 (1)   18 machine u16 (247)
 *            40 shoff u64          58 shentsize u16 (64)  60 shnum u16      62 shstrndx u16
 * section     0 name u32   4 type u32   8 flags u64  24 offset u64  32 size u64  40 link u32  44 info u32  56 entsize u64
 * symbol      0 name u32   4 info u8    6 shndx u16   8 value u64   16 size u64
 * relocation  0 offset u64  8 type u32  12 symbol u32
 * </pre>
 */
final class ElfFile {
    static final int SECTION_PROGBITS = 1;
    static final int SECTION_SYMTAB = 2;
    static final int SECTION_NOBITS = 8;
    static final int SECTION_REL = 9;
    static final long FLAG_EXECUTABLE = 4;

    static final int SYMBOL_OBJECT = 1;
    static final int SYMBOL_FUNCTION = 2;
    static final int SYMBOL_SECTION = 3;
    static final int BIND_LOCAL = 0;
    static final int UNDEFINED = 0;

    private static final int HEADER = 64;
    private static final int SECTION_HEADER = 64;
    private static final int SYMBOL_ENTRY = 24;
    private static final int RELOCATION_ENTRY = 16;
    private static final int MACHINE_BPF = 247;
    private static final int TYPE_RELOCATABLE = 1;
    /** A section without bytes in the file (zeroed data) may claim any size; this is the largest that is believed. */
    private static final int LARGEST_ZEROED = 64 << 20;

    /** A section; {@code offset} and {@code size} in bytes, checked to lie in the file unless NOBITS. */
    record Section(int index, String name, int type, long flags, int offset, int size, int link, int info) {
        boolean executable() {
            return type == SECTION_PROGBITS && (flags & FLAG_EXECUTABLE) != 0;
        }
    }

    /** A symbol; {@code value} is an offset in its section. */
    record Symbol(String name, int type, int binding, int section, long value, long size) {
        boolean function() {
            return type == SYMBOL_FUNCTION;
        }
    }

    /** A relocation of 16 bytes without addend; {@code offset} in bytes in the section it is for. */
    record Relocation(int offset, int type, Symbol symbol) implements Placed {
        @Override
        public int instruction() {
            return offset / Instruction.BYTES;
        }
    }

    private final String name;
    private final ByteBuffer bytes;
    private final List<Section> sections = new ArrayList<>();
    private final List<Symbol> symbols = new ArrayList<>();

    private ElfFile(String name, byte[] file) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Reads the tables.
     *
     * @param name what to call the file in errors
     * @param file its bytes, not copied
     * @throws BpfException if it is no such file or damaged
     */
    static ElfFile parse(String name, byte[] file) throws BpfException {
        ElfFile elf = new ElfFile(name, file);
        elf.readSections();
        elf.readSymbols();
        return elf;
    }

    private void readSections() throws BpfException {
        if (bytes.limit() < HEADER || bytes.getInt(0) != 0x464c457f) {
            throw damaged("not an ELF file");
        }
        if (bytes.get(4) != 2 || bytes.get(5) != 1) {
            throw damaged("not a 64-bit little-endian ELF file");
        }
        if (bytes.getShort(16) != TYPE_RELOCATABLE || (bytes.getShort(18) & 0xffff) != MACHINE_BPF) {
            throw damaged("not a relocatable eBPF object");
        }
        long table = bytes.getLong(40);
        int count = bytes.getShort(60) & 0xffff;
        int names = bytes.getShort(62) & 0xffff;
        if ((bytes.getShort(58) & 0xffff) != SECTION_HEADER || names >= count) {
            throw damaged("bad section table");
        }
        int start = inFile(table, (long) count * SECTION_HEADER, "section table");
        Section strings = section(names, start, null);
        for (int index = 0; index < count; index++) {
            sections.add(section(index, start, strings));
        }
    }

    private Section section(int index, int table, Section strings) throws BpfException {
        int at = table + index * SECTION_HEADER;
        int type = bytes.getInt(at + 4);
        long offset = bytes.getLong(at + 24);
        long size = bytes.getLong(at + 32);
        String sectionName = strings == null ? "" : string(strings, bytes.getInt(at));
        int begin = 0;
        if (type == SECTION_NOBITS) {
            if (size < 0 || size > LARGEST_ZEROED) {
                throw damaged("a section is too large");
            }
        } else if (type != 0) {
            begin = inFile(offset, size, "a section");
        } else {
            size = 0;
        }
        return new Section(index, sectionName, type, bytes.getLong(at + 8), begin, (int) size,
                bytes.getInt(at + 40), bytes.getInt(at + 44));
    }

    private void readSymbols() throws BpfException {
        for (Section table : sections) {
            if (table.type == SECTION_SYMTAB) {
                Section strings = section(table.link);
                for (int at = table.offset; at + SYMBOL_ENTRY <= table.offset + table.size; at += SYMBOL_ENTRY) {
                    int info = bytes.get(at + 4) & 0xff;
                    symbols.add(new Symbol(string(strings, bytes.getInt(at)), info & 15, info >> 4,
                            bytes.getShort(at + 6) & 0xffff, bytes.getLong(at + 8), bytes.getLong(at + 16)));
                }
                return;
            }
        }
    }

    String name() {
        return name;
    }

    List<Section> sections() {
        return sections;
    }

    List<Symbol> symbols() {
        return symbols;
    }

    /** {@return the section with an index} */
    Section section(int index) throws BpfException {
        if (index < 0 || index >= sections.size()) {
            throw damaged("no section " + index);
        }
        return sections.get(index);
    }

    /** {@return the first section with a name, or null} */
    Section section(String wanted) {
        for (Section section : sections) {
            if (section.name.equals(wanted)) {
                return section;
            }
        }
        return null;
    }

    /** {@return a copy of a section's bytes, zeros for NOBITS} */
    byte[] copy(Section section) {
        byte[] copy = new byte[section.size];
        if (section.type != SECTION_NOBITS) {
            bytes.get(section.offset, copy);
        }
        return copy;
    }

    /** {@return the relocations for a section, in the file's order; empty where there are none} */
    List<Relocation> relocations(Section target) throws BpfException {
        List<Relocation> found = new ArrayList<>();
        for (Section table : sections) {
            if (table.type != SECTION_REL || table.info != target.index) {
                continue;
            }
            for (int at = table.offset; at + RELOCATION_ENTRY <= table.offset + table.size; at += RELOCATION_ENTRY) {
                long offset = bytes.getLong(at);
                int symbol = bytes.getInt(at + 12);
                if (offset < 0 || offset >= target.size || symbol < 0 || symbol >= symbols.size()) {
                    throw damaged("section " + target.name + " has a bad relocation");
                }
                found.add(new Relocation((int) offset, bytes.getInt(at + 8), symbols.get(symbol)));
            }
        }
        return found;
    }

    BpfException damaged(String what) {
        return BpfException.malformed(name + ": " + what);
    }

    private int inFile(long offset, long size, String what) throws BpfException {
        if (offset < 0 || size < 0 || offset > bytes.limit() || size > bytes.limit() - offset) {
            throw damaged(what + " reaches beyond the end of the file");
        }
        return (int) offset;
    }

    private String string(Section table, int offset) throws BpfException {
        if (offset < 0 || offset >= table.size || table.type == SECTION_NOBITS) {
            if (offset == 0) {
                return "";
            }
            throw damaged("name outside of its string table");
        }
        int start = table.offset + offset;
        int end = start;
        while (end < table.offset + table.size && bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), start, end - start, StandardCharsets.UTF_8);
    }
}
