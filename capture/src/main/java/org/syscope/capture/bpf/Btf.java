package org.syscope.capture.bpf;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Types of an object or of a kernel, in the BPF Type Format (kernel: {@code Documentation/bpf/btf.rst}).
 *
 * <pre>
 * header   0 magic u16 eb9f   2 version u8   3 flags u8   4 header length u32
 *          8 types: offset u32, length u32    16 strings: offset u32, length u32    (both behind the header)
 * type     0 name u32   4 info u32: vlen 0..15, kind 24..28, flag 31   8 size or type u32   12 what the kind adds
 * </pre>
 *
 * <p>A kernel has 50,000 to 200,000 types, so nothing is made of them but an index of where each begins: the accessors
 * read the words in place. Type ids begin at 1; 0 is {@code void}.
 */
public final class Btf {
    static final int VOID = 0;
    static final int INT = 1;
    static final int PTR = 2;
    static final int ARRAY = 3;
    static final int STRUCT = 4;
    static final int UNION = 5;
    static final int ENUM = 6;
    static final int FWD = 7;
    static final int TYPEDEF = 8;
    static final int VOLATILE = 9;
    static final int CONST = 10;
    static final int RESTRICT = 11;
    static final int FUNC = 12;
    static final int FUNC_PROTO = 13;
    static final int VAR = 14;
    static final int DATASEC = 15;
    static final int FLOAT = 16;
    static final int DECL_TAG = 17;
    static final int TYPE_TAG = 18;
    static final int ENUM64 = 19;

    private static final String KERNEL_FILE = "/sys/kernel/btf/vmlinux";
    private static final int MAGIC = 0xeb9f;
    private static final int HEADER = 24;
    /** Longest chain of modifiers, typedefs and arrays that is followed; the kernel's own limit is 32. */
    private static final int DEPTH = 32;
    /** Kinds that have names and are no types: two thirds of what a kernel has. */
    private static final int FUNCTIONS = 1 << FUNC | 1 << VAR | 1 << DATASEC | 1 << DECL_TAG;
    /** How many 32-bit words follow the three common ones: fixed, or for each of vlen. */
    private static final byte[] FIXED = {0, 1, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0};
    private static final byte[] EACH = {0, 0, 0, 0, 3, 3, 2, 0, 0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 3};

    private final String origin;
    private final int[] words;
    private final byte[] strings;
    private final int[] starts;
    private final int count;

    private Btf(String origin, int[] words, byte[] strings) throws BpfException {
        this.origin = origin;
        this.words = words;
        this.strings = strings;
        int[] index = new int[Math.max(64, words.length / 6)];
        int next = 1;
        int at = 0;
        while (at < words.length) {
            if (words.length - at < 3) {
                throw damaged("a type is cut off");
            }
            int info = words[at + 1];
            int kind = info >>> 24 & 31;
            if (kind == VOID || kind > ENUM64) {
                throw damaged("type " + next + " is of an unknown kind " + kind);
            }
            if (next == index.length) {
                index = Arrays.copyOf(index, 2 * next);
            }
            index[next++] = at;
            at += 3 + FIXED[kind] + EACH[kind] * (info & 0xffff);
        }
        if (at != words.length) {
            throw damaged("the last type is cut off");
        }
        this.starts = index;
        this.count = next;
    }

    /** {@return no types at all, for an object that has none} */
    static Btf none(String origin) throws BpfException {
        return new Btf(origin, new int[0], new byte[1]);
    }

    /**
     * Reads a BTF.
     *
     * @param origin what to call it in errors
     * @param bytes the whole of it, from its header on, little endian
     * @return its types
     * @throws BpfException if it is damaged or big endian
     */
    public static Btf parse(String origin, byte[] bytes) throws BpfException {
        return parse(origin, bytes, bytes.length);
    }

    private static Btf parse(String origin, byte[] bytes, int length) throws BpfException {
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
        if (length < HEADER || (in.getShort(0) & 0xffff) != MAGIC || in.get(2) != 1) {
            throw BpfException.malformed(origin + ": not a little-endian BTF of version 1");
        }
        long header = in.getInt(4) & 0xffffffffL;
        long types = in.getInt(8) & 0xffffffffL;
        long typesLength = in.getInt(12) & 0xffffffffL;
        long names = in.getInt(16) & 0xffffffffL;
        long namesLength = in.getInt(20) & 0xffffffffL;
        if (header < HEADER || header + types + typesLength > length || header + names + namesLength > length
                || typesLength % 4 != 0 || namesLength == 0) {
            throw BpfException.malformed(origin + ": BTF sections lie outside of it");
        }
        int[] words = new int[(int) typesLength / 4];
        in.position((int) (header + types));
        in.asIntBuffer().get(words);
        int first = (int) (header + names);
        byte[] strings = Arrays.copyOfRange(bytes, first, first + (int) namesLength);
        if (strings[0] != 0 || strings[strings.length - 1] != 0) {
            throw BpfException.malformed(origin + ": BTF strings are not terminated");
        }
        return new Btf(origin, words, strings);
    }

