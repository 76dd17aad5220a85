package org.syscope.filters.field;

import org.syscope.capture.event.EventFlag;

/** The message that an event writes to the system log. */
final class SyslogFields extends TableFamily {

    SyslogFields(FieldRows rows) {
        super("syslog", rows);
    }

    @FunctionalInterface
    private interface MessageGetter {
        boolean get(SyslogMessage message, EventContext context, FieldValue out);
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "syslog.facility.str" -> field(info, (message, c, out) -> ascii(out, message.facilityName()));
            case "syslog.facility" -> field(info, (message, c, out) -> number(out, message.facility()));
            case "syslog.severity.str" -> field(info, (message, c, out) -> ascii(out, message.severityName()));
            case "syslog.severity" -> field(info, (message, c, out) -> number(out, message.severity()));
            case "syslog.message" -> field(info, (message, c, out) -> {
                message.message(c, out);
                return true;
            });
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private static Field field(FieldInfo info, MessageGetter getter) {
        SyslogMessage message = new SyslogMessage();
        return new BoundField(info, null, (c, out) -> message.read(c) && getter.get(message, c, out))
                .only((code, call) -> EventKinds.isExit(code)
                        && EventKinds.is(code, EventFlag.WRITES_TO_FD));
    }
}
