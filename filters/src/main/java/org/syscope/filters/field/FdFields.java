package org.syscope.filters.field;

import java.util.Arrays;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdTable;
import org.syscope.capture.state.FdType;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.ParameterText;
import org.syscope.filters.text.PathText;
import org.syscope.filters.text.ServiceNames;
import org.syscope.filters.text.SocketText;

/** The file descriptor that an event is about: only events that open, use or close one have these fields. */
final class FdFields extends TableFamily {

    private static final int FD_FLAGS =
            EventFlag.CREATES_FD.bit() | EventFlag.USES_FD.bit() | EventFlag.DESTROYS_FD.bit();
    private static final Text ROOT = Text.of("/");
    private static final String[] L4_NAMES = {"<NA>", "<NA>", "tcp", "udp", "icmp", "raw"};

    private final ParameterText parameters;
    private final AddressFields addresses;
    private final OutputBuffer buffer = new OutputBuffer();
    private final OutputBuffer containerName = new OutputBuffer();

    FdFields(FieldRows rows, FieldEnvironment environment, ParameterText parameters) {
        super("fd", rows);
        this.parameters = parameters;
        ServiceNames known = environment.text().services();
        this.addresses = new AddressFields(environment.hosts(), environment.text().services() != null,
                known != null ? known : new ServiceNames(ServiceNames.SYSTEM_FILE));
    }

    /** Takes a value from the fd. */
    @FunctionalInterface
    interface FdGetter {
        boolean get(FdInfo fd, EventContext context, FieldValue out);
    }

    @Override
    public Field create(FieldInfo info, String argument) throws FieldException {
        Field address = addresses.create(info);
        if (address != null) {
            return address;
        }
        return switch (info.name()) {
            case "fd.num" -> bound(info,
                    (c, out) -> c.state().thread() != null && number(out, c.state().fdNumber()));
            case "fd.type" -> fd(info, (fd, c, out) -> ascii(out, fd.type.typeName()));
            case "fd.typechar" -> bound(info, FdFields::typeCharacter);
            case "fd.name" -> bound(info, this::name);
            case "fd.nameraw" -> bound(info, this::rawName);
            case "fd.directory" -> bound(info, this::directory);
            case "fd.filename" -> fd(info, FdFields::fileName);
            case "fd.containername" -> bound(info, (c, out) -> name(c, out) && inContainer(c, out));
            case "fd.containerdirectory" -> bound(info, (c, out) -> directory(c, out) && inContainer(c, out));
            case "fd.l4proto" -> fd(info, (fd, c, out) -> ascii(out, L4_NAMES[SocketText.protocol(fd)]));
            case "fd.sockfamily" -> fd(info, (fd, c, out) -> fd.type.isInet() ? ascii(out, "ip")
                    : fd.type == FdType.UNIX && ascii(out, "unix"));
            case "fd.uid" -> bound(info, (c, out) -> {
                ThreadInfo thread = c.state().thread();
                if (thread == null) {
                    return false;
                }
                out.startBytes();
                out.appendDecimal(thread.tid);
                out.appendDecimal(c.state().fdNumber());
                return true;
            });
            case "fd.connected" -> fd(info, (fd, c, out) -> bool(out, fd.connected()));
            case "fd.name_changed" -> fd(info, (fd, c, out) -> bool(out, renames(c.eventCode())));
            case "fd.dev" -> fd(info, (fd, c, out) -> number(out, Integer.toUnsignedLong(fd.dev)));
            case "fd.dev.major" -> fd(info, (fd, c, out) -> number(out, fd.dev >>> 20 & 0xFFF));
            case "fd.dev.minor" -> fd(info, (fd, c, out) -> number(out, fd.dev & 0xFFFFF));
            case "fd.ino" -> fd(info, (fd, c, out) -> number(out, fd.ino));
            case "fd.is_upper_layer" -> fd(info, (fd, c, out) -> bool(out, fd.upperLayer()));
            case "fd.is_lower_layer" -> fd(info, (fd, c, out) -> bool(out, fd.lowerLayer()));
            case "fd.types" -> types(info, argument);
            default -> throw new IllegalArgumentException(info.name());
        };
    }

    static boolean concernsFd(int code, int call) {
        return EventKinds.is(code, EventFlag.CREATES_FD) || EventKinds.is(code, EventFlag.USES_FD)
                || EventKinds.is(code, EventFlag.DESTROYS_FD)
                || code == EventCodes.PPME_GENERIC_X && call == SyscallTable.IO_URING_OPERATION;
    }

    private static boolean concernsFd(EventContext context) {
        Event event = context.event();
        return (event.type().flags() & FD_FLAGS) != 0 && !lacksFd(event)
                || context.syscallCode() == SyscallTable.IO_URING_OPERATION;
    }

