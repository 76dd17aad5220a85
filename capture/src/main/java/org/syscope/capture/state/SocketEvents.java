package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;

/**
 * Calls on sockets: who talks to whom, and who began. Addresses come as parameters of two shapes, ports in the machine's
 * order, addresses in network order:
 *
 * <pre>
 *  SOCKADDR   family u8 | IPv4: ip 4, port 2 | IPv6: ip 16, port 2 | unix: path, NUL
 *  SOCKTUPLE  family u8 | IPv4: ip 4, port 2, ip 4, port 2 | IPv6: ip 16, port 2, ip 16, port 2
 *                       | unix: source u64, destination u64, path, NUL
 * </pre>
 */
final class SocketEvents {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt IP4 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong IP6 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int ADDRESS_IPV4 = 7;
    private static final int ADDRESS_IPV6 = 19;
    private static final int TUPLE_UNIX = 17;

    private static final int SOCK_TYPE_MASK = 0xff;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int IPPROTO_RAW = 255;

    private static final long EINPROGRESS = -115;
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;
    private static final int CMSG_HEAD = 16;

    private final SystemState state;
    private final SocketNames names = new SocketNames();

    private final SocketTuple tuple = new SocketTuple();
    private final ReceivedFds received = new ReceivedFds(names);

    SocketEvents(SystemState state) {
        this.state = state;
    }

    /** Takes an enter event in. */
    void enter(Event event, int code) {
        switch (code) {
            case EventCodes.PPME_SOCKET_CONNECT_E -> connecting(event);
            case EventCodes.PPME_SOCKET_SENDTO_E, EventCodes.PPME_SOCKET_SENDMSG_E -> {
                if (state.fd() == null) {
                    assumeUdp(event, EventShape.tupleParameter(code));
                }
            }
            default -> {
            }
        }
    }

