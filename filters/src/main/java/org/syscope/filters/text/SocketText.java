package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;

/**
 * Socket addresses and tuples of event parameters, and names of sockets, as text. On the wire, addresses in network
 * order, ports and pointers little endian:
 *
 * <pre>
 *  family     address                          tuple
 *  1  unix    | 1 | path NUL                   | 1 | source 8 | destination 8 | path NUL
 *  2  IPv4    | 2 | address 4  | port 2        | 2 | address 4  | port 2 | address 4  | port 2
 *  10 IPv6    | 10| address 16 | port 2        | 10| address 16 | port 2 | address 16 | port 2
 * </pre>
 */
public final class SocketText {

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;

    private final ServiceNames services;
    private final HostNames hosts;

    SocketText(ServiceNames services, HostNames hosts) {
        this.services = services;
        this.hosts = hosts;
    }

    /**
     * The transport protocol of a socket as it is shown: of a connection only once it is known who opened it.
     *
     * @return one of the L4 constants of {@link FdInfo}
     */
    public static int protocol(FdInfo fd) {
        return fd.type.isServer() || fd.type.isInet() && fd.role() != FdInfo.Role.UNKNOWN ? fd.l4proto : FdInfo.L4_NONE;
    }

    /** Adds a SOCKADDR parameter of at least one byte; only the path of a unix socket can hold unprintable bytes. */
    void address(OutputBuffer out, MemorySegment source, long at, int length, int l4proto) {
        int family = source.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        switch (family) {
            case UNIX -> path(out, source, at + 1, length - 1);
            case INET -> {
                if (length == 7) {
                    ipv4(out, AddressText.ipv4At(source, at + 1));
                    port(out, source, at + 5, l4proto);
                } else {
                    out.ascii("INVALID IPv4");
                }
            }
            case INET6 -> {
                if (length == 19) {
                    ipv6(out, AddressText.halfAt(source, at + 1), AddressText.halfAt(source, at + 9));
                    port(out, source, at + 17, l4proto);
                } else {
                    out.ascii("INVALID IPv6");
                }
            }
            default -> {
                out.ascii("family ");
                out.unsigned(family);
            }
        }
    }

    /** Adds a SOCKTUPLE parameter of at least one byte. */
    void tuple(OutputBuffer out, MemorySegment source, long at, int length, int l4proto) {
        int family = source.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
        switch (family) {
            case UNIX -> {
                if (length < 17) {
                    out.ascii("INVALID PATH");
                    return;
                }
                out.hexLower(source.get(U64, at + 1), 1);
                out.ascii("->");
                out.hexLower(source.get(U64, at + 9), 1);
                out.append(' ');
                path(out, source, at + 17, length - 17);
            }
            case INET -> {
                if (length != 13) {
                    out.ascii("INVALID IPv4");
                    return;
                }
                ipv4(out, AddressText.ipv4At(source, at + 1));
                port(out, source, at + 5, l4proto);
                out.ascii("->");
                ipv4(out, AddressText.ipv4At(source, at + 7));
                port(out, source, at + 11, l4proto);
            }
            case INET6 -> {
                if (length != 37) {
                    out.ascii("INVALID IPv6");
                    return;
                }
                inet6Tuple(out, source, at, l4proto);
            }
            default -> {
                out.ascii("family ");
                out.unsigned(family);
            }
        }
    }

    private void inet6Tuple(OutputBuffer out, MemorySegment source, long at, int l4proto) {
        long high = AddressText.halfAt(source, at + 1);
        long low = AddressText.halfAt(source, at + 9);
        long peerHigh = AddressText.halfAt(source, at + 19);
        long peerLow = AddressText.halfAt(source, at + 27);
        boolean mapped = AddressText.isMapped(high, low) && AddressText.isMapped(peerHigh, peerLow);
        if (mapped) {
            ipv4(out, (int) low);
        } else {
            ipv6(out, high, low);
        }
        port(out, source, at + 17, l4proto);
        out.ascii("->");
        if (mapped) {
            ipv4(out, (int) peerLow);
        } else {
            ipv6(out, peerHigh, peerLow);
        }
        port(out, source, at + 35, l4proto);
    }

    /** Adds the name of an fd: as the state keeps it, or put together anew where ports or hosts have names. */
    void name(OutputBuffer out, FdInfo fd) {
        boolean transport = fd.l4proto == FdInfo.L4_TCP || fd.l4proto == FdInfo.L4_UDP;
        if (services == null && hosts == HostNames.NONE || fd.name.isEmpty() || !fd.type.isInet() || !transport) {
            out.append(fd.name.array());
            return;
        }
        end(out, fd.type, fd.sourceHigh, fd.sourceLow);
        port(out, fd.sourcePort, fd.l4proto);
        if (!fd.type.isServer()) {
            out.ascii("->");
            end(out, fd.type, fd.destinationHigh, fd.destinationLow);
            port(out, fd.destinationPort, fd.l4proto);
        }
    }

    private void end(OutputBuffer out, FdType type, long high, long low) {
        if (type.isIpv4()) {
            ipv4(out, (int) low);
        } else {
            ipv6(out, high, low);
        }
    }

    private void ipv4(OutputBuffer out, int address) {
        Text name = hosts.name(true, 0, Integer.toUnsignedLong(address));
        if (name == null) {
            AddressText.ipv4(out, address);
        } else {
            out.append(name.array());
        }
    }

    private void ipv6(OutputBuffer out, long high, long low) {
        Text name = hosts.name(false, high, low);
        if (name == null) {
            AddressText.ipv6(out, high, low);
        } else {
            out.append(name.array());
        }
    }

    private void port(OutputBuffer out, MemorySegment source, long at, int l4proto) {
        port(out, Short.toUnsignedInt(source.get(U16, at)), l4proto);
    }

    private void port(OutputBuffer out, int port, int l4proto) {
        out.append(':');
        Text name = services == null ? null : services.name(port, l4proto);
        if (name == null) {
            out.unsigned(port);
        } else {
            out.append(name.array());
        }
    }

    private static void path(OutputBuffer out, MemorySegment source, long at, int length) {
        int n = 0;
        while (n < length && source.get(ValueLayout.JAVA_BYTE, at + n) != 0) {
            n++;
        }
        out.append(source, at, n);
    }
}
