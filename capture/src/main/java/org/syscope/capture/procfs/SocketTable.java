package org.syscope.capture.procfs;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.LongMap;

/**
 * All sockets of a network namespace by inode, from the files in a process's {@code /proc/PID/net}. Addresses there are
 * hexadecimal words in the machine's byte order (little endian), ports plain hexadecimal.
 */
final class SocketTable {

    private static final int INODE_WORD = 9;
    private static final int IPV6_DIGITS = 32;

    private final LongMap<FdInfo> sockets = new LongMap<>();

    /** Reads the files below an open process directory. */
    SocketTable(ProcFiles files, int process) {
        internet(files, process, "net/tcp", FdInfo.L4_TCP);
        internet(files, process, "net/tcp6", FdInfo.L4_TCP);
        internet(files, process, "net/udp", FdInfo.L4_UDP);
        internet(files, process, "net/udp6", FdInfo.L4_UDP);
        internet(files, process, "net/raw", FdInfo.L4_RAW);
        internet(files, process, "net/raw6", FdInfo.L4_RAW);
        internet(files, process, "net/icmp", FdInfo.L4_ICMP);
        internet(files, process, "net/icmp6", FdInfo.L4_ICMP);
        unix(files, process);
        netlink(files, process);
    }

    /** The socket with that inode; a copy of its own. Null if there is none. */
    FdInfo get(long inode) {
        FdInfo info = sockets.get(inode);
        return info == null ? null : info.copy();
    }

    private void internet(ProcFiles files, int process, String file, byte protocol) {
        int length = files.read(process, file);
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        scanner.line();
        while (scanner.line()) {
            if (!scanner.word(1)) {
                continue;
            }
            boolean v6 = scanner.length() > IPV6_DIGITS;
            FdInfo info = new FdInfo();
            info.l4proto = protocol;
            info.sourceHigh = v6 ? half(scanner, 0) : 0;
            info.sourceLow = v6 ? half(scanner, 16) : ipv4(scanner);
            info.sourcePort = (int) scanner.numberBehindColon(1, 16);
            scanner.word();
            info.destinationHigh = v6 ? half(scanner, 0) : 0;
            info.destinationLow = v6 ? half(scanner, 16) : ipv4(scanner);
            info.destinationPort = (int) scanner.numberBehindColon(1, 16);
            boolean listens = info.destinationHigh == 0 && info.destinationLow == 0 && info.destinationPort == 0
                    && (protocol == FdInfo.L4_TCP || protocol == FdInfo.L4_UDP) && info.sourcePort != 0;
            if (listens) {
                info.type = v6 ? FdType.IPV6_SERVER : FdType.IPV4_SERVER;
            } else {
                info.type = v6 ? FdType.IPV6 : FdType.IPV4;
            }
            if (scanner.word(INODE_WORD - 3)) {
                add(scanner.number(10), info);
            }
        }
    }

    private static long ipv4(ByteScanner scanner) {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) scanner.hex(0, 8)));
    }

    private static long half(ByteScanner scanner, int from) {
        long first = Integer.toUnsignedLong(Integer.reverseBytes((int) scanner.hex(from, 8)));
        long second = Integer.toUnsignedLong(Integer.reverseBytes((int) scanner.hex(from + 8, 8)));
        return first << Integer.SIZE | second;
    }

    private void unix(ProcFiles files, int process) {
        int length = files.read(process, "net/unix");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        scanner.line();
        while (scanner.line() && scanner.word()) {
            FdInfo info = new FdInfo(FdType.UNIX);
            info.sourceLow = scanner.number(16);
            if (scanner.word(5)) {
                long inode = scanner.number(10);
                Text path = scanner.rest();
                info.name = path;
                add(inode, info);
            }
        }
    }

    private void netlink(ProcFiles files, int process) {
        int length = files.read(process, "net/netlink");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        scanner.line();
        while (scanner.line()) {
            if (scanner.word(INODE_WORD)) {
                add(scanner.number(10), new FdInfo(FdType.NETLINK));
            }
        }
    }

    private void add(long inode, FdInfo info) {
        if (inode != 0) {
            info.ino = inode;
            sockets.put(inode, info);
        }
    }
}
