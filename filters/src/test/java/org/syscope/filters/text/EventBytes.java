package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.MalformedEventException;

/** Builds events for tests, parameter by parameter. */
public final class EventBytes {

    /** Time of all events, ns since the epoch: 2023-11-14T22:13:20.000000001Z. */
    public static final long TIME = 1_700_000_000_000_000_001L;

    private EventBytes() {
    }

    /** An event with these parameters. */
    public static Event event(int type, long tid, byte[]... parameters) {
        return event(type, tid, new byte[0], parameters);
    }

    /** An event with tags behind it, as a ring holds them. */
    public static Event event(int type, long tid, byte[] tags, byte[][] parameters) {
        int length = Event.HEADER_LENGTH;
        for (byte[] parameter : parameters) {
            length += 2 + parameter.length;
        }
        int padding = tags.length == 0 ? 0 : -length & 3;
        ByteBuffer buffer = ByteBuffer.allocate(length + padding + tags.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(TIME).putLong(tid).putInt(length).putShort((short) type).putInt(parameters.length);
        for (byte[] parameter : parameters) {
            buffer.putShort((short) parameter.length);
        }
        for (byte[] parameter : parameters) {
            buffer.put(parameter);
        }
        buffer.position(length + padding).put(tags);
        Event event = new Event();
        try {
            event.wrap(MemorySegment.ofArray(buffer.array()), 0, buffer.capacity(), 2, 0);
        } catch (MalformedEventException e) {
            throw new IllegalArgumentException(e);
        }
        event.number(7);
        return event;
    }

    /** The tag of a generic call's result, argument registers and one text. */
    public static byte[] arguments(long result, long[] values, int textIndex, String text) {
        byte[] bytes = text == null ? new byte[0] : text(text);
        int size = 12 + 8 * values.length + (text == null ? 0 : 4 + bytes.length);
        ByteBuffer tag = ByteBuffer.allocate(4 + size + (-size & 3)).order(ByteOrder.LITTLE_ENDIAN);
        tag.putShort((short) EventOptions.ARGUMENTS).putShort((short) size);
        tag.putLong(result).put((byte) values.length).put((byte) (text == null ? 0 : 1)).putShort((short) 0);
        for (long value : values) {
            tag.putLong(value);
        }
        if (text != null) {
            tag.put((byte) textIndex).put((byte) 1).putShort((short) bytes.length).put(bytes);
        }
        return tag.array();
    }

    /** Eight bytes, little endian. */
    public static byte[] i64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    /** Four bytes, little endian. */
    public static byte[] i32(long value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
    }

    /** Two bytes, little endian. */
    public static byte[] i16(int value) {
        return ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) value).array();
    }

    /** A text in UTF-8 with its NUL. */
    public static byte[] text(String value) {
        return (value + "\0").getBytes(StandardCharsets.UTF_8);
    }

    /** Bytes in hexadecimal; blanks are passed over. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
