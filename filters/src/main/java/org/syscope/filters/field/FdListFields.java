package org.syscope.filters.field;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.OutputBuffer;

/** The fds that a poll call waits for, joined by commas; what an fd does not have is left out. */
final class FdListFields extends TableFamily {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int ENTRY = 10;

    FdListFields(FieldRows rows) {
        super("fdlist", rows);
    }

    /** Adds one fd's part; adds nothing if there is none. */
    @FunctionalInterface
    private interface Part {
        void append(long number, FdInfo fd, OutputBuffer out);
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        return switch (info.name()) {
            case "fdlist.nums" -> field(info, (number, fd, out) -> out.decimal(number));
            case "fdlist.names" -> field(info, (number, fd, out) -> {
                if (fd == null || fd.name.isEmpty()) {
                    out.ascii("<NA>");
                } else {
                    out.append(fd.name.array());
                }
            });
            case "fdlist.cips" -> field(info, (number, fd, out) -> address(fd, true, out));
            case "fdlist.sips" -> field(info, (number, fd, out) -> address(fd, false, out));
            case "fdlist.cports" -> field(info, (number, fd, out) -> port(fd, true, out));
            case "fdlist.sports" -> field(info, (number, fd, out) -> port(fd, false, out));
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    private static Field field(FieldInfo info, Part part) {
        OutputBuffer buffer = new OutputBuffer();
        return new BoundField(info, null, (c, out) -> {
            buffer.clear();
            collect(c, part, buffer);
            out.setBytes(buffer.array(), 0, buffer.length());
            return buffer.length() > 0;
        }).only((code, call) -> list(code) >= 0).cost(100);
    }

    private static int list(int code) {
        if (EventType.known(code)) {
            EventType type = EventType.of(code);
            for (int i = 0; i < type.parameterCount(); i++) {
                if (type.parameter(i).type() == ParameterType.FDLIST) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static void collect(EventContext context, Part part, OutputBuffer out) {
        int index = list(context.eventCode());
        Event event = context.event();
        ThreadInfo thread = context.state().thread();
        int length = index < 0 ? 0 : event.parameterLength(index);
        if (thread == null || length < 2) {
            return;
        }
        long at = event.parameterOffset(index);
        int count = Math.min(Short.toUnsignedInt(event.segment().get(U16, at)), (length - 2) / ENTRY);
        for (int i = 0; i < count; i++) {
            long number = event.segment().get(I64, at + 2 + (long) i * ENTRY);
            int before = out.length();
            if (before > 0) {
                out.append(',');
            }
            int start = out.length();
            part.append(number, thread.fd(number), out);
            if (out.length() == start) {
                out.truncate(before);
            }
        }
    }

    private static void address(FdInfo fd, boolean client, OutputBuffer out) {
        if (fd == null || !fd.type.isInet() || client && fd.type.isServer()) {
            return;
        }
        boolean source = client || fd.type.isServer();
        if (fd.type.isIpv4()) {
            AddressText.ipv4(out, source ? fd.sourceIpv4() : fd.destinationIpv4());
        } else {
            AddressText.ipv6(out, source ? fd.sourceHigh : fd.destinationHigh, source ? fd.sourceLow : fd.destinationLow);
        }
    }

    private static void port(FdInfo fd, boolean client, OutputBuffer out) {
        if (fd != null && fd.type.isInet() && !(client && fd.type.isServer())) {
            out.unsigned(client || fd.type.isServer() ? fd.sourcePort : fd.destinationPort);
        }
    }
}
