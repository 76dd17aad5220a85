package org.syscope.capture.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.syscope.capture.linux.SystemCall;

/**
 * The kernel's {@code union bpf_attr} (kernel: {@code include/uapi/linux/bpf.h}): the arguments of one bpf(2), each
 * command with its own fields at its own offsets. What a kernel does not know yet must be zero, and is.
 */
final class Attribute {
    static final int MAP_CREATE = 0;
    static final int MAP_LOOKUP = 1;
    static final int MAP_UPDATE = 2;
    static final int MAP_DELETE = 3;
    static final int MAP_NEXT_KEY = 4;
    static final int PROGRAM_LOAD = 5;
    static final int INFO = 15;
    static final int RAW_TRACEPOINT_OPEN = 17;
    static final int BTF_LOAD = 18;
    static final int MAP_FREEZE = 22;

    private static final int SIZE = 144;
    /** Letters of a name of a program or a map, without the terminator. */
    private static final int NAME = 15;

    private final Arena arena;
    private final MemorySegment segment;
    private final ByteBuffer bytes;

    Attribute(Arena arena) {
        this.arena = arena;
        this.segment = arena.allocate(SIZE, Long.BYTES);
        this.bytes = segment.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    Attribute word(int offset, int value) {
        bytes.putInt(offset, value);
        return this;
    }

    Attribute wide(int offset, long value) {
        bytes.putLong(offset, value);
        return this;
    }

    /** Puts the address of bytes that are copied to native memory first. */
    Attribute copy(int offset, byte[] content) {
        MemorySegment there = arena.allocate(Math.max(1, content.length), Long.BYTES);
        MemorySegment.copy(MemorySegment.ofArray(content), 0, there, 0, content.length);
        return wide(offset, there.address());
    }

    Attribute text(int offset, String content) {
        return copy(offset, content.concat("\0").getBytes(StandardCharsets.UTF_8));
    }

    /** Puts a name for lists of maps and programs; what the kernel does not allow in it becomes an underscore. */
    Attribute name(int offset, String name) {
        int length = Math.min(NAME, name.length());
        for (int i = 0; i < length; i++) {
            char letter = name.charAt(i);
            boolean allowed = letter < 128 && (Character.isLetterOrDigit(letter) || letter == '_' || letter == '.');
            bytes.put(offset + i, (byte) (allowed ? letter : '_'));
        }
        return this;
    }

    /** {@return the command's result, or the negative errno} */
    long call(int command) {
        return SystemCall.BPF.call(command, segment.address(), SIZE);
    }
}