    /** Older drivers did not tell the fd of these calls, or not in this event. */
    private static boolean lacksFd(Event event) {
        return switch (event.typeCode()) {
            case EventCodes.PPME_SYSCALL_MMAP_E, EventCodes.PPME_SYSCALL_MMAP2_E -> true;
            case EventCodes.PPME_SYSCALL_MMAP_X, EventCodes.PPME_SYSCALL_MMAP2_X, EventCodes.PPME_SOCKET_SENDMMSG_X,
                    EventCodes.PPME_SOCKET_RECVMMSG_X -> event.type().parameterIndex("fd") >= event.parameterCount();
            default -> false;
        };
    }

    private static BoundField bound(FieldInfo info, Getter getter) {
        return new BoundField(info, null, (c, out) -> concernsFd(c) && getter.get(c, out)).only(FdFields::concernsFd);
    }

    /** A field that only known fds have. */
    static BoundField fd(FieldInfo info, FdGetter getter) {
        return bound(info, (c, out) -> {
            FdInfo fd = c.state().fd();
            return fd != null && getter.get(fd, c, out);
        });
    }

    // ---- names

    private boolean name(EventContext context, FieldValue out) {
        FdInfo fd = context.state().fd();
        boolean refused = context.eventCode() == EventCodes.PPME_SOCKET_CONNECT_X && context.event().signed(0, 0) < 0;
        if (fd == null || refused) {
            return nameOfRefused(context, out, false);
        }
        buffer.clear();
        parameters.fdName(fd, buffer);
        out.setBytes(buffer.array(), 0, buffer.length());
        return true;
    }

    private boolean rawName(EventContext context, FieldValue out) {
        FdInfo fd = context.state().fd();
        if (fd != null) {
            return text(out, fd.rawName);
        }
        return nameOfRefused(context, out, true);
    }

    /** A call that did not get an fd still tells which it wanted; any other exit event has an empty name. */
    private boolean nameOfRefused(EventContext context, FieldValue out, boolean raw) {
        Event event = context.event();
        if (context.state().thread() == null || !EventKinds.isExit(context.eventCode())) {
            return false;
        }
        buffer.clear();
        switch (context.eventCode()) {
            case EventCodes.PPME_SYSCALL_OPEN_X, EventCodes.PPME_SYSCALL_CREAT_X, EventCodes.PPME_SOCKET_ACCEPT_X,
                    EventCodes.PPME_SOCKET_ACCEPT_5_X, EventCodes.PPME_SOCKET_ACCEPT4_X,
                    EventCodes.PPME_SOCKET_ACCEPT4_5_X, EventCodes.PPME_SOCKET_ACCEPT4_6_X,
                    EventCodes.PPME_SOCKET_CONNECT_X -> parameters.value(event, 1, buffer);
            case EventCodes.PPME_SYSCALL_OPENAT_2_X, EventCodes.PPME_SYSCALL_OPENAT2_X -> path(event, 2, 1, raw);
            case EventCodes.PPME_SYSCALL_OPENAT_X -> {
                Event enter = context.state().enterEvent();
                if (enter == null) {
                    return false;
                }
                path(enter, 1, 0, raw);
            }
            case EventCodes.PPME_SYSCALL_OPEN_BY_HANDLE_AT_X ->
                buffer.append(event.segment(), event.parameterOffset(3), event.stringLength(3));
            default -> {
            }
        }
        if (buffer.length() > 0 && event.parameterCount() < event.type().parameterCount()) {
            // only the state of old captures asks for it
            context.state().lastRendered(Text.copyOf(buffer.array(), 0, buffer.length()));
        }
        out.setBytes(buffer.array(), 0, buffer.length());
        return true;
    }

    private void path(Event event, int path, int dirfd, boolean raw) {
        if (!event.has(path)) {
            return;
        }
        int length = event.stringLength(path);
        buffer.append(event.segment(), event.parameterOffset(path), length);
        if (!raw && length > 0 && buffer.array()[0] != '/') {
            buffer.clear();
            parameters.absolute(event, path, dirfd, buffer);
        }
    }

    private boolean directory(EventContext context, FieldValue out) {
        FdInfo fd = context.state().fd();
        if (fd != null && !fd.type.isPath()) {
            return false;
        }
        if (fd != null && fd.type == FdType.DIRECTORY) {
            return text(out, fd.name);
        }
        if (fd == null ? !nameOfRefused(context, out, false) : !text(out, fd.name)) {
            return false;
        }
        int slash = PathText.lastPart(out.bytes(), out.length()) - 1;
        if (slash <= 0) {
            return text(out, ROOT);
        }
        if (slash < out.length() - 1) {
            out.setBytes(out.bytes(), 0, slash);
        }
        return true;
    }

