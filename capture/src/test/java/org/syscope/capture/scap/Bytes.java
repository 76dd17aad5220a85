package org.syscope.capture.scap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds binary test data, little endian. */
final class Bytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u8(int value) {
        out.write(value);
        return this;
    }

    Bytes u16(int value) {
        return u8(value).u8(value >> 8);
    }

    Bytes u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    Bytes u64(long value) {
        return u32(value).u32(value >>> 32);
    }

    Bytes raw(int... values) {
        for (int value : values) {
            u8(value);
        }
        return this;
    }

    Bytes raw(byte[] values) {
        out.writeBytes(values);
        return this;
    }

    /** The characters without length or NUL. */
    Bytes text(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A u16 length and the characters. */
    Bytes string(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return u16(bytes.length).raw(bytes);
    }

    Bytes zeros(int count) {
        return raw(new byte[count]);
    }

    Bytes padTo4() {
        while (out.size() % 4 != 0) {
            u8(0);
        }
        return this;
    }

    /** A block around a body: type, length, body, padding, length. */
    Bytes block(int type, Bytes body) {
        byte[] content = body.padTo4().array();
        return u32(type).u32(content.length + 12).raw(content).u32(content.length + 12);
    }

    /** A section header block. */
    Bytes section() {
        return block(BlockType.SECTION_HEADER, new Bytes().u32(0x1A2B3C4DL).u16(1).u16(2).u64(-1));
    }

    /** An EV_V2 block with an event of {@code type}. */
    Bytes event(long time, long tid, int type, byte[]... parameters) {
        return block(BlockType.EVENT_V2, new Bytes().u16(3).raw(eventBytes(time, tid, type, parameters)));
    }

    /** Header, lengths of 2 bytes, parameters. */
    static byte[] eventBytes(long time, long tid, int type, byte[]... parameters) {
        int length = 26;
        for (byte[] parameter : parameters) {
            length += 2 + parameter.length;
        }
        Bytes event = new Bytes().u64(time).u64(tid).u32(length).u16(type).u32(parameters.length);
        for (byte[] parameter : parameters) {
            event.u16(parameter.length);
        }
        for (byte[] parameter : parameters) {
            event.raw(parameter);
        }
        return event.array();
    }

    /** An event with the header of 22 bytes. */
    static byte[] oldEventBytes(long time, long tid, int type, byte[]... parameters) {
        int length = 22;
        for (byte[] parameter : parameters) {
            length += 2 + parameter.length;
        }
        Bytes event = new Bytes().u64(time).u64(tid).u32(length).u16(type);
        for (byte[] parameter : parameters) {
            event.u16(parameter.length);
        }
        for (byte[] parameter : parameters) {
            event.raw(parameter);
        }
        return event.array();
    }

    int size() {
        return out.size();
    }

    byte[] array() {
        return out.toByteArray();
    }
}
