package org.syscope.capture.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.event.Text;

/**
 * A protobuf message to look fields up in by their numbers. What is not there is 0 or empty, as the encoding has it; what
 * contradicts itself ends the message.
 *
 * <pre>
 *  field:  | number &lt;&lt; 3 | kind  varint | value |     kind 0: varint, 1: 8 bytes, 2: length varint and bytes, 5: 4 bytes
 * </pre>
 */
final class Protobuf {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final Protobuf NOTHING = new Protobuf(new byte[0], 0, 0);

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;

    private Protobuf(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    static Protobuf of(byte[] bytes) {
        return new Protobuf(bytes, 0, bytes.length);
    }

    /** A message with one field that is a string. */
    static byte[] message(int number, String value) {
        return message(number, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A message with one field that is bytes or a message; at most 127 bytes. */
    static byte[] message(int number, byte[] value) {
        if (value.length > Byte.MAX_VALUE) {
            throw new IllegalArgumentException(value.length + " bytes");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | BYTES);
        out.write(value.length);
        out.writeBytes(value);
        return out.toByteArray();
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && position < end; shift += 7) {
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        position = end + 1;
        return 0;
    }

    /** Walks over the fields of a number: {@code found} gets those of kind bytes; the last number is given back. */
    private long walk(int number, List<Protobuf> found) {
        long last = 0;
        position = start;
        while (position < end) {
            long tag = varint();
            boolean wanted = tag >>> 3 == number;
            switch ((int) (tag & 7)) {
                case VARINT -> {
                    long value = varint();
                    last = wanted ? value : last;
                }
                case FIXED64 -> position += Long.BYTES;
                case FIXED32 -> position += Integer.BYTES;
                case BYTES -> {
                    long length = varint();
                    if (length < 0 || length > end - position) {
                        return last;
                    }
                    if (wanted) {
                        found.add(new Protobuf(bytes, position, position + (int) length));
                    }
                    position += (int) length;
                }
                default -> {
                    return last;
                }
            }
        }
        return last;
    }

    /** All messages of a field. */
    List<Protobuf> messages(int number) {
        List<Protobuf> found = new ArrayList<>();
        walk(number, found);
        return found;
    }

    /** The message of a field, one level below another for each number. */
    Protobuf at(int... numbers) {
        Protobuf current = this;
        for (int number : numbers) {
            List<Protobuf> found = current.messages(number);
            current = found.isEmpty() ? NOTHING : found.getLast();
        }
        return current;
    }

    /** The number in a field. */
    long number(int number) {
        return walk(number, new ArrayList<>());
    }

    /** These bytes as text. */
    Text text() {
        return Text.copyOf(bytes, start, end - start);
    }

    /** These bytes as a string. */
    String string() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** These bytes. */
    byte[] bytes() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** The map from string to string in a field. */
    Map<String, Text> texts(int number) {
        Map<String, Text> texts = new LinkedHashMap<>();
        for (Protobuf entry : messages(number)) {
            texts.put(entry.at(1).string(), entry.at(2).text());
        }
        return texts;
    }
}
