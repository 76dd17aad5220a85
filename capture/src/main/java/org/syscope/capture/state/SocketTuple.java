package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;

/**
 * Both ends of an IP connection as a SOCKTUPLE parameter gives them; read for one event, then given to an fd. Ports are in
 * the machine's order, addresses in network order:
 *
 * <pre>
 *  family u8 = 2   | ip 4, port 2 | ip 4, port 2
 *  family u8 = 10  | ip 16, port 2 | ip 16, port 2
 * </pre>
 */
final class SocketTuple {

    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt IP4 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong IP6 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TUPLE_IPV4 = 13;
    private static final int TUPLE_IPV6 = 37;

    private FdType type;
    private long sourceHigh;
    private long sourceLow;
    private long destinationHigh;
    private long destinationLow;
    private int sourcePort;
    private int destinationPort;

    /** Reads an IP tuple into this object's fields; false if it is of another family or too short. */
    boolean read(Event event, int parameter) {
        return read(event.segment(), event.parameterOffset(parameter), event.parameterLength(parameter));
    }

    /** The same from {@code length} bytes at a place. */
    boolean read(MemorySegment segment, long at, int length) {
        int family = length == 0 ? 0 : segment.get(ValueLayout.JAVA_BYTE, at);
        if (family == AF_INET && length >= TUPLE_IPV4) {
            type = FdType.IPV4;
            sourceHigh = 0;
            sourceLow = Integer.toUnsignedLong(segment.get(IP4, at + 1));
            sourcePort = port(segment, at + 5);
            destinationHigh = 0;
            destinationLow = Integer.toUnsignedLong(segment.get(IP4, at + 7));
            destinationPort = port(segment, at + 11);
            return true;
        }
        if (family != AF_INET6 || length < TUPLE_IPV6) {
            return false;
        }
        sourceHigh = segment.get(IP6, at + 1);
        sourceLow = segment.get(IP6, at + 9);
        sourcePort = port(segment, at + 17);
        destinationHigh = segment.get(IP6, at + 19);
        destinationLow = segment.get(IP6, at + 27);
        destinationPort = port(segment, at + 35);
        type = FdType.IPV6;
        if (AddressText.isMapped(sourceHigh, sourceLow) && AddressText.isMapped(destinationHigh, destinationLow)) {
            type = FdType.IPV4;
            sourceLow &= 0xffff_ffffL;
            destinationLow &= 0xffff_ffffL;
        }
        return true;
    }

    /** Gives a new socket the tuple that was read last. */
    void copyTo(FdInfo info) {
        info.type = type;
        info.sourceHigh = sourceHigh;
        info.sourceLow = sourceLow;
        info.sourcePort = sourcePort;
        info.destinationHigh = destinationHigh;
        info.destinationLow = destinationLow;
        info.destinationPort = destinationPort;
    }

    /**
     * Gives a socket the ends of the tuple read last.
     *
     * @param overwrite whether a destination that is known already is replaced
     * @return false if nothing changes, the ends in reverse order included
     */
    boolean apply(FdInfo info, boolean overwrite) {
        if (info.type == type) {
            boolean same = info.sourceHigh == sourceHigh && info.sourceLow == sourceLow && info.sourcePort == sourcePort
                    && info.destinationHigh == destinationHigh && info.destinationLow == destinationLow
                    && info.destinationPort == destinationPort;
            boolean reversed = info.sourceHigh == destinationHigh && info.sourceLow == destinationLow
                    && info.sourcePort == destinationPort && info.destinationHigh == sourceHigh
                    && info.destinationLow == sourceLow && info.destinationPort == sourcePort;
            if (same || reversed) {
                return false;
            }
        }
        become(info, type);
        info.sourceHigh = sourceHigh;
        info.sourceLow = sourceLow;
        info.sourcePort = sourcePort;
        if (overwrite || info.destinationHigh == 0 && info.destinationLow == 0) {
            info.destinationHigh = destinationHigh;
            info.destinationLow = destinationLow;
        }
        if (overwrite || info.destinationPort == 0) {
            info.destinationPort = destinationPort;
        }
        return true;
    }

    /** Changes the type of a socket; the address of an IPv6 socket that turns out to talk IPv4 loses its prefix. */
    static void become(FdInfo info, FdType type) {
        if (info.type == FdType.IPV6 && type == FdType.IPV4 || info.type == FdType.IPV6_SERVER && type == FdType.IPV4) {
            info.sourceHigh = 0;
            info.sourceLow &= 0xffff_ffffL;
        }
        info.type = type;
    }

    /** The port at a place. */
    static int port(MemorySegment segment, long at) {
        return Short.toUnsignedInt(segment.get(I16, at));
    }
}
