package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an object's section {@code .BTF.ext} says about its instructions: which function, which source line, which
 * CO-RE relocation.
 *
 * <pre>
 * header      0 magic u16 eb9f  2 version u8  3 flags u8  4 header length u32
 *             8 functions: offset, length u32   16 lines: offset, length u32   24 relocations: offset, length u32
 * each part   record size u32, then per section: name u32, count u32, records
 * function    0 instruction u32 (bytes)   4 type u32
 * line        0 instruction u32 (bytes)   4 file u32   8 text u32   12 line and column u32
 * relocation  0 instruction u32 (bytes)   4 type u32   8 path u32   12 kind u32
 * </pre>
 */
final class BtfExt {
    private static final int HEADER = 32;
    /** Where in the header each part is described. */
    private static final int FUNCTIONS = 8;
    private static final int LINES = 16;
    private static final int RELOCATIONS = 24;

    /** The function that begins at an instruction (index in its section). */
    record FunctionInfo(int instruction, int type) implements Placed {
    }

    /** The source line that an instruction (index in its section) comes from; names are offsets in the BTF's strings. */
    record LineInfo(int instruction, int file, int text, int position) implements Placed {
    }

    private final Btf btf;
    private final ByteBuffer in;
    private final Map<String, List<FunctionInfo>> functions = new HashMap<>();
    private final Map<String, List<LineInfo>> lines = new HashMap<>();
    private final Map<String, List<CoreRelocation>> relocations = new HashMap<>();

    private BtfExt(Btf btf, byte[] bytes) {
        this.btf = btf;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** {@return what an object without such a section has: nothing} */
    static BtfExt none(Btf btf) {
        return new BtfExt(btf, new byte[0]);
    }

    static BtfExt parse(Btf btf, byte[] bytes) throws BpfException {
        BtfExt ext = new BtfExt(btf, bytes);
        ext.readAll();
        return ext;
    }

    List<FunctionInfo> functions(String section) {
        return functions.getOrDefault(section, List.of());
    }

    List<LineInfo> lines(String section) {
        return lines.getOrDefault(section, List.of());
    }

    List<CoreRelocation> relocations(String section) {
        return relocations.getOrDefault(section, List.of());
    }

    private void readAll() throws BpfException {
        if (in.limit() < 24 || (in.getShort(0) & 0xffff) != 0xeb9f || in.get(2) != 1) {
            throw damaged("not of version 1");
        }
        int header = in.getInt(4);
        if (header < 24 || header > in.limit()) {
            throw damaged("bad header");
        }
        part(header, FUNCTIONS, 8);
        part(header, LINES, 16);
        if (header >= HEADER) {
            part(header, RELOCATIONS, 16);
        }
    }

    private void record(int part, String section, int at) throws BpfException {
        switch (part) {
            case FUNCTIONS -> list(functions, section).add(new FunctionInfo(instruction(at), in.getInt(at + 4)));
            case LINES -> list(lines, section).add(
                    new LineInfo(instruction(at), in.getInt(at + 4), in.getInt(at + 8), in.getInt(at + 12)));
            default -> list(relocations, section).add(relocation(at));
        }
    }

    private static <T> List<T> list(Map<String, List<T>> bySection, String section) {
        List<T> list = bySection.get(section);
        if (list == null) {
            list = new ArrayList<>();
            bySection.put(section, list);
        }
        return list;
    }

    private CoreRelocation relocation(int at) throws BpfException {
        int code = in.getInt(at + 12);
        CoreRelocation.Kind[] kinds = CoreRelocation.Kind.values();
        if (code < 0 || code >= kinds.length) {
            throw damaged("unknown CO-RE relocation " + code);
        }
        return new CoreRelocation(instruction(at), in.getInt(at + 4), btf.string(in.getInt(at + 8)), kinds[code]);
    }

    private int instruction(int at) throws BpfException {
        int offset = in.getInt(at);
        if (offset < 0 || offset % Instruction.BYTES != 0) {
            throw damaged("bad instruction offset " + offset);
        }
        return offset / Instruction.BYTES;
    }

    private void part(int header, int field, int least) throws BpfException {
        long length = in.getInt(field + 4) & 0xffffffffL;
        if (length == 0) {
            return;
        }
        long start = header + (in.getInt(field) & 0xffffffffL);
        long end = start + length;
        if (end > in.limit() || length < 4) {
            throw damaged("a part lies outside of it");
        }
        int at = (int) start;
        long size = in.getInt(at) & 0xffffffffL;
        at += 4;
        if (size < least || size > 256) {
            throw damaged("bad record size " + size);
        }
        while (at < end) {
            if (end - at < 8) {
                throw damaged("a part is cut off");
            }
            String section = btf.string(in.getInt(at));
            long records = in.getInt(at + 4) & 0xffffffffL;
            at += 8;
            if (records * size > end - at) {
                throw damaged("a part is cut off");
            }
            for (long n = 0; n < records; n++, at += (int) size) {
                record(field, section, at);
            }
        }
    }

    private BpfException damaged(String what) {
        return BpfException.malformed(btf.origin() + ": BTF.ext: " + what);
    }
}
