package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.event.MalformedEventException;

/** Events put together by hand, and a source that gives them. */
final class Events implements EventSource {

    private final List<byte[]> events = new ArrayList<>();
    private final List<Integer> flags = new ArrayList<>();
    private int position;
    private int idleBefore = -1;

    /** Adds an event of a type with parameters of 2-byte lengths. */
    Events add(long time, long tid, int type, byte[]... parameters) {
        return add(0, time, tid, type, parameters);
    }

    /** The same with flags of its block. */
    Events add(int blockFlags, long time, long tid, int type, byte[]... parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int length = Event.HEADER_LENGTH + 2 * parameters.length;
        for (byte[] parameter : parameters) {
            length += parameter.length;
        }
        bytes.writeBytes(ByteBuffer.allocate(Event.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putLong(time).putLong(tid)
                .putInt(length).putShort((short) type).putInt(parameters.length).array());
        for (byte[] parameter : parameters) {
            bytes.writeBytes(ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) parameter.length).array());
        }
        for (byte[] parameter : parameters) {
            bytes.writeBytes(parameter);
        }
        events.add(bytes.toByteArray());
        flags.add(blockFlags);
        return this;
    }

    /** Says once that there is nothing for now, before the event of that index. */
    Events idleBefore(int index) {
        idleBefore = index;
        return this;
    }

    static byte[] i64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    @Override
    public Next next(Event event) throws MalformedEventException {
        if (position == idleBefore) {
            idleBefore = -1;
            return Next.IDLE;
        }
        if (position == events.size()) {
            return Next.END;
        }
        byte[] bytes = events.get(position);
        event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, flags.get(position));
        event.number(++position);
        return Next.EVENT;
    }

    /** How many events were given. */
    int given() {
        return position;
    }

    @Override
    public void close() {
        position = events.size();
    }
}