    /**
     * Reads the running kernel's types from {@code /sys/kernel/btf/vmlinux}.
     *
     * @return its types
     * @throws BpfException of kind NO_BTF if the kernel was built without CONFIG_DEBUG_INFO_BTF, or it is not readable
     */
    public static Btf ofKernel() throws BpfException {
        return ofKernel(KERNEL_FILE);
    }

    static Btf ofKernel(String file) throws BpfException {
        try (InputStream in = new FileInputStream(file)) {
            // The file gives a page per read at most, and a larger read would make the JDK allocate as much each time.
            byte[] bytes = new byte[8 << 20];
            int length = 0;
            for (int read = 0; read >= 0; length += read) {
                if (length == bytes.length) {
                    bytes = Arrays.copyOf(bytes, 2 * length);
                }
                read = in.read(bytes, length, Math.min(8192, bytes.length - length));
                if (read < 0) {
                    break;
                }
            }
            return parse(file, bytes, length);
        } catch (FileNotFoundException absent) {
            throw new BpfException(BpfException.Kind.NO_BTF,
                    "this kernel has no type information: " + file + " cannot be opened",
                    "use a kernel built with CONFIG_DEBUG_INFO_BTF=y, or another driver", "", absent);
        } catch (IOException unreadable) {
            throw new BpfException(BpfException.Kind.NO_BTF,
                    file + ": " + unreadable.getMessage(), "use another driver", "", unreadable);
        }
    }

    /** {@return the number of types and one more: ids run from 1 to below it} */
    int count() {
        return count;
    }

    String origin() {
        return origin;
    }

    private int start(int id) throws BpfException {
        if (id <= 0 || id >= count) {
            throw damaged("no type " + Integer.toUnsignedString(id));
        }
        return starts[id];
    }

    int kind(int id) throws BpfException {
        return id == 0 ? VOID : words[start(id) + 1] >>> 24 & 31;
    }

    int vlen(int id) throws BpfException {
        return words[start(id) + 1] & 0xffff;
    }

    boolean flag(int id) throws BpfException {
        return words[start(id) + 1] < 0;
    }

    /** {@return the type that a pointer, typedef, modifier, variable or function refers to} */
    int referred(int id) throws BpfException {
        return words[start(id) + 2];
    }

    /** {@return the size in bytes that a struct, union, integer, enum, float or data section says it has} */
    int declaredSize(int id) throws BpfException {
        return words[start(id) + 2];
    }

    String name(int id) throws BpfException {
        return id == 0 ? "void" : string(words[start(id)]);
    }

    boolean composite(int id) throws BpfException {
        int kind = kind(id);
        return kind == STRUCT || kind == UNION;
    }

    boolean anyEnum(int id) throws BpfException {
        int kind = kind(id);
        return kind == ENUM || kind == ENUM64;
    }

    private int entry(int id, int index) throws BpfException {
        int at = start(id);
        int info = words[at + 1];
        int width = EACH[info >>> 24 & 31];
        if (index < 0 || index >= (info & 0xffff) || width == 0) {
            throw damaged("type " + id + " has no member " + index);
        }
        return at + 3 + index * width;
    }

    String memberName(int id, int index) throws BpfException {
        return string(words[entry(id, index)]);
    }

    int memberType(int id, int index) throws BpfException {
        return words[entry(id, index) + 1];
    }

    int memberBitOffset(int id, int index) throws BpfException {
        int raw = words[entry(id, index) + 2];
        return flag(id) ? raw & 0xffffff : raw;
    }

    /** {@return the width in bits of a bit field, 0 for a member that is none} */
    int memberBitSize(int id, int index) throws BpfException {
        return flag(id) ? words[entry(id, index) + 2] >>> 24 : 0;
    }

    String enumName(int id, int index) throws BpfException {
        return string(words[entry(id, index)]);
    }

    /** {@return an enumerator's value; of a 32-bit enum sign-extended, as the kernel's headers have it} */
    long enumValue(int id, int index) throws BpfException {
        int at = entry(id, index);
        return kind(id) == ENUM64 ? (words[at + 1] & 0xffffffffL) | (long) words[at + 2] << 32 : words[at + 1];
    }

    int parameterType(int id, int index) throws BpfException {
        return words[entry(id, index) + 1];
    }

