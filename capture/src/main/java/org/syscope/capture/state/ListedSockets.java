package org.syscope.capture.state;

import java.util.BitSet;

/**
 * Completes sockets that come from the lists of a file or from /proc: names them, and finds out which end of a connection
 * began. A connection whose local port somebody listens on was accepted; any other was made from here.
 */
final class ListedSockets {

    private static final int PORTS = 65_536;

    private final ThreadTable threads;
    private final InterfaceTable interfaces;
    private final SocketNames names = new SocketNames();
    final BitSet serverPorts = new BitSet(PORTS);

    ListedSockets(ThreadTable threads, InterfaceTable interfaces) {
        this.threads = threads;
        this.interfaces = interfaces;
    }

    /** Names the sockets of the lists and finds out which end of them began. */
    void completeAll() {
        serverPorts.clear();
        threads.forEach((tid, thread) -> {
            if (thread.ownFds != null) {
                thread.ownFds.forEach((number, info) -> noteServer(info));
            }
        });
        threads.forEach((tid, thread) -> {
            if (thread.ownFds != null) {
                thread.ownFds.forEach((number, info) -> complete(info));
            }
        });
    }

    /** As {@link #complete(FdInfo)} for a process, whose own servers are known before its connections. */
    void complete(FdTable fds) {
        fds.forEach((number, info) -> noteServer(info));
        fds.forEach((number, info) -> complete(info));
    }

    /** Takes note of a port that is listened on. */
    private void noteServer(FdInfo info) {
        if (info.type.isServer() && info.sourcePort > 0 && info.sourcePort < PORTS) {
            serverPorts.set(info.sourcePort);
        }
    }

    /** Names a socket that comes from a list, and finds its direction by the ports that are listened on. */
    void complete(FdInfo info) {
        switch (info.type) {
            case IPV4_SERVER, IPV6_SERVER -> {
                noteServer(info);
                if (info.type == FdType.IPV6_SERVER && info.sourceHigh == 0 && info.sourceLow >>> 32 == 0xffff) {
                    info.type = FdType.IPV4_SERVER;
                    info.sourceLow &= 0xffff_ffffL;
                }
                info.role(FdInfo.Role.SERVER);
                info.name = names.of(info);
            }
            case IPV4, IPV6 -> {
                if (info.type == FdType.IPV6 && AddressText.isMapped(info.sourceHigh, info.sourceLow)
                        && AddressText.isMapped(info.destinationHigh, info.destinationLow)) {
                    info.type = FdType.IPV4;
                    info.sourceLow &= 0xffff_ffffL;
                    info.destinationLow &= 0xffff_ffffL;
                }
                info.set(FdInfo.CONNECTED, info.l4proto == FdInfo.L4_TCP);
                interfaces.fillMissingEnd(info);
                if (serverPorts.get(info.sourcePort & PORTS - 1) && info.sourcePort > 0) {
                    info.swapEnds();
                    info.role(FdInfo.Role.SERVER);
                } else {
                    info.role(FdInfo.Role.CLIENT);
                }
                info.name = names.of(info);
            }
            case UNIX -> info.role(info.name.isEmpty() ? FdInfo.Role.CLIENT : FdInfo.Role.SERVER);
            default -> {
            }
        }
    }

    /** Forgets which ports are listened on. */
    void clear() {
        serverPorts.clear();
    }
}
