package org.syscope.filters.field;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.IoUringOperation;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.state.SystemState;

/** The context of the event that is being looked at: made once for a run and pointed at each event in turn. */
public final class CurrentEvent implements EventContext {

    private final SystemState state;
    private Event event;
    private int eventCode;
    private int syscallCode = -1;
    private final IoUringOperation operation = new IoUringOperation();
    private long firstTimestamp = -1;

    /** A context without an event yet. */
    public CurrentEvent(SystemState state) {
        this.state = state;
    }

    /**
     * Points the context at an event, after the state has taken the event in.
     *
     * @param current an event of a {@linkplain EventType#known known} type
     */
    public void point(Event current) {
        event = current;
        eventCode = current.typeCode();
        syscallCode = eventCode <= EventCodes.PPME_GENERIC_X ? genericCall(current) : -1;
        if (firstTimestamp == -1 && !current.type().category().startsWith("METAEVENT")) {
            firstTimestamp = current.timestamp();
        }
    }

    /**
     * The system call of a generic event. A driver that did not know the call left its code 0; enter events then still tell
     * the number that the machine has for it, which is taken for one of x86_64. An operation of io_uring has a code of its own.
     */
    private int genericCall(Event current) {
        int code = (int) current.unsigned(0, -1);
        if (code == 0 && current.has(1)) {
            int number = (int) current.unsigned(1, -1);
            for (Syscall syscall : SyscallTable.all()) {
                if (syscall.x86Number() == number) {
                    return syscall.code();
                }
            }
        }
        return operation.read(current) ? SyscallTable.IO_URING_OPERATION : code;
    }

    /**
     * Whether events of a type are shown unless the user asks for all: those that only carry state into the capture (users,
     * containers, accounting of processes) are not.
     */
    public static boolean isShown(EventType type) {
        return !type.category().endsWith("+internal") && !type.category().equals("METAEVENT+process");
    }

    /** Forgets the first event's time: another capture begins. */
    public void reset() {
        firstTimestamp = -1;
    }

    @Override
    public int eventCode() {
        return eventCode;
    }

    @Override
    public int syscallCode() {
        return syscallCode;
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
        return firstTimestamp == -1 ? event.timestamp() : firstTimestamp;
    }
}