    /** {@return the variable of a data section} */
    int sectionVariable(int id, int index) throws BpfException {
        return words[entry(id, index)];
    }

    /** {@return where in its data section a variable begins, in bytes; only right after relocation by the ELF file} */
    int sectionOffset(int id, int index) throws BpfException {
        return words[entry(id, index) + 1];
    }

    int sectionSize(int id, int index) throws BpfException {
        return words[entry(id, index) + 2];
    }

    int arrayElement(int id) throws BpfException {
        return words[start(id) + 3];
    }

    int arrayLength(int id) throws BpfException {
        return words[start(id) + 5];
    }

    boolean intSigned(int id) throws BpfException {
        return (words[start(id) + 3] >>> 24 & 1) != 0;
    }

    int intBitOffset(int id) throws BpfException {
        return words[start(id) + 3] >>> 16 & 0xff;
    }

    int intBits(int id) throws BpfException {
        return words[start(id) + 3] & 0xff;
    }

    /** {@return the type behind typedefs, qualifiers and type tags} */
    int resolve(int id) throws BpfException {
        int now = id;
        for (int depth = 0; depth < DEPTH; depth++) {
            int kind = kind(now);
            if (kind != TYPEDEF && kind != VOLATILE && kind != CONST && kind != RESTRICT && kind != TYPE_TAG) {
                return now;
            }
            now = referred(now);
        }
        throw damaged("type " + id + " refers to itself");
    }

    /** {@return the size of a value of the type in bytes} */
    long size(int id) throws BpfException {
        long elements = 1;
        int now = id;
        for (int depth = 0; depth < DEPTH; depth++) {
            switch (kind(now)) {
                case INT, STRUCT, UNION, ENUM, ENUM64, FLOAT, DATASEC -> {
                    return elements * (declaredSize(now) & 0xffffffffL);
                }
                case PTR -> {
                    return elements * Long.BYTES;
                }
                case TYPEDEF, VOLATILE, CONST, RESTRICT, TYPE_TAG, VAR -> now = referred(now);
                case ARRAY -> {
                    elements *= arrayLength(now) & 0xffffffffL;
                    if (elements > Integer.MAX_VALUE) {
                        throw damaged("type " + id + " is too large");
                    }
                    now = arrayElement(now);
                }
                default -> throw damaged("type " + id + " has no size");
            }
        }
        throw damaged("type " + id + " refers to itself");
    }

    String string(int offset) throws BpfException {
        if (offset < 0 || offset >= strings.length) {
            throw damaged("name outside of the strings");
        }
        int end = offset;
        while (strings[end] != 0) {
            end++;
        }
        return new String(strings, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** {@return the offset in {@link #strings()} of a type's name; 0 for none, and for what is no type but a function} */
    int nameOfType(int id) {
        int at = starts[id];
        return (FUNCTIONS >>> (words[at + 1] >>> 24 & 31) & 1) != 0 ? 0 : words[at];
    }

    /** {@return whether a member has exactly this name} */
    boolean memberNamed(int id, int index, byte[] name) throws BpfException {
        return named(words[entry(id, index)], name);
    }

    /** {@return whether a member has no name} */
    boolean memberAnonymous(int id, int index) throws BpfException {
        int offset = words[entry(id, index)];
        return offset >= 0 && offset < strings.length && strings[offset] == 0;
    }

    /** {@return where a type begins, in 32-bit words from the begin of the types} */
    int wordOffset(int id) throws BpfException {
        return start(id);
    }

    /** {@return the string section, not to be changed} */
    byte[] strings() {
        return strings;
    }

    /** {@return the first type of a kind with exactly this name, or 0} */
    int find(int kind, String name) throws BpfException {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int id = 1; id < count; id++) {
            if ((words[starts[id] + 1] >>> 24 & 31) == kind && named(words[starts[id]], wanted)) {
                return id;
            }
        }
        return 0;
    }

    private boolean named(int offset, byte[] wanted) {
        int end = offset + wanted.length;
        return offset >= 0 && end >= 0 && end < strings.length && strings[end] == 0
                && Arrays.equals(strings, offset, end, wanted, 0, wanted.length);
    }

    /** A name without its flavour: {@code task_struct___old} is {@code task_struct}. */
    static String essential(String name) {
        // As libbpf has it: the last ___ with something on both sides counts.
        for (int at = name.length() - 5; at >= 0; at--) {
            if (name.charAt(at) != '_' && name.startsWith("___", at + 1) && name.charAt(at + 4) != '_') {
                return name.substring(0, at + 1);
            }
        }
        return name;
    }

    BpfException damaged(String what) {
        return BpfException.malformed(origin + ": BTF: " + what);
    }
}
