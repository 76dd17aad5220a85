package org.syscope.capture.state;

import java.util.ArrayList;
import java.util.List;
import org.syscope.capture.event.Text;

/** The machine's network interfaces, by which the local end of a connection is told from the remote one. */
public final class InterfaceTable {

    private static final int LOOPBACK_NET = 127;

    private final List<Ipv4> ipv4 = new ArrayList<>();
    private final List<Ipv6> ipv6 = new ArrayList<>();

    /**
     * An IPv4 address of an interface; numbers as 1.2.3.4 = 0x01020304.
     *
     * @param name the interface
     * @param address its address
     * @param netmask its netmask
     * @param broadcast its broadcast address, 0 if there is none
     * @param linkSpeed bits per second, 0 if not known
     */
    public record Ipv4(Text name, int address, int netmask, int broadcast, long linkSpeed) {
    }

    /**
     * An IPv6 address of an interface; each as two halves, the first 64 bits in the high one.
     *
     * @param name the interface
     * @param high first half of its address
     * @param low second half of its address
     * @param netmaskHigh first half of its netmask
     * @param netmaskLow second half of its netmask
     * @param broadcastHigh first half of what the file has as broadcast address
     * @param broadcastLow second half of what the file has as broadcast address
     * @param linkSpeed bits per second, 0 if not known
     */
    public record Ipv6(Text name, long high, long low, long netmaskHigh, long netmaskLow, long broadcastHigh,
            long broadcastLow, long linkSpeed) {
    }

    /** Adds an IPv4 address. */
    public void add(Ipv4 address) {
        ipv4.add(address);
    }

    /** Adds an IPv6 address. */
    public void add(Ipv6 address) {
        ipv6.add(address);
    }

    /** All IPv4 addresses, in the order they were added. */
    public List<Ipv4> ipv4() {
        return ipv4;
    }

    /** All IPv6 addresses, in the order they were added. */
    public List<Ipv6> ipv6() {
        return ipv6;
    }

    /** Whether an IPv4 address (1.2.3.4 = 0x01020304) is this machine's: 127.0.0.0/8 or an interface's. */
    public boolean isLocal(int address) {
        if (address >>> 24 == LOOPBACK_NET) {
            return true;
        }
        for (int i = 0; i < ipv4.size(); i++) {
            if (ipv4.get(i).address() == address) {
                return true;
            }
        }
        return false;
    }

    /** Whether an IPv4 address lies in the network of an interface, or is this machine's. */
    public boolean isInSubnet(int address) {
        for (int i = 0; i < ipv4.size(); i++) {
            Ipv4 own = ipv4.get(i);
            if ((address & own.netmask()) == (own.address() & own.netmask())) {
                return true;
            }
        }
        return isLocal(address);
    }

    /** Whether an IPv6 address is this machine's: {@code ::1} or an interface's. */
    public boolean isLocal(long high, long low) {
        if (high == 0 && low == 1) {
            return true;
        }
        for (int i = 0; i < ipv6.size(); i++) {
            if (ipv6.get(i).high() == high && ipv6.get(i).low() == low) {
                return true;
            }
        }
        return false;
    }

    /**
     * Replaces an end of a connection that is not known (0.0.0.0 or {@code ::}) by the address that this machine most
     * likely used: the other end itself if it is local, an interface in the same network, or the first that is not the
     * loopback.
     */
    void fillMissingEnd(FdInfo fd) {
        boolean noSource = fd.sourceHigh == 0 && fd.sourceLow == 0;
        boolean noDestination = fd.destinationHigh == 0 && fd.destinationLow == 0;
        if (!noSource && !noDestination) {
            return;
        }
        long high = noSource ? fd.destinationHigh : fd.sourceHigh;
        long low = noSource ? fd.destinationLow : fd.sourceLow;
        long ownHigh = 0;
        long ownLow = 0;
        if (fd.type == FdType.IPV4) {
            ownLow = Integer.toUnsignedLong(nearest((int) low));
        } else if (fd.type == FdType.IPV6) {
            Ipv6 own = nearest(high, low);
            ownHigh = own == null ? 0 : own.high();
            ownLow = own == null ? 0 : own.low();
        } else {
            return;
        }
        if (ownHigh == high && ownLow == low && fd.sourcePort == fd.destinationPort) {
            return;
        }
        if (noSource) {
            fd.sourceHigh = ownHigh;
            fd.sourceLow = ownLow;
        } else {
            fd.destinationHigh = ownHigh;
            fd.destinationLow = ownLow;
        }
    }

    private int nearest(int address) {
        for (Ipv4 own : ipv4) {
            if (own.address() == address) {
                return address;
            }
        }
        for (Ipv4 own : ipv4) {
            if ((own.address() & own.netmask()) == (address & own.netmask())) {
                return own.address();
            }
        }
        for (Ipv4 own : ipv4) {
            if (own.address() >>> 24 != LOOPBACK_NET) {
                return own.address();
            }
        }
        return 0;
    }

    private Ipv6 nearest(long high, long low) {
        for (Ipv6 own : ipv6) {
            if (own.high() == high && own.low() == low) {
                return own;
            }
        }
        for (Ipv6 own : ipv6) {
            boolean inNetwork = (own.high() & own.netmaskHigh()) == (high & own.netmaskHigh())
                    && (own.low() & own.netmaskLow()) == (low & own.netmaskLow());
            if (inNetwork) {
                return own;
            }
        }
        for (Ipv6 own : ipv6) {
            if (own.high() != 0 || own.low() != 1) {
                return own;
            }
        }
        return null;
    }

    /** Forgets all interfaces. */
    public void clear() {
        ipv4.clear();
        ipv6.clear();
    }
}
