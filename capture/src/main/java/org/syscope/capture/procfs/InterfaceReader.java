package org.syscope.capture.procfs;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Text;
import org.syscope.capture.linux.SystemCall;
import org.syscope.capture.state.InterfaceTable;

/**
 * Lists the addresses of the network interfaces: IPv4 by the ioctls of netdevice(7), IPv6 from
 * {@code /proc/net/if_inet6}.
 */
final class InterfaceReader {

    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SIOCGIFCONF = 0x8912;
    private static final int SIOCGIFBRDADDR = 0x8919;
    private static final int SIOCGIFNETMASK = 0x891b;
    /** struct ifreq: 16 bytes of name, then a union of 24 bytes with an address: family, port, IPv4 address. */
    private static final int IFREQ = 40;
    private static final int NAME = 16;
    private static final int ADDRESS = 20;
    private static final int MAX_INTERFACES = 1024;
    private static final ValueLayout.OfInt NETWORK = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private InterfaceReader() {
    }

    static void read(ProcFiles files, int proc, InterfaceTable table) {
        table.clear();
        ipv4(table);
        ipv6(files, proc, table);
    }

    private static void ipv4(InterfaceTable table) {
        long socket = SystemCall.SOCKET.call(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (socket < 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment list = arena.allocate((long) IFREQ * MAX_INTERFACES, 8);
            MemorySegment request = arena.allocate(16, 8);
            request.set(ValueLayout.JAVA_INT, 0, (int) list.byteSize());
            request.set(ValueLayout.JAVA_LONG, 8, list.address());
            if (SystemCall.IOCTL.call(socket, SIOCGIFCONF, request.address()) == 0) {
                int length = request.get(ValueLayout.JAVA_INT, 0);
                for (int at = 0; at + IFREQ <= length; at += IFREQ) {
                    MemorySegment entry = list.asSlice(at, IFREQ);
                    int address = entry.get(NETWORK, ADDRESS);
                    int netmask = ask(socket, SIOCGIFNETMASK, entry);
                    int broadcast = ask(socket, SIOCGIFBRDADDR, entry);
                    table.add(new InterfaceTable.Ipv4(name(entry), address, netmask, broadcast, 0));
                }
            }
        } finally {
            SystemCall.CLOSE.call(socket);
        }
    }

    private static int ask(long socket, int what, MemorySegment entry) {
        return SystemCall.IOCTL.call(socket, what, entry.address()) == 0 ? entry.get(NETWORK, ADDRESS) : 0;
    }

    private static Text name(MemorySegment entry) {
        int length = 0;
        while (length < NAME && entry.get(ValueLayout.JAVA_BYTE, length) != 0) {
            length++;
        }
        return Text.copyOf(entry, 0, length);
    }

    private static void ipv6(ProcFiles files, int proc, InterfaceTable table) {
        int length = files.read(proc, "net/if_inet6");
        ByteScanner scanner = new ByteScanner(files.bytes(), length);
        while (scanner.line()) {
            if (!scanner.word()) {
                continue;
            }
            long high = scanner.hex(0, 16);
            long low = scanner.hex(16, 16);
            int prefix = scanner.word(1) ? (int) scanner.number(16) : 0;
            if (scanner.word(2)) {
                table.add(new InterfaceTable.Ipv6(scanner.text(), high, low, mask(prefix), mask(prefix - Long.SIZE), 0, 0, 0));
            }
        }
    }

    private static long mask(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : -1L << Long.SIZE - bits;
    }
}
