package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.Text;

/** Makes the names of sockets; gives the old name back where it says the same, so that a busy socket allocates nothing. */
final class SocketNames {

    private static final Text UNKNOWN = Text.of("<unknown>");
    /** A socket address or tuple of 64 KiB cannot be a path: names are cut there. */
    private static final int MAX_PATH = 4096;

    private final byte[] buffer = new byte[MAX_PATH + 64];

    /** The name of an IP socket by its addresses; other types keep theirs. */
    Text of(FdInfo fd) {
        return switch (fd.type) {
            case IPV4, IPV6 -> connection(fd);
            case IPV4_SERVER, IPV6_SERVER -> take(endpoint(0, fd.type.isIpv6(), fd.sourceHigh, fd.sourceLow, fd.sourcePort),
                    fd.name);
            default -> fd.name;
        };
    }

    private Text connection(FdInfo fd) {
        boolean ports = fd.l4proto == FdInfo.L4_TCP || fd.l4proto == FdInfo.L4_UDP;
        if (!ports && fd.l4proto != FdInfo.L4_ICMP && fd.l4proto != FdInfo.L4_RAW) {
            return UNKNOWN;
        }
        boolean v6 = fd.type == FdType.IPV6 && !(AddressText.isMapped(fd.sourceHigh, fd.sourceLow)
                && AddressText.isMapped(fd.destinationHigh, fd.destinationLow));
        int at = endpoint(0, v6, fd.sourceHigh, fd.sourceLow, ports ? fd.sourcePort : -1);
        at = arrow(at);
        return take(endpoint(at, v6, fd.destinationHigh, fd.destinationLow, ports ? fd.destinationPort : -1), fd.name);
    }

    /** The name of a unix socket: both kernel pointers, and the path at {@code offset}. */
    Text unix(FdInfo fd, MemorySegment segment, long offset, int length) {
        int at = AddressText.hex(buffer, 0, fd.sourceLow);
        at = arrow(at);
        at = AddressText.hex(buffer, at, fd.destinationLow);
        buffer[at++] = ' ';
        int n = Math.min(length, MAX_PATH);
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, buffer, at, n);
        return take(at + n, fd.name);
    }

    /** One end, {@code ip:port}. */
    Text end(boolean v6, long high, long low, int port, Text old) {
        boolean six = v6 && !AddressText.isMapped(high, low);
        return take(endpoint(0, six, high, low, port), old);
    }

    /** A string in an event, or {@code old} if it is the same. */
    Text path(Event event, long offset, int length, Text old) {
        return old.contentEquals(event.segment(), offset, length) ? old : Text.copyOf(event.segment(), offset, length);
    }

    private int arrow(int at) {
        buffer[at] = '-';
        buffer[at + 1] = '>';
        return at + 2;
    }

    private int endpoint(int at, boolean v6, long high, long low, int port) {
        int next = v6 ? AddressText.ipv6(buffer, at, high, low) : AddressText.ipv4(buffer, at, (int) low);
        if (port >= 0) {
            buffer[next++] = ':';
            next = AddressText.decimal(buffer, next, port);
        }
        return next;
    }

    private Text take(int length, Text old) {
        byte[] bytes = old.array();
        if (bytes.length == length && Arrays.equals(bytes, 0, length, buffer, 0, length)) {
            return old;
        }
        return Text.copyOf(buffer, 0, length);
    }
}
