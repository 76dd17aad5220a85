package org.syscope.chisels.views;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.field.EventContext;

/**
 * A thread seen as if it had an event, of a type that no driver sends: so that a table of threads has those too that did
 * nothing in the interval.
 */
final class ThreadContext implements EventContext {

    private final SystemState state;
    private final ByteBuffer bytes = ByteBuffer.allocate(Event.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private final MemorySegment segment = MemorySegment.ofArray(bytes.array());
    private final Event event = new Event();
    private long first;

    ThreadContext(SystemState state) {
        this.state = state;
        bytes.putInt(16, Event.HEADER_LENGTH).putShort(20, (short) EventCodes.PPME_PROCINFO_X);
    }

    /**
     * Looks at a thread.
     *
     * @param time for the event, ns since the epoch
     * @param firstTime of the capture
     */
    void point(ThreadInfo thread, long time, long firstTime) {
        first = firstTime;
        bytes.putLong(0, time).putLong(8, thread.tid);
        try {
            event.wrap(segment, 0, Event.HEADER_LENGTH, 0, 0);
        } catch (MalformedEventException impossible) {
            throw new IllegalStateException("an event without parameters is damaged", impossible);
        }
        state.lookAt(thread);
    }

    @Override
    public int eventCode() {
        return EventCodes.PPME_PROCINFO_X;
    }

    @Override
    public int syscallCode() {
        return -1;
    }

    @Override
    public Event event() {
        return event;
    }

    @Override
    public SystemState state() {
        return state;
    }

    @Override
    public long firstTimestamp() {
        return first;
    }
}