    /** Takes an exit event in; false if it is none of those. */
    boolean exit(Event event, int code) {
        switch (code) {
            case EventCodes.PPME_SYSCALL_READ_X, EventCodes.PPME_SYSCALL_WRITE_X, EventCodes.PPME_SYSCALL_READV_X,
                    EventCodes.PPME_SYSCALL_WRITEV_X, EventCodes.PPME_SYSCALL_PREAD_X, EventCodes.PPME_SYSCALL_PWRITE_X,
                    EventCodes.PPME_SYSCALL_PREADV_X, EventCodes.PPME_SYSCALL_PWRITEV_X -> transferred(event);
            case EventCodes.PPME_SOCKET_RECV_X, EventCodes.PPME_SOCKET_RECVFROM_X -> {
                transferred(event);
                talked(event, code, true);
            }
            case EventCodes.PPME_SOCKET_RECVMMSG_X -> {
                transferred(event);
                talked(event, code, true);
                receivedFds(event, 5);
            }
            case EventCodes.PPME_SOCKET_RECVMSG_X -> {
                transferred(event);
                talked(event, code, true);
                receivedFds(event, 4);
            }
            case EventCodes.PPME_SOCKET_SEND_X, EventCodes.PPME_SOCKET_SENDTO_X, EventCodes.PPME_SOCKET_SENDMSG_X,
                    EventCodes.PPME_SOCKET_SENDMMSG_X -> {
                transferred(event);
                talked(event, code, false);
            }
            case EventCodes.PPME_SOCKET_SOCKET_X -> socket(event);
            case EventCodes.PPME_SOCKET_SOCKETPAIR_X -> socketpair(event);
            case EventCodes.PPME_SOCKET_BIND_X -> bind(event);
            case EventCodes.PPME_SOCKET_CONNECT_X -> connected(event);
            case EventCodes.PPME_SOCKET_ACCEPT_X, EventCodes.PPME_SOCKET_ACCEPT_5_X, EventCodes.PPME_SOCKET_ACCEPT4_X,
                    EventCodes.PPME_SOCKET_ACCEPT4_5_X, EventCodes.PPME_SOCKET_ACCEPT4_6_X -> accepted(event, code);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void socket(Event event) {
        long number = event.signed(0, -1);
        if (state.thread() == null || number < 0 || !event.has(1) && state.enterEvent() == null) {
            return;
        }
        int type = (int) state.number(2, 1, 0);
        FdInfo info = add(number, (int) state.number(1, 0, 0), type, (int) state.number(3, 2, 0));
        int flags = (int) event.unsigned(4, 0);
        info.openFlags = flags;
        info.cloexec((flags & FileEvents.O_CLOEXEC) != 0 || (type & FileEvents.KERNEL_CLOEXEC) != 0);
    }

    private FdInfo add(long number, int domain, int type, int protocol) {
        FdInfo info = new FdInfo();
        switch (domain) {
            case AF_UNIX -> info.type = FdType.UNIX;
            case AF_INET, AF_INET6 -> {
                info.type = domain == AF_INET ? FdType.IPV4 : FdType.IPV6;
                info.l4proto = l4proto(type & SOCK_TYPE_MASK, protocol);
            }
            case AF_NETLINK -> info.type = FdType.NETLINK;
            default -> {
            }
        }
        return state.open(number, info);
    }

    static byte l4proto(int type, int protocol) {
        boolean raw = type == SOCK_RAW;
        return switch (protocol) {
            case IPPROTO_TCP -> raw ? FdInfo.L4_RAW : FdInfo.L4_TCP;
            case IPPROTO_UDP -> raw ? FdInfo.L4_RAW : FdInfo.L4_UDP;
            case IPPROTO_ICMP, IPPROTO_ICMPV6 -> raw ? FdInfo.L4_RAW : FdInfo.L4_ICMP;
            case IPPROTO_RAW -> FdInfo.L4_RAW;
            case IPPROTO_IP -> switch (type) {
                case SOCK_STREAM -> FdInfo.L4_TCP;
                case SOCK_DGRAM -> FdInfo.L4_UDP;
                default -> FdInfo.L4_UNKNOWN;
            };
            default -> FdInfo.L4_UNKNOWN;
        };
    }

    private void socketpair(Event event) {
        long first = event.signed(1, -1);
        long second = event.signed(2, -1);
        if (state.thread() == null || event.signed(0, -1) < 0 || first == second || first < 0 || second < 0) {
            return;
        }
        boolean cloexec = (state.number(6, 1, 0) & FileEvents.KERNEL_CLOEXEC) != 0;
        FdInfo other = new FdInfo(FdType.UNIX);
        other.sourceLow = event.unsigned(3, 0);
        other.destinationLow = event.unsigned(4, 0);
        other.cloexec(cloexec);
        state.open(second, other.copy());
        state.open(first, other);
    }

    private void bind(Event event) {
        FdInfo info = state.ownFd();
        if (info == null || event.signed(0, -1) < 0 || !event.has(1)) {
            return;
        }
        MemorySegment segment = event.segment();
        long at = event.parameterOffset(1);
        int length = event.parameterLength(1);
        int family = segment.get(ValueLayout.JAVA_BYTE, at);
        if (family == AF_INET && length >= ADDRESS_IPV4) {
            int port = SocketTuple.port(segment, at + 5);
            long address = Integer.toUnsignedLong(segment.get(IP4, at + 1));
            info.name = names.end(false, 0, address, port, info.name);
            serve(info, FdType.IPV4_SERVER, 0, address, port);
        } else if (family == AF_INET6 && length >= ADDRESS_IPV6) {
            int port = SocketTuple.port(segment, at + 17);
            long high = segment.get(IP6, at + 1);
            long low = segment.get(IP6, at + 9);
            info.name = names.end(true, high, low, port, info.name);
            if (AddressText.isMapped(high, low)) {
                serve(info, FdType.IPV4_SERVER, 0, low & 0xffff_ffffL, port);
            } else {
                serve(info, FdType.IPV6_SERVER, high, low, port);
            }
        } else if (family == AF_UNIX) {
            info.name = names.path(event, at + 1, stringLength(segment, at + 1, length - 1), info.name);
        }
    }

    /** A socket bound to a port other than 0 is taken for one that serves. */
    private static void serve(FdInfo info, FdType type, long high, long low, int port) {
        if (port > 0) {
            info.type = type;
            info.sourceHigh = high;
            info.sourceLow = low;
            info.sourcePort = port;
            info.destinationHigh = 0;
            info.destinationLow = 0;
            info.destinationPort = 0;
            info.role(FdInfo.Role.SERVER);
        }
    }

    private void connecting(Event event) {
        FdInfo info = state.ownFd();
        if (info == null) {
            return;
        }
        if (event.parameterCount() < 2) {
            if (info.type == FdType.IPV4 || info.type == FdType.IPV6) {
                info.destinationHigh = 0;
                info.destinationLow = 0;
                info.destinationPort = 0;
                info.name = names.of(info);
            } else if (info.type == FdType.UNIX) {
                info.name = state.nameOfUnknownAddress();
            }
        } else if (event.has(1)) {
            destination(info, event, 1, false);
        }
    }

    /** Takes the address that the caller wants to connect to. */
    private boolean destination(FdInfo info, Event event, int parameter, boolean rename) {
        MemorySegment segment = event.segment();
        long at = event.parameterOffset(parameter);
        int length = event.parameterLength(parameter);
        int family = segment.get(ValueLayout.JAVA_BYTE, at);
        if (family == AF_INET && length >= ADDRESS_IPV4) {
            SocketTuple.become(info, FdType.IPV4);
            info.destinationHigh = 0;
            info.destinationLow = Integer.toUnsignedLong(segment.get(IP4, at + 1));
            info.destinationPort = SocketTuple.port(segment, at + 5);
        } else if (family == AF_INET6 && length >= ADDRESS_IPV6) {
            long high = segment.get(IP6, at + 1);
            long low = segment.get(IP6, at + 9);
            boolean mapped = AddressText.isMapped(high, low);
            SocketTuple.become(info, mapped ? FdType.IPV4 : FdType.IPV6);
            info.destinationHigh = mapped ? 0 : high;
            info.destinationLow = mapped ? low & 0xffff_ffffL : low;
            info.destinationPort = SocketTuple.port(segment, at + 17);
        } else if (family == AF_UNIX) {
            info.name = names.path(event, at + 1, stringLength(segment, at + 1, length - 1), info.name);
            return true;
        } else {
            return false;
        }
        if (rename) {
            info.name = names.of(info);
        }
        return true;
    }

    private void connected(Event event) {
        FdInfo info = state.ownFd();
        long result = event.signed(0, -1);
        if (info == null || result < 0 && result != EINPROGRESS) {
            if (info != null) {
                info.set(FdInfo.CONNECTION_FAILED, true);
            }
            return;
        }
        info.set(FdInfo.CONNECTED, true);
        info.set(FdInfo.CONNECTION_PENDING, result == EINPROGRESS);
        info.set(FdInfo.CONNECTION_FAILED, false);
        if (!event.has(1)) {
            if (state.enterEvent() == null && event.has(3)) {
                destination(info, event, 3, true);
            }
            if (info.role() == FdInfo.Role.UNKNOWN && event.has(3)) {
                info.role(FdInfo.Role.CLIENT);
            }
            return;
        }
        // the address in the enter event is what was really asked for: memory may have changed until the exit
        Event entered = state.enterEvent();
        boolean keepDestination = entered != null && entered.has(1);
        if (tuple.read(event, 1)) {
            if (tuple.apply(info, !keepDestination) && info.role() == FdInfo.Role.SERVER && info.l4proto == FdInfo.L4_UDP) {
                info.swapEnds();
            }
            info.name = names.of(info);
        } else if (!unix(event, 1, info)) {
            return;
        }
        if (info.role() == FdInfo.Role.UNKNOWN) {
            info.role(FdInfo.Role.CLIENT);
        }
    }

    private boolean unix(Event event, int parameter, FdInfo info) {
        MemorySegment segment = event.segment();
        long at = event.parameterOffset(parameter);
        int length = event.parameterLength(parameter);
        if (segment.get(ValueLayout.JAVA_BYTE, at) != AF_UNIX || length < TUPLE_UNIX) {
            return false;
        }
        info.sourceLow = segment.get(I64, at + 1);
        info.destinationLow = segment.get(I64, at + 9);
        long path = at + TUPLE_UNIX;
        info.name = names.unix(info, segment, path, stringLength(segment, path, length - TUPLE_UNIX));
        return true;
    }

    private void accepted(Event event, int code) {
        long number = event.signed(0, -1);
        if (state.thread() == null || number < 0) {
            return;
        }
        if (!event.has(1)) {
            state.fd(number, state.thread().fd(number));
            state.thread().lastEventFd = number;
            return;
        }
        FdInfo info = new FdInfo();
        if (tuple.read(event, 1)) {
            tuple.copyTo(info);
            info.l4proto = FdInfo.L4_TCP;
            info.name = names.of(info);
        } else if (unix(event, 1, info)) {
            info.type = FdType.UNIX;
        } else {
            return;
        }
        info.role(FdInfo.Role.SERVER);
        info.set(FdInfo.CONNECTED, true);
        boolean flagged = code == EventCodes.PPME_SOCKET_ACCEPT4_6_X || code == EventCodes.PPME_SOCKET_ACCEPT4_5_X
                || code == EventCodes.PPME_SOCKET_ACCEPT4_X;
        long flags = flagged ? state.number(5, 0, 0) : 0;
        info.cloexec((flags & (FileEvents.KERNEL_CLOEXEC | FileEvents.O_CLOEXEC)) != 0);
        state.open(number, info);
    }

    private void transferred(Event event) {
        FdInfo info = state.fd();
        if (info != null && (info.type == FdType.IPV4 || info.type == FdType.IPV6) && !info.connected()
                && event.signed(0, -1) >= 0) {
            state.ownFd().set(FdInfo.CONNECTED, true);
        }
    }

    /** Data went over a socket: the message's tuple says between whom. */
    private void talked(Event event, int code, boolean incoming) {
        if (event.signed(0, -1) < 0) {
            return;
        }
        Event source = event;
        int parameter = EventShape.tupleParameter(code);
        if (!event.has(parameter)) {
            parameter = EventShape.tupleParameter(code - 1);
            source = parameter < 0 ? null : state.enterEvent();
            if (source == null || !source.has(parameter)) {
                return;
            }
        }
        if (state.fd() == null) {
            if (!incoming) {
                assumeUdp(source, parameter);
            }
            if (state.fd() == null) {
                return;
            }
        }
        if (!state.fd().name.isEmpty() && state.fd().l4proto == FdInfo.L4_TCP && state.fd().type.isInet()) {
            return;
        }
        FdInfo info = state.ownFd();
        if (!tuple.read(source, parameter)) {
            if (source.segment().get(ValueLayout.JAVA_BYTE, source.parameterOffset(parameter)) == AF_UNIX
                    && unix(source, parameter, info)) {
                info.type = FdType.UNIX;
            }
            return;
        }
        if (!tuple.apply(info, true)) {
            return;
        }
        if (info.l4proto == FdInfo.L4_UNKNOWN) {
            info.l4proto = FdInfo.L4_UDP;
        }
        state.interfaces().fillMissingEnd(info);
        if (info.role() == FdInfo.Role.UNKNOWN) {
            info.role(incoming ? FdInfo.Role.SERVER : FdInfo.Role.CLIENT);
        }
        if (info.role() == (incoming ? FdInfo.Role.CLIENT : FdInfo.Role.SERVER)) {
            info.swapEnds();
        }
        info.name = names.of(info);
    }

    /** A message to an IP address over an fd that nothing is known of: most likely UDP. */
    private void assumeUdp(Event event, int parameter) {
        long number = state.fdNumber();
        if (number < 0 || !event.has(parameter)) {
            return;
        }
        int family = event.segment().get(ValueLayout.JAVA_BYTE, event.parameterOffset(parameter));
        if (family == AF_INET || family == AF_INET6) {
            add(number, family, SOCK_DGRAM, IPPROTO_UDP);
        }
    }

    /** Fds that came in a message: the event tells what they are open on, or they are looked up in /proc, if there is one. */
    private void receivedFds(Event event, int parameter) {
        ThreadLookup lookup = state.lookup();
        ThreadInfo thread = state.thread();
        int length = event.parameterLength(parameter);
        if (thread == null || length < CMSG_HEAD || event.signed(0, -1) < 0) {
            return;
        }
        boolean told = received.begin(event);
        int last = -1;
        for (int number = told ? received.next() : -1; number >= 0; number = received.next()) {
            state.openBeside(number, received.info());
            last = number;
        }
        if (lookup == null) {
            return;
        }
        MemorySegment segment = event.segment();
        long at = event.parameterOffset(parameter);
        long end = at + length;
        while (at + CMSG_HEAD + Integer.BYTES <= end) {
            long size = segment.get(I64, at);
            if (size < CMSG_HEAD) {
                return;
            }
            long next = Math.min(end, at + size);
            if (size <= length && segment.get(I64, at + Long.BYTES) == (SOL_SOCKET | (long) SCM_RIGHTS << Integer.SIZE)) {
                for (long fd = at + CMSG_HEAD; fd + Integer.BYTES <= next; fd += Integer.BYTES) {
                    int number = Integer.reverseBytes(segment.get(IP4, fd));
                    if (number > last) {
                        thread.fds().remove(number);
                        lookup.lookupFd(thread, number, state);
                    }
                }
            }
            at += size + 7 & ~7L;
            if (size > length) {
                return;
            }
        }
    }

    static int stringLength(MemorySegment segment, long at, int max) {
        int length = 0;
        while (length < max && segment.get(ValueLayout.JAVA_BYTE, at + length) != 0) {
            length++;
        }
        return length;
    }
}
