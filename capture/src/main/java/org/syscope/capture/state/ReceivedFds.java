package org.syscope.capture.state;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.Text;

/**
 * What the fds of a received message are open on, as the driver has seen it when the message came: option
 * {@link EventOptions#RECEIVED} behind the event of the call. Entries, unpadded, little endian:
 *
 * <pre>
 *  0  i32 fd         8  u64 inode         20  u16 mode, 0: an anonymous inode, of which the path has the name
 *  4  u32 flags     16  u32 device        22  u16 length
 * 24  length bytes: a path with its NUL; of a socket a SOCKTUPLE, and the device is type u8, state u8, protocol u16
 * </pre>
 *
 * <p>Source: struct syscope_received of {@code bpf-src/shared/interface.h}.
 */
final class ReceivedFds {

    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int HEAD = 24;
    private static final int KIND = 0170000;
    private static final int SOCKET = 0140000;
    private static final int DIRECTORY = 0040000;
    private static final int PIPE = 0010000;
    private static final int AF_UNIX = 1;
    private static final int AF_NETLINK = 16;
    private static final int TUPLE_UNIX = 17;
    private static final int LISTENS = 10;
    private static final String MEMFD = "/memfd:";

    private final EventOptions options = new EventOptions();
    private final SocketTuple tuple = new SocketTuple();
    private final SocketNames names;
    private long at;
    private long end;

    ReceivedFds(SocketNames names) {
        this.names = names;
    }

    /** Looks whether the event tells of fds: {@link #next} then goes through them. */
    boolean begin(Event event) {
        boolean told = options.find(event, EventOptions.RECEIVED);
        at = told ? options.offset() : 0;
        end = told ? at + options.length() : 0;
        return told;
    }

    /** The number of the next fd; -1 if there is none. {@link #info} takes what it is open on, and must be called. */
    int next() {
        return at + HEAD <= end && at + HEAD + length() <= end ? options.segment().get(I32, at) : -1;
    }

    /** What the fd that {@link #next} has found is open on. */
    FdInfo info() {
        MemorySegment segment = options.segment();
        int mode = segment.get(I16, at + 20) & 0xffff;
        int length = length();
        FdInfo info = new FdInfo();
        info.openFlags = segment.get(I32, at + 4);
        info.cloexec((info.openFlags & FileEvents.O_CLOEXEC) != 0);
        info.ino = segment.get(I64, at + 8);
        if ((mode & KIND) == SOCKET) {
            socket(info, segment.get(I32, at + 16), segment, at + HEAD, length);
        } else {
            info.dev = segment.get(I32, at + 16);
            file(info, mode, Text.copyOf(segment, at + HEAD, Math.max(0, length - 1)));
        }
        at += HEAD + length;
        return info;
    }

    private int length() {
        return options.segment().get(I16, at + 22) & 0xffff;
    }

    private static void file(FdInfo info, int mode, Text path) {
        String name = path.toString();
        info.name = path;
        if (mode == 0) {
            info.type = FdType.ofAnonymous(name.startsWith("/") ? name.substring(1) : name);
            info.name = Text.EMPTY;
        } else if (name.startsWith(MEMFD)) {
            info.type = FdType.MEMFD;
            info.name = Text.of(name.substring(MEMFD.length()));
        } else if ((mode & KIND) == PIPE) {
            info.type = FdType.PIPE;
            if (name.length() <= 1) {
                info.name = Text.of("pipe:[" + info.ino + "]");
            }
        } else {
            info.type = (mode & KIND) == DIRECTORY ? FdType.DIRECTORY : FdType.FILE_V2;
        }
        info.rawName = info.name;
    }

    private void socket(FdInfo info, int kind, MemorySegment segment, long place, int length) {
        info.l4proto = SocketEvents.l4proto(kind & 0xff, kind >>> 16);
        int family = length == 0 ? 0 : segment.get(ValueLayout.JAVA_BYTE, place);
        if (tuple.read(segment, place, length)) {
            tuple.copyTo(info);
            boolean connected = info.destinationPort != 0;
            if (!connected && info.sourcePort != 0) {
                info.type = info.type == FdType.IPV4 ? FdType.IPV4_SERVER : FdType.IPV6_SERVER;
            }
            if ((kind >> 8 & 0xff) == LISTENS) {
                info.role(FdInfo.Role.SERVER);
            }
            info.set(FdInfo.CONNECTED, connected);
            info.name = names.of(info);
        } else if (family == AF_UNIX && length >= TUPLE_UNIX) {
            info.type = FdType.UNIX;
            info.sourceLow = segment.get(I64, place + 1);
            info.destinationLow = segment.get(I64, place + 9);
            info.name = names.unix(info, segment, place + TUPLE_UNIX,
                    SocketEvents.stringLength(segment, place + TUPLE_UNIX, length - TUPLE_UNIX));
        } else {
            info.type = family == AF_NETLINK ? FdType.NETLINK : FdType.UNKNOWN;
        }
    }
}
