package org.syscope.capture.state;

import org.syscope.capture.event.Text;

/**
 * One open file descriptor of a process. A plain holder: the state, the capture file reader and the /proc scan write its
 * fields, everybody else only reads.
 *
 * <p>Addresses are numbers in network order: 1.2.3.4 is 0x01020304, {@code ::1} is high 0, low 1. The four address words
 * hold by type:
 *
 * <pre>
 *  type           sourceHigh  sourceLow        destinationHigh  destinationLow
 *  IPV4           0           address, 32 bit  0                address, 32 bit
 *  IPV4_SERVER    0           bound address    0                0
 *  IPV6           bits 0-63   bits 64-127      bits 0-63        bits 64-127
 *  IPV6_SERVER    the bound address            0                0
 *  UNIX           0           kernel pointer   0                kernel pointer of the peer
 * </pre>
 *
 * <p>For IP sockets source is the client and destination the server as soon as {@link #role()} is known, before that
 * source is the local end.
 */
public final class FdInfo {

    /** {@link #l4proto}: not known. */
    public static final byte L4_UNKNOWN = 0;
    /** {@link #l4proto}: not an IP socket. */
    public static final byte L4_NONE = 1;
    /** {@link #l4proto}. */
    public static final byte L4_TCP = 2;
    /** {@link #l4proto}. */
    public static final byte L4_UDP = 3;
    /** {@link #l4proto}. */
    public static final byte L4_ICMP = 4;
    /** {@link #l4proto}. */
    public static final byte L4_RAW = 5;

    static final int ROLE_CLIENT = 1;
    static final int ROLE_SERVER = 1 << 1;
    static final int CONNECTED = 1 << 2;
    static final int CLOEXEC = 1 << 3;
    static final int UPPER_LAYER = 1 << 4;
    static final int LOWER_LAYER = 1 << 5;
    static final int CONNECTION_PENDING = 1 << 6;
    static final int CONNECTION_FAILED = 1 << 7;
    /** More than one table holds this entry. */
    static final int SHARED = 1 << 8;

    /** What it is open on. */
    public FdType type = FdType.UNKNOWN;
    /** The name as {@code fd.name} shows it; empty for pipes, eventfds and the like. */
    public Text name = Text.EMPTY;
    /** The path as the call gave it, before it was made absolute; empty if not known. */
    public Text rawName = Text.EMPTY;
    /** Flags of the open call, PPM_O_*; 0 if not known. */
    public int openFlags;
    /** Device number of the file; 0 if not known. */
    public int dev;
    /** Inode number; 0 if not known. */
    public long ino;
    /** The process a pidfd stands for; 0 for other types and if not known. */
    public long pidfdPid;
    /** Source address or pointer, see above. */
    public long sourceHigh;
    /** Source address or pointer, see above. */
    public long sourceLow;
    /** Destination address or pointer, see above. */
    public long destinationHigh;
    /** Destination address or pointer, see above. */
    public long destinationLow;
    /** Source port, 0 to 65535; of a server socket the bound port. */
    public int sourcePort;
    /** Destination port, 0 to 65535. */
    public int destinationPort;
    /** Transport protocol, one of the L4 constants, the numbers of capture files. */
    public byte l4proto;

    /** When it was opened, ns since the epoch; 0 if it was there before. */
    long since;
    int bits;
    /** How many losses there had been when it was last checked; see {@link LossRepair}. */
    int checkedLosses;

    /** Who opened the connection of an IP socket. */
    public enum Role {
        /** Not known. */
        UNKNOWN,
        /** The process that holds this fd connected. */
        CLIENT,
        /** The process that holds this fd accepted, or is bound. */
        SERVER
    }

    /** An fd of type {@link FdType#UNKNOWN}. */
    public FdInfo() {
    }

    /** An fd of that type. */
    public FdInfo(FdType type) {
        this.type = type;
    }

    /** A copy that shares nothing that can change. */
    public FdInfo copy() {
        FdInfo copy = new FdInfo(type);
        copy.name = name;
        copy.rawName = rawName;
        copy.openFlags = openFlags;
        copy.dev = dev;
        copy.ino = ino;
        copy.pidfdPid = pidfdPid;
        copy.sourceHigh = sourceHigh;
        copy.sourceLow = sourceLow;
        copy.destinationHigh = destinationHigh;
        copy.destinationLow = destinationLow;
        copy.sourcePort = sourcePort;
        copy.destinationPort = destinationPort;
        copy.l4proto = l4proto;
        copy.since = since;
        copy.checkedLosses = checkedLosses;
        copy.bits = bits & ~SHARED;
        return copy;
    }

    /** Source IPv4 address, 1.2.3.4 as 0x01020304; of a server socket the bound address. */
    public int sourceIpv4() {
        return (int) sourceLow;
    }

    /** Destination IPv4 address, 1.2.3.4 as 0x01020304. */
    public int destinationIpv4() {
        return (int) destinationLow;
    }

    /** Sets both ends of an IPv4 socket; addresses as {@link #sourceIpv4()}. */
    public void ipv4(int source, int port, int destination, int peerPort) {
        sourceHigh = 0;
        sourceLow = Integer.toUnsignedLong(source);
        sourcePort = port;
        destinationHigh = 0;
        destinationLow = Integer.toUnsignedLong(destination);
        destinationPort = peerPort;
    }

    /** Whether the process is the client or the server of the connection. */
    public Role role() {
        if (is(ROLE_CLIENT)) {
            return Role.CLIENT;
        }
        return is(ROLE_SERVER) ? Role.SERVER : Role.UNKNOWN;
    }

    /** Sets the role. */
    public void role(Role value) {
        set(ROLE_CLIENT, value == Role.CLIENT);
        set(ROLE_SERVER, value == Role.SERVER);
    }

    /** Whether connect or accept succeeded. */
    public boolean connected() {
        return is(CONNECTED);
    }

    /** Whether an exec closes it. */
    public boolean cloexec() {
        return is(CLOEXEC);
    }

    /** Sets whether an exec closes it. */
    public void cloexec(boolean value) {
        set(CLOEXEC, value);
    }

    /** Whether the file comes from the upper layer of an overlay file system. */
    public boolean upperLayer() {
        return is(UPPER_LAYER);
    }

    /** Whether the file comes from a lower layer of an overlay file system. */
    public boolean lowerLayer() {
        return is(LOWER_LAYER);
    }

    boolean is(int bit) {
        return (bits & bit) != 0;
    }

    void set(int bit, boolean value) {
        bits = value ? bits | bit : bits & ~bit;
    }

    /** Exchanges source and destination. */
    void swapEnds() {
        long high = sourceHigh;
        long low = sourceLow;
        int port = sourcePort;
        sourceHigh = destinationHigh;
        sourceLow = destinationLow;
        sourcePort = destinationPort;
        destinationHigh = high;
        destinationLow = low;
        destinationPort = port;
    }

    @Override
    public String toString() {
        return type + " " + name;
    }
}
