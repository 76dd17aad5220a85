package org.syscope.cli;

import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;

/** The list of event types ({@code -L}): direction, name and parameters, as C declares a function. */
final class EventListing {

    private EventListing() {
    }

    /** The list, one event type a line: those with parameters of their own, then the other system calls. */
    static String text() {
        StringBuilder text = new StringBuilder(1 << 16);
        for (int code = EventCodes.PPME_GENERIC_X + 1; code < EventCodes.COUNT; code++) {
            EventType type = EventType.of(code);
            if (type.is(EventFlag.UNUSED) || type.is(EventFlag.OLD_VERSION) || type.name().equals("NA")) {
                continue;
            }
            text.append(type.isEnter() ? "> " : "< ").append(type.name()).append('(');
            for (int i = 0; i < type.parameterCount(); i++) {
                ParameterInfo parameter = type.parameter(i);
                text.append(i == 0 ? "" : ", ").append(parameter.type()).append(' ').append(parameter.name());
            }
            text.append(")\n");
        }
        for (Syscall call : SyscallTable.all()) {
            if (call.generic()) {
                text.append("< ").append(call.name()).append("()\n");
            }
        }
        return text.toString();
    }
}
