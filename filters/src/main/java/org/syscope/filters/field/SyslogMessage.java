package org.syscope.filters.field;

import java.lang.foreign.ValueLayout;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.state.FdInfo;
import org.syscope.filters.text.OutputBuffer;

/**
 * A message in the data of a write to the system log (RFC 3164): {@code <PRI>text}, where PRI is eight times the facility
 * plus the severity.
 */
final class SyslogMessage {

    private static final String[] SEVERITIES = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};
    private static final String[] FACILITIES = {"kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp",
            "clock", "authpriv", "ftp", "ntp", "logaudit", "logalert", "cron", "local0", "local1", "local2", "local3",
            "local4", "local5", "local6", "local7"};
    private static final byte[] SOCKET = {'/', 'd', 'e', 'v', '/', 'l', 'o', 'g'};
    private static final int MAX_DIGITS = 5;

    private int priority;
    private long messageOffset;
    private int messageLength;

    /** Whether the event writes to the socket of the system log. */
    static boolean isWrite(EventContext context) {
        if (!EventKinds.is(context.eventCode(), EventFlag.WRITES_TO_FD)) {
            return false;
        }
        FdInfo fd = context.state().fd();
        return fd != null && contains(fd.name.array(), SOCKET);
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int from = text.length - part.length; from >= 0; from--) {
            int i = 0;
            while (i < part.length && text[from + i] == part[i]) {
                i++;
            }
            if (i == part.length) {
                return true;
            }
        }
        return false;
    }

    /** Reads the message of the current event; false if it writes none. */
    boolean read(EventContext context) {
        if (!EventKinds.isExit(context.eventCode()) || !isWrite(context)) {
            return false;
        }
        Event event = context.event();
        int data = event.type().parameterIndex("data");
        if (data < 0 || event.type().parameter(data).type() != ParameterType.BYTEBUF || event.signed(0, -1) <= 0) {
            return false;
        }
        int length = event.parameterLength(data);
        long at = length == 0 ? 0 : event.parameterOffset(data);
        int value = 0;
        int i = 1;
        while (i < length && i <= MAX_DIGITS && byteAt(event, at + i) >= '0' && byteAt(event, at + i) <= '9') {
            value = value * 10 + byteAt(event, at + i) - '0';
            i++;
        }
        if (i == 1 || i >= length || byteAt(event, at + i) != '>' || byteAt(event, at) != '<') {
            return false;
        }
        priority = value;
        messageOffset = at + i + 1;
        messageLength = length - i - 1;
        return true;
    }

    private static byte byteAt(Event event, long offset) {
        return event.segment().get(ValueLayout.JAVA_BYTE, offset);
    }

    int severity() {
        return priority & 7;
    }

    int facility() {
        return priority >>> 3;
    }

    String severityName() {
        return SEVERITIES[severity()];
    }

    String facilityName() {
        return facility() < FACILITIES.length ? FACILITIES[facility()] : "<NA>";
    }

    void message(EventContext context, FieldValue out) {
        out.setBytes(context.event().segment(), messageOffset, messageLength);
    }

    /** Adds what {@code evt.info} shows instead of arguments. */
    void write(EventContext context, OutputBuffer out) {
        out.ascii("syslog sev=");
        out.ascii(severityName());
        out.ascii(" msg=");
        out.append(context.event().segment(), messageOffset, messageLength);
    }
}