    private static boolean fileName(FdInfo fd, EventContext context, FieldValue out) {
        if (!fd.type.isPath() || fd.type == FdType.DIRECTORY) {
            return false;
        }
        int last = PathText.lastPart(fd.name.array(), fd.name.length());
        if (last == 0) {
            return text(out, ROOT);
        }
        out.setBytes(fd.name.array(), last, fd.name.length() - last);
        return true;
    }

    private boolean inContainer(EventContext context, FieldValue out) {
        Text container = context.state().containerId(context.state().thread());
        containerName.clear();
        containerName.append(container.array());
        containerName.append(':');
        containerName.append(out.bytes(), out.offset(), out.length());
        out.setBytes(containerName.array(), 0, containerName.length());
        return true;
    }

    /** Whether events of a type give their fd a name, or another one. */
    private static boolean renames(int code) {
        return EventKinds.isExit(code) && (EventKinds.is(code, EventFlag.CREATES_FD)
                || code == EventCodes.PPME_SOCKET_CONNECT_X || code == EventCodes.PPME_SOCKET_BIND_X);
    }

    // ---- types

    private static boolean typeCharacter(EventContext context, FieldValue out) {
        FdInfo fd = context.state().fd();
        char character = fd != null ? fd.type.character() : expectedType(context.eventCode() & ~1);
        out.startBytes();
        out.append(character);
        return true;
    }

    /** What a call that did not get its fd would have opened; of sockets the family is not known then. */
    private static char expectedType(int enterCode) {
        return switch (enterCode) {
            case EventCodes.PPME_SYSCALL_OPEN_E, EventCodes.PPME_SYSCALL_OPENAT_E, EventCodes.PPME_SYSCALL_OPENAT_2_E,
                    EventCodes.PPME_SYSCALL_OPENAT2_E, EventCodes.PPME_SYSCALL_CREAT_E -> 'f';
            case EventCodes.PPME_SOCKET_SOCKET_E, EventCodes.PPME_SOCKET_ACCEPT_E, EventCodes.PPME_SOCKET_ACCEPT_5_E,
                    EventCodes.PPME_SOCKET_ACCEPT4_E, EventCodes.PPME_SOCKET_ACCEPT4_5_E,
                    EventCodes.PPME_SOCKET_ACCEPT4_6_E -> '4';
            case EventCodes.PPME_SYSCALL_PIPE_E, EventCodes.PPME_SYSCALL_PIPE2_E -> 'p';
            case EventCodes.PPME_SYSCALL_EVENTFD_E, EventCodes.PPME_SYSCALL_EVENTFD2_E -> 'e';
            case EventCodes.PPME_SYSCALL_SIGNALFD_E, EventCodes.PPME_SYSCALL_SIGNALFD4_E -> 's';
            case EventCodes.PPME_SYSCALL_TIMERFD_CREATE_E -> 't';
            case EventCodes.PPME_SYSCALL_INOTIFY_INIT_E, EventCodes.PPME_SYSCALL_INOTIFY_INIT1_E -> 'i';
            default -> 'o';
        };
    }

    private static Field types(FieldInfo info, String argument) throws FieldException {
        if (argument != null) {
            int number = index(argument);
            if (number < 0) {
                throw notANumber(info, argument);
            }
            return new BoundField(info, argument, (c, out) -> {
                ThreadInfo thread = c.state().thread();
                FdInfo fd = thread == null || !concernsFd(c) ? null : thread.fd(number);
                if (fd == null) {
                    return false;
                }
                out.startSlices();
                out.addText(fd.type.typeName());
                return true;
            }).only(FdFields::concernsFd);
        }
        return new BoundField(info, null, new OpenTypes()).only(FdFields::concernsFd);
    }

    /** The different types of all open fds, in the order of {@link FdType}. */
    private static final class OpenTypes implements Getter {
        private final boolean[] seen = new boolean[FdType.values().length];
        private final FdType[] types = FdType.values();

        @Override
        public boolean get(EventContext context, FieldValue out) {
            ThreadInfo thread = context.state().thread();
            if (thread == null || !concernsFd(context)) {
                return false;
            }
            Arrays.fill(seen, false);
            FdTable table = thread.fds();
            table.forEach((number, fd) -> seen[fd.type.ordinal()] = true);
            out.startSlices();
            for (FdType type : types) {
                boolean twin = type == FdType.FILE_V2 && seen[FdType.FILE.ordinal()]
                        || type == FdType.IPV4_SERVER && seen[FdType.IPV4.ordinal()]
                        || type == FdType.IPV6_SERVER && seen[FdType.IPV6.ordinal()];
                if (seen[type.ordinal()] && !twin) {
                    out.addText(type.typeName());
                }
            }
            return true;
        }
    }
}
