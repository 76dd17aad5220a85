package org.syscope.filters.field;

import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.ThreadInfo;

/**
 * The call that a thread is in, for tables of threads: from an enter event whose exit has not come, or as the driver or /proc
 * told when the table was made. Events have no such fields, as their calls are over.
 */
final class CallFields {

    private final EventKinds kinds = new EventKinds();

    Field create(FieldInfo info) {
        return switch (info.name()) {
            case "thread.call" -> field(info, this::name);
            case "thread.call.age" -> field(info, (t, c, out) -> TableFamily.number(out,
                    Math.max(0, c.event().timestamp() - (t.callCode >= 0 ? t.callSince : t.enteredTime()))));
            case "thread.call.fd" -> field(info, (t, c, out) -> {
                out.startBytes();
                out.appendDecimal(fd(t));
                return fd(t) >= 0;
            });
            case "thread.call.fdname" -> field(info, (t, c, out) -> {
                FdInfo fd = t.fd(fd(t));
                return fd != null && TableFamily.text(out, fd.name);
            });
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private static Field field(FieldInfo info, TableFamily.ThreadGetter getter) {
        return TableFamily.thread(info, null, (t, c, out) -> (t.callCode >= 0 || t.enteredType() >= 0)
                && getter.get(t, c, out)).only((code, call) -> code == EventCodes.PPME_PROCINFO_X);
    }

    private boolean name(ThreadInfo thread, EventContext context, FieldValue out) {
        return TableFamily.ascii(out, thread.callCode >= 0 ? kinds.name(EventCodes.PPME_GENERIC_E, thread.callCode)
                : kinds.name(thread.enteredType(), thread.enteredCall()));
    }

    private static long fd(ThreadInfo thread) {
        return thread.callCode >= 0 ? thread.callFd : thread.lastEventFd;
    }
}
