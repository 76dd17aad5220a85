package org.syscope.capture.state;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.IoUringOperation;

/** Operations of io_uring: they close and open fds as calls do, but may end while their thread is in any other call. */
final class IoUringEvents {

    private final SystemState state;
    private final IoUringOperation operation = new IoUringOperation();

    IoUringEvents(SystemState state) {
        this.state = state;
    }

    /** Takes an operation in; false if the event is about none. The call that its thread is in stays as it is. */
    boolean exit(Event event, int code) {
        if (code != EventCodes.PPME_GENERIC_X || !operation.read(event)) {
            return false;
        }
        ThreadInfo thread = state.thread();
        if (thread == null) {
            return true;
        }
        int number = operation.fixedFile() ? -1 : operation.fd();
        boolean done = operation.result() >= 0;
        if (done && operation.opens()) {
            opened(thread, operation.result());
        } else {
            state.about(number);
            if (done && operation.opcode() == IoUringOperation.CLOSE && number >= 0) {
                state.removals().fds(thread.fds(), number, number);
            }
        }
        return true;
    }

    /** What was open under this number is closed now; what was opened only /proc can tell. */
    private void opened(ThreadInfo thread, long number) {
        thread.fds().remove(number);
        state.about(number);
    }
}
