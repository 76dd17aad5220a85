package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A compiled eBPF object as its file has it: maps, variables and programs, which may be changed until
 * {@link LoadedObject#load(BpfObject)} takes them to the kernel.
 *
 * <p>Understood are objects of {@code clang -target bpf -g} (version 10 and up) in the conventions of libbpf 1.0: maps
 * defined by BTF in {@code .maps}, constants in {@code .rodata}, variables in {@code .data} and {@code .bss}, programs
 * named by their section (see {@link ProgramSpec}), functions that they call in {@code .text}. Objects without BTF, for
 * kernels before 5.2, have neither constants nor variables; their maps are in {@code maps}, see {@link PlainMaps}.
 */
public final class BpfObject {
    private static final int RELOCATE_64 = 2;
    private static final int RELOCATE_32 = 3;
    private static final int RELOCATE_NO_LOADER = 4;

    private final ElfFile elf;
    private final Map<String, MapSpec> maps = new LinkedHashMap<>();
    private final Map<Integer, MapSpec> dataSections = new HashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final Map<String, ProgramSpec> programs = new LinkedHashMap<>();
    private final Map<String, TreeMap<Integer, Code>> code = new HashMap<>();
    private byte[] btfBytes;
    private Btf btf;
    private BtfExt ext;
    private String license = "";
    private int mapSection = -1;

    private BpfObject(ElfFile elf) {
        this.elf = elf;
    }

    /**
     * Reads an object.
     *
     * @param name what to call it in errors and, its first letters, in names of data maps
     * @param file the bytes of the file
     * @return the object
     * @throws BpfException of kind MALFORMED if it is damaged or uses what is not known here
     */
    public static BpfObject parse(String name, byte[] file) throws BpfException {
        try {
            BpfObject object = new BpfObject(ElfFile.parse(name, file));
            object.readTypes();
            object.license = object.text("license");
            object.readData();
            object.readMaps();
            object.readCode();
            return object;
        } catch (IndexOutOfBoundsException outside) {
            // The readers check what they can name; this is for what a damaged file makes them meet besides.
            throw new BpfException(BpfException.Kind.MALFORMED, name + ": damaged: " + outside.getMessage(),
                    "the file is damaged", "", outside);
        }
    }

    /** {@return its name} */
    public String name() {
        return elf.name();
    }

    /**
     * A map's definition.
     *
     * @param name its name
     * @return the definition
     * @throws IllegalArgumentException if there is none of that name
     */
    public MapSpec map(String name) {
        return known(maps.get(name), "map", name);
    }

    /** {@return all maps, in the file's order, data sections first} */
    public Collection<MapSpec> maps() {
        return maps.values();
    }

    /**
     * A program.
     *
     * @param name its function's name
     * @return the program
     * @throws IllegalArgumentException if there is none of that name
     */
    public ProgramSpec program(String name) {
        return known(programs.get(name), "program", name);
    }

    /** {@return all programs, in the file's order} */
    public Collection<ProgramSpec> programs() {
        return programs.values();
    }

    /**
     * A global variable or constant.
     *
     * @param name its name in C
     * @return the variable
     * @throws IllegalArgumentException if there is none of that name
     */
    public Variable variable(String name) {
        return known(variables.get(name), "variable", name);
    }

    /** {@return all global variables and constants} */
    public Collection<Variable> variables() {
        return variables.values();
    }

    private <T> T known(T found, String kind, String name) {
        if (found == null) {
            throw new IllegalArgumentException(elf.name() + " has no " + kind + " " + name);
        }
        return found;
    }

    /**
     * Relocates one program for a kernel, without loading it: what loading does before the kernel is asked.
     *
     * @param program the program's name
     * @param kernel the kernel's types
     * @return its instructions, each as it lies in memory; descriptors of maps are 0
     * @throws BpfException if it cannot be relocated
     */
    public long[] relocate(String program, Btf kernel) throws BpfException {
        return link(program(program), resolver(candidates(kernel))).instructions();
    }

    /**
     * What a program reads that a kernel does not have. That is no error where the program asks before it reads.
     *
     * @param program the program's name
     * @param kernel the kernel's types
     * @return the fields and enumerators as C says them, such as {@code struct kernfs_node.parent}
     * @throws BpfException if it cannot be relocated
     */
    public Set<String> missing(String program, Btf kernel) throws BpfException {
        return new TreeSet<>(link(program(program), resolver(candidates(kernel))).absent().values());
    }

    LinkedProgram link(ProgramSpec program, CoreResolver resolver) throws BpfException {
        try {
            return new ProgramLinker(this, resolver).link(program);
        } catch (IndexOutOfBoundsException outside) {
            throw new BpfException(BpfException.Kind.MALFORMED,
                    elf.name() + ": " + program.name() + ": damaged: " + outside.getMessage(), "the file is damaged",
                    "", outside);
        }
    }

    /** {@return what answers CO-RE relocations for a kernel; null where {@link #needsKernelTypes()} says no} */
    CoreResolver resolver(CandidateTypes kernel) throws BpfException {
        return new CoreResolver(btf, kernel == null ? new CandidateTypes(btf, Set.of()) : kernel);
    }

    /** {@return the kernel's types of the names that this object uses in CO-RE and as typed tracepoints} */
    CandidateTypes candidates(Btf kernel) throws BpfException {
        Set<String> names = new HashSet<>();
        for (TreeMap<Integer, Code> functions : code.values()) {
            for (Code function : functions.values()) {
                for (CoreRelocation relocation : function.relocations()) {
                    if (relocation.kind() != CoreRelocation.Kind.TYPE_ID_LOCAL) {
                        names.add(Btf.essential(btf.name(relocation.type())));
                    }
                }
            }
        }
        for (ProgramSpec program : programs.values()) {
            if (program.type() == ProgramSpec.Type.TRACING) {
                names.add(Btf.essential(typedTracepoint(program)));
            }
        }
        return new CandidateTypes(kernel, names);
    }

    /** {@return the kernel's typedef that stands for a raw tracepoint's arguments} */
    static String typedTracepoint(ProgramSpec program) {
        return "btf_trace_".concat(program.target());
    }

    /** {@return whether it has types of its own, which ties it to kernels that know BTF} */
    boolean hasTypes() {
        return btfBytes != null;
    }

    /** {@return whether the kernel's types are needed to load what is wanted} */
    boolean needsKernelTypes() {
        for (ProgramSpec program : programs.values()) {
            if (program.wanted() && program.type() == ProgramSpec.Type.TRACING) {
                return true;
            }
        }
        for (TreeMap<Integer, Code> functions : code.values()) {
            for (Code function : functions.values()) {
                for (CoreRelocation relocation : function.relocations()) {
                    if (relocation.kind() != CoreRelocation.Kind.TYPE_ID_LOCAL) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    String license() {
        return license;
    }

    /** {@return the object's types as the kernel wants them, or null where there are none} */
    byte[] btfBytes() {
        return btfBytes;
    }

    /** {@return the same for a kernel that refused them, or null if there is nothing in them to leave out} */
    byte[] olderBtfBytes() throws BpfException {
        return OlderTypes.of(btfBytes, btf);
    }

    BpfException damaged(String what) {
        return elf.damaged(what);
    }

    boolean isCode(ElfFile.Relocation reference) throws BpfException {
        int section = reference.symbol().section();
        return section > 0 && section < elf.sections().size() && elf.section(section).executable();
    }

    String sectionOf(ElfFile.Symbol symbol) throws BpfException {
        return elf.section(symbol.section()).name();
    }

    Code codeAt(String section, int instruction) {
        TreeMap<Integer, Code> functions = code.get(section);
        return functions == null ? null : functions.get(instruction);
    }

    /** {@return the map, or data section, that a symbol lies in, or null} */
    MapSpec mapOf(ElfFile.Symbol symbol) {
        if (symbol.section() == mapSection) {
            return maps.get(symbol.name());
        }
        return dataSections.get(symbol.section());
    }

    private void readTypes() throws BpfException {
        ElfFile.Section section = elf.section(".BTF");
        if (section == null && elf.section(PlainMaps.SECTION) != null) {
            btf = Btf.none(elf.name());
            ext = BtfExt.none(btf);
            return;
        }
        if (section == null) {
            throw new BpfException(BpfException.Kind.MALFORMED, elf.name() + ": no section .BTF",
                    "compile with clang -g");
        }
        byte[] bytes = elf.copy(section);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (ElfFile.Relocation relocation : elf.relocations(section)) {
            int at = relocation.offset();
            if (relocation.type() != RELOCATE_32 && relocation.type() != RELOCATE_NO_LOADER || at + 4 > bytes.length) {
                throw damaged("unknown relocation in .BTF");
            }
            in.putInt(at, in.getInt(at) + (int) relocation.symbol().value());
        }
        btf = Btf.parse(elf.name(), bytes);
        new DataSectionFixer(elf, btf, in).fix();
        btf = Btf.parse(elf.name(), bytes);
        btfBytes = bytes;
        ElfFile.Section extension = elf.section(".BTF.ext");
        ext = extension == null ? BtfExt.none(btf) : BtfExt.parse(btf, elf.copy(extension));
    }

    /**
     * What a section of text says, such as {@code license}.
     *
     * @param section its name
     * @return the characters up to the first NUL; empty if there is no such section
     */
    public String text(String section) {
        ElfFile.Section found = elf.section(section);
        String text = found == null ? "" : new String(elf.copy(found), StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private void readData() throws BpfException {
        if (btfBytes == null) {
            return;
        }
        for (ElfFile.Section section : elf.sections()) {
            String name = section.name();
            boolean constant = name.equals(".rodata") || name.startsWith(".rodata.");
            boolean data = name.equals(".data") || name.startsWith(".data.");
            boolean zeroed = name.equals(".bss") || name.startsWith(".bss.");
            if (section.size() == 0 || !(constant || data || zeroed)
                    || section.type() != ElfFile.SECTION_PROGBITS && section.type() != ElfFile.SECTION_NOBITS) {
                continue;
            }
            int flags = constant ? MapSpec.MAPPABLE | MapSpec.READ_ONLY_FOR_PROGRAMS : MapSpec.MAPPABLE;
            MapSpec map = new MapSpec(name, MapType.ARRAY, Integer.BYTES, section.size(), 1, flags, null, 0,
                    btf.find(Btf.DATASEC, name));
            map.contents(elf.copy(section));
            maps.put(name, map);
            dataSections.put(section.index(), map);
        }
        for (ElfFile.Symbol symbol : elf.symbols()) {
            MapSpec map = symbol.type() == ElfFile.SYMBOL_OBJECT ? dataSections.get(symbol.section()) : null;
            if (map != null) {
                if (symbol.value() < 0 || symbol.size() < 0 || symbol.value() > map.valueSize() - symbol.size()) {
                    throw damaged("variable " + symbol.name() + " lies outside of " + map.name());
                }
                variables.put(symbol.name(),
                        new Variable(symbol.name(), map, (int) symbol.value(), (int) symbol.size()));
            }
        }
    }

    private void readMaps() throws BpfException {
        ElfFile.Section section = elf.section(".maps");
        if (btfBytes == null) {
            ElfFile.Section plain = elf.section(PlainMaps.SECTION);
            mapSection = plain.index();
            PlainMaps.read(elf, plain, maps);
            return;
        }
        if (section == null) {
            if (elf.section(PlainMaps.SECTION) != null) {
                throw damaged("has maps defined the old way beside BTF");
            }
            return;
        }
        mapSection = section.index();
        int id = btf.find(Btf.DATASEC, ".maps");
        if (id == 0) {
            throw damaged("section .maps without its types");
        }
        MapDefinitionReader reader = new MapDefinitionReader(elf.name(), btf);
        Map<String, int[]> places = new HashMap<>();
        for (int i = 0; i < btf.vlen(id); i++) {
            int variable = btf.sectionVariable(id, i);
            if (btf.kind(variable) != Btf.VAR) {
                throw damaged("section .maps has something that is no variable");
            }
            MapSpec map = reader.read(btf.name(variable), btf.referred(variable));
            if (maps.put(map.name(), map) != null) {
                throw damaged("two maps are called " + map.name());
            }
            places.put(map.name(), new int[] {btf.sectionOffset(id, i), reader.slotsOffset()});
        }
        for (ElfFile.Relocation relocation : elf.relocations(section)) {
            fillSlot(relocation, places);
        }
    }

    /** A pointer in the initial value of a map's {@code values}: the name of the program or map that it points to. */
    private void fillSlot(ElfFile.Relocation relocation, Map<String, int[]> places) throws BpfException {
        int at = relocation.offset();
        MapSpec owner = null;
        int slots = 0;
        for (Map.Entry<String, int[]> place : places.entrySet()) {
            int begin = place.getValue()[0] + place.getValue()[1];
            if (place.getValue()[1] >= 0 && begin <= at && (owner == null || begin > slots)) {
                owner = maps.get(place.getKey());
                slots = begin;
            }
        }
        if (owner == null || relocation.type() != RELOCATE_64 || (at - slots) % Long.BYTES != 0
                || relocation.symbol().name().isEmpty()) {
            throw damaged("unknown relocation in .maps");
        }
        owner.slots().put((at - slots) / Long.BYTES, relocation.symbol().name());
    }

    private void readCode() throws BpfException {
        for (ElfFile.Section section : elf.sections()) {
            if (!section.executable() || section.size() == 0) {
                continue;
            }
            if (section.size() % Instruction.BYTES != 0) {
                throw damaged("section " + section.name() + " has half an instruction");
            }
            readFunctions(section);
        }
        for (ElfFile.Symbol symbol : elf.symbols()) {
            if (!symbol.function() || symbol.binding() == ElfFile.BIND_LOCAL || symbol.section() == ElfFile.UNDEFINED) {
                continue;
            }
            String section = sectionOf(symbol);
            Code function = codeAt(section, (int) (symbol.value() / Instruction.BYTES));
            if (section.equals(".text") || function == null) {
                continue;
            }
            ProgramSpec program = ProgramSpec.of(section, function);
            if (program == null) {
                throw damaged("program " + symbol.name() + " in section '" + section + "', which has no meaning here");
            }
            programs.put(program.name(), program);
        }
    }

    private void readFunctions(ElfFile.Section section) throws BpfException {
        ByteBuffer in = ByteBuffer.wrap(elf.copy(section)).order(ByteOrder.LITTLE_ENDIAN);
        List<ElfFile.Relocation> references = new ArrayList<>(elf.relocations(section));
        references.sort(Comparator.comparingInt(ElfFile.Relocation::offset));
        List<CoreRelocation> relocations = ext.relocations(section.name());
        List<BtfExt.LineInfo> lines = ext.lines(section.name());
        TreeMap<Integer, Code> functions = code.get(section.name());
        if (functions == null) {
            functions = new TreeMap<>();
            code.put(section.name(), functions);
        }
        for (ElfFile.Symbol symbol : elf.symbols()) {
            if (!symbol.function() || symbol.section() != section.index()) {
                continue;
            }
            if (symbol.value() < 0 || symbol.size() <= 0 || symbol.value() > section.size() - symbol.size()
                    || (symbol.value() | symbol.size()) % Instruction.BYTES != 0) {
                throw damaged("function " + symbol.name() + " lies outside of its section");
            }
            int start = (int) symbol.value() / Instruction.BYTES;
            int end = start + (int) symbol.size() / Instruction.BYTES;
            long[] instructions = new long[end - start];
            in.position((int) symbol.value());
            in.slice().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(instructions);
            int type = 0;
            for (BtfExt.FunctionInfo info : ext.functions(section.name())) {
                type = info.instruction() == start ? info.type() : type;
            }
            functions.put(start, new Code(symbol.name(), section.name(), start, instructions,
                    within(references, start, end), within(relocations, start, end), type,
                    within(lines, start, end)));
        }
    }

    /** {@return those of an ascending list that are for instructions from start to before end} */
    private static <T extends Placed> List<T> within(List<T> all, int start, int end) {
        int from = 0;
        while (from < all.size() && all.get(from).instruction() < start) {
            from++;
        }
        int to = from;
        while (to < all.size() && all.get(to).instruction() < end) {
            to++;
        }
        return all.subList(from, to);
    }
}
