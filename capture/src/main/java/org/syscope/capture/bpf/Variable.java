package org.syscope.capture.bpf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A global variable or constant of an object, which may be given a value until the object is loaded. */
public final class Variable {
    private final String name;
    private final MapSpec map;
    private final int offset;
    private final int size;

    Variable(String name, MapSpec map, int offset, int size) {
        this.name = name;
        this.map = map;
        this.offset = offset;
        this.size = size;
    }

    /** {@return its name in C} */
    public String name() {
        return name;
    }

    /** {@return name of the map that holds it: {@code .rodata}, {@code .data}, {@code .bss} or one that begins so} */
    public String mapName() {
        return map.name();
    }

    /** {@return where it lies in the only value of its map, in bytes} */
    public int offset() {
        return offset;
    }

    /** {@return its size in bytes} */
    public int size() {
        return size;
    }

    /** {@return its value, if it is of 1, 2, 4 or 8 bytes; not sign-extended} */
    public long get() {
        ByteBuffer bytes = bytes();
        return switch (size) {
            case 1 -> bytes.get(offset) & 0xff;
            case 2 -> bytes.getShort(offset) & 0xffff;
            case 4 -> bytes.getInt(offset) & 0xffffffffL;
            case 8 -> bytes.getLong(offset);
            default -> throw new IllegalStateException(name + " has " + size + " bytes");
        };
    }

    /**
     * Gets one byte of an array or structure.
     *
     * @param at offset in the variable in bytes
     * @return 0 to 255
     */
    public int get(int at) {
        if (at < 0 || at >= size) {
            throw new IllegalArgumentException(name + " of " + size + " bytes has none at " + at);
        }
        return map.contents()[offset + at] & 0xff;
    }

    /**
     * Sets it.
     *
     * @param value the value; it must fit into the variable, signed or unsigned
     */
    public void set(long value) {
        ByteBuffer bytes = bytes();
        int spare = Long.SIZE - size * Byte.SIZE;
        if (size != 8 && (size <= 0 || spare < 0 || value >> (63 - spare) != 0 && value >> (63 - spare) != -1
                && value >>> (64 - spare) != 0)) {
            throw new IllegalArgumentException(name + " of " + size + " bytes cannot be " + value);
        }
        switch (size) {
            case 1 -> bytes.put(offset, (byte) value);
            case 2 -> bytes.putShort(offset, (short) value);
            case 4 -> bytes.putInt(offset, (int) value);
            case 8 -> bytes.putLong(offset, value);
            default -> throw new IllegalStateException(name + " has " + size + " bytes");
        }
    }

    /**
     * Sets one of several values of an array, or any part.
     *
     * @param at offset in the variable in bytes
     * @param value the bytes
     */
    public void set(int at, byte[] value) {
        if (at < 0 || value.length > size - at) {
            throw new IllegalArgumentException(name + " of " + size + " bytes cannot hold " + value.length + " at " + at);
        }
        System.arraycopy(value, 0, map.contents(), offset + at, value.length);
    }

    private ByteBuffer bytes() {
        return ByteBuffer.wrap(map.contents()).order(ByteOrder.LITTLE_ENDIAN);
    }
}
