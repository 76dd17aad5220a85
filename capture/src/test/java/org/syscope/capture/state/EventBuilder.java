package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.event.ParameterInfo;

/** Makes events by the names of their parameters; what is not set is empty. */
final class EventBuilder {

    private final EventType type;
    private final byte[][] parameters;
    private byte[] options = {};
    private long tid = 100;
    private long time = 1_000_000_000_000L;

    EventBuilder(int code) {
        type = EventType.of(code);
        parameters = new byte[type.parameterCount()][0];
    }

    EventBuilder tid(long value) {
        tid = value;
        return this;
    }

    EventBuilder at(long nanos) {
        time = nanos;
        return this;
    }

    EventBuilder options(byte[] value) {
        options = value;
        return this;
    }

    EventBuilder with(String name, long value) {
        int index = index(name);
        ParameterInfo info = type.parameter(index);
        ByteBuffer buffer = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        buffer.rewind();
        byte[] bytes = new byte[info.type().width()];
        buffer.get(bytes);
        parameters[index] = bytes;
        return this;
    }

    EventBuilder with(String name, String value) {
        parameters[index(name)] = (value + '\0').getBytes(StandardCharsets.UTF_8);
        return this;
    }

    EventBuilder with(String name, byte[] value) {
        parameters[index(name)] = value;
        return this;
    }

    private int index(String name) {
        int index = type.parameterIndex(name);
        if (index < 0) {
            throw new IllegalArgumentException(type + " has no " + name);
        }
        return index;
    }

    Event build() {
        return build(parameters.length);
    }

    /** The event as an older version wrote it, with its first {@code count} parameters. */
    Event build(int count) {
        int width = type.is(EventFlag.LARGE_PAYLOAD) ? 4 : 2;
        int length = Event.HEADER_LENGTH + width * count;
        for (int i = 0; i < count; i++) {
            length += parameters[i].length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length + options.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(time).putLong(tid).putInt(length).putShort((short) type.code()).putInt(count);
        for (int i = 0; i < count; i++) {
            if (width == 4) {
                buffer.putInt(parameters[i].length);
            } else {
                buffer.putShort((short) parameters[i].length);
            }
        }
        for (int i = 0; i < count; i++) {
            buffer.put(parameters[i]);
        }
        buffer.put(options);
        Event event = new Event();
        try {
            event.wrap(MemorySegment.ofArray(buffer.array()), 0, buffer.capacity(), 0, 0);
        } catch (MalformedEventException impossible) {
            throw new IllegalStateException(impossible);
        }
        return event;
    }

    /** A SOCKADDR of IPv4. */
    static byte[] address(String ip, int port) {
        return ByteBuffer.allocate(7).order(ByteOrder.LITTLE_ENDIAN).put((byte) 2).put(ipv4(ip)).putShort((short) port).array();
    }

    /** A SOCKTUPLE of IPv4. */
    static byte[] tuple(String source, int sourcePort, String destination, int destinationPort) {
        return ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN).put((byte) 2).put(ipv4(source))
                .putShort((short) sourcePort).put(ipv4(destination)).putShort((short) destinationPort).array();
    }

    /** A SOCKTUPLE of IPv6, each address as 16 bytes. */
    static byte[] tuple6(byte[] source, int sourcePort, byte[] destination, int destinationPort) {
        return ByteBuffer.allocate(37).order(ByteOrder.LITTLE_ENDIAN).put((byte) 10).put(source)
                .putShort((short) sourcePort).put(destination).putShort((short) destinationPort).array();
    }

    /** A SOCKTUPLE of a unix socket. */
    static byte[] unix(long source, long destination, String path) {
        byte[] text = path.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(18 + text.length).order(ByteOrder.LITTLE_ENDIAN).put((byte) 1).putLong(source)
                .putLong(destination).put(text).array();
    }

    /** {@code ::ffff:a.b.c.d}. */
    static byte[] mapped(String ip) {
        return ByteBuffer.allocate(16).put(10, (byte) 0xff).put(11, (byte) 0xff).put(12, ipv4(ip)).array();
    }

    static byte[] ipv4(String ip) {
        byte[] bytes = new byte[4];
        String[] cells = ip.split("\\.");
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) Integer.parseInt(cells[i]);
        }
        return bytes;
    }
}
