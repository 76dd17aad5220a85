package org.syscope.capture.container;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.event.Text;

/** Makes the events by which a capture tells of containers and of the users in them. */
public final class ContainerEvent {

    private static final int WIDE = 4;
    private static final int NARROW = 2;

    private ContainerEvent() {
    }

    /**
     * A CONTAINER_JSON_2 event that tells of a container.
     *
     * @param time ns since the epoch
     */
    public static Event of(ContainerJson json, ContainerInfo container, long time) {
        byte[] description = json.write(container);
        byte[] parameter = new byte[description.length + 1];
        System.arraycopy(description, 0, parameter, 0, description.length);
        return event(EventCodes.PPME_CONTAINER_JSON_2_E, time, WIDE, parameter);
    }

    /**
     * A USER_ADDED event.
     *
     * @param time ns since the epoch
     * @param container id of the container it lives in
     */
    public static Event user(long time, Text container, int uid, int gid, Text name, Text home, Text shell) {
        return event(EventCodes.PPME_USER_ADDED_E, time, NARROW, u32(uid), u32(gid), string(name), string(home), string(shell),
                string(container));
    }

    /**
     * A GROUP_ADDED event.
     *
     * @param time ns since the epoch
     * @param container id of the container it lives in
     */
    public static Event group(long time, Text container, int gid, Text name) {
        return event(EventCodes.PPME_GROUP_ADDED_E, time, NARROW, u32(gid), string(name), string(container));
    }

    private static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    private static byte[] string(Text value) {
        return (value + "\0").getBytes(StandardCharsets.UTF_8);
    }

    private static Event event(int code, long time, int width, byte[]... parameters) {
        int length = Event.HEADER_LENGTH + width * parameters.length;
        for (byte[] parameter : parameters) {
            length += parameter.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putLong(time).putLong(Event.NO_TID)
                .putInt(length).putShort((short) code).putInt(parameters.length);
        for (byte[] parameter : parameters) {
            if (width == WIDE) {
                bytes.putInt(parameter.length);
            } else {
                bytes.putShort((short) parameter.length);
            }
        }
        for (byte[] parameter : parameters) {
            bytes.put(parameter);
        }
        Event event = new Event();
        try {
            event.wrap(MemorySegment.ofArray(bytes.array()), 0, length, 0, 0);
        } catch (MalformedEventException impossible) {
            throw new IllegalStateException("an event put together here is damaged", impossible);
        }
        return event;
    }
}
