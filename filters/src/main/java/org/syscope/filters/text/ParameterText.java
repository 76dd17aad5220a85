package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.ZoneId;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.FlagTable;
import org.syscope.capture.event.ParameterInfo;
import org.syscope.capture.event.ParameterType;
import org.syscope.capture.event.PrintFormat;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * Event parameters as text. A parameter has a raw text, mostly its number, and sometimes a resolved one that says what the
 * number stands for: {@code fd=3(<f>/etc/passwd) }, {@code res=-2(ENOENT) }. Parameters are shown as they were recorded:
 * an older file's event that carries fewer than its type has today shows fewer. Allocates nothing once warm.
 */
public final class ParameterText {

    private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int FDLIST_ENTRY = 10;

    private final SystemState state;
    private final TextOptions options;
    private final SocketText sockets;
    private final NameText names;
    private final GenericText generic;
    private final ClockText clock;
    private final OutputBuffer scratch = new OutputBuffer();
    private final OutputBuffer path = new OutputBuffer();
    private final FlagTable futexOperations = FlagTable.named("futex_operations");

    private Event event;
    private ParameterType type;
    private PrintFormat format;
    private ParameterInfo info;
    private MemorySegment segment;
    private long at;
    private int length;

    /**
     * Text of the parameters of the state's current event.
     *
     * @param state names threads, fds, users and directories
     * @param options how buffers and ports are shown
     * @param zone for parameters that are points in time
     */
    public ParameterText(SystemState state, TextOptions options, ZoneId zone) {
        this.state = state;
        this.options = options;
        this.sockets = new SocketText(options.services(), options.hosts());
        this.names = new NameText(state, sockets);
        this.generic = new GenericText(names, options);
        this.clock = new ClockText(zone);
    }

    /**
     * Adds all parameters, {@code name=value } or {@code name=value(resolved) } each. Of generic events,
     * whose parameters are for programs, the result and the arguments are shown where the driver recorded them.
     *
     * @param escape whether control characters are escaped, for text that goes to a terminal
     */
    public void arguments(Event event, OutputBuffer out, boolean escape) {
        EventType eventType = event.type();
        if (eventType.code() <= EventCodes.PPME_GENERIC_X) {
            generic.arguments(event, out, escape);
            return;
        }
        state.lastRendered(null);
        int count = Math.min(event.parameterCount(), eventType.parameterCount());
        for (int i = 0; i < count; i++) {
            out.ascii(eventType.parameter(i).name());
            out.append('=');
            int start = out.length();
            point(event, i);
            raw(out);
            int mark = out.length();
            out.append('(');
            resolved(out);
            if (out.length() == mark + 1) {
                out.truncate(mark);
            } else {
                out.append(')');
            }
            if (escape && type != ParameterType.BYTEBUF) {
                TextEscape.tail(out, start, scratch);
            }
            out.append(' ');
        }
    }

    /**
     * Adds what a parameter is compared by and shown as on its own: its resolved text if there is one, else the raw one.
     *
     * <p>Positions in generic events are those of the call's arguments where the driver recorded them.
     *
     * @return false if the event does not carry that parameter
     */
    public boolean value(Event event, int index, OutputBuffer out) {
        if (event.typeCode() == EventCodes.PPME_GENERIC_X && generic.value(event, index, out)) {
            return true;
        }
        if (index < 0 || index >= Math.min(event.parameterCount(), event.type().parameterCount())) {
            return false;
        }
        point(event, index);
        int start = out.length();
        resolved(out);
        if (out.length() == start) {
            raw(out);
        }
        return true;
    }

    /** Adds an argument of a generic call; false if it was not recorded. */
    public boolean argument(Event event, int index, OutputBuffer out) {
        return generic.value(event, index, out);
    }

    /** Adds a data buffer as the options say. */
    public void buffer(Event event, int index, OutputBuffer out) {
        BufferText.append(out, options.buffers(), event.segment(), event.parameterOffset(index),
                event.parameterLength(index), options.maxLength());
    }

    /** Adds the name of an fd, with names of ports if the options say so. */
    public void fdName(FdInfo fd, OutputBuffer out) {
        sockets.name(out, fd);
    }

    /**
     * Adds the absolute path of a relative path in a parameter.
     *
     * @param dirfd index of the directory fd's parameter, -1 where paths are relative to the working directory
     */
    public void absolute(Event event, int index, int dirfd, OutputBuffer out) {
        ThreadInfo thread = state.thread();
        if (thread == null) {
            return;
        }
        this.event = event;
        int base = out.length();
        directory(out, thread, dirfd);
        path.clear();
        path.append(event.segment(), event.parameterOffset(index), event.stringLength(index));
        PathText.join(out, base, path.array(), 0, path.length());
    }

    private void point(Event current, int index) {
        event = current;
        info = current.type().parameter(index);
        type = info.type();
        format = info.format();
        segment = current.segment();
        at = current.parameterOffset(index);
        length = current.parameterLength(index);
        if (type == ParameterType.DYN && length > 0 && info.dynamicTypes() != null) {
            int choice = segment.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
            if (choice < info.dynamicTypes().count()) {
                type = info.dynamicTypes().type(choice);
                at++;
                length--;
            }
        }
    }

    // ---- raw text

    private void raw(OutputBuffer out) {
        if (length == 0) {
            out.ascii("NULL");
            return;
        }
        switch (type) {
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64, MODE -> number(out, integer());
            case FD, PID, ERRNO, FD32, PID32 -> out.decimal(integer());
            case FLAGS8, FLAGS16, FLAGS32, ENUMFLAGS8, ENUMFLAGS16, ENUMFLAGS32, SIGTYPE, PORT, L4PROTO, SOCKFAMILY ->
                out.unsigned(integer());
            case CHARBUF, FSPATH, FSRELPATH -> out.append(segment, at, stringLength());
            case BYTEBUF -> BufferText.append(out, options.buffers(), segment, at, length, options.maxLength());
            case SOCKADDR -> sockets.address(out, segment, at, length, l4proto());
            case SOCKTUPLE -> sockets.tuple(out, segment, at, length, l4proto());
            case FDLIST -> fdList(out);
            case SYSCALLID -> {
                if (SyscallTable.byCode((int) integer()) == null && integer() != 0) {
                    out.ascii("<unknown syscall>");
                } else {
                    out.unsigned(integer());
                }
            }
            case RELTIME -> {
                if (integer() == -1) {
                    out.ascii("none");
                } else {
                    out.unsigned(integer());
                }
            }
            case ABSTIME -> clock.dateTime(out, integer(), true);
            case UID, GID -> out.decimal((int) integer());
            case SIGSET -> signals(out, integer());
            case CHARBUFARRAY -> strings(out, (byte) '.', (byte) '.');
            case CHARBUF_PAIR_ARRAY -> strings(out, (byte) ':', (byte) ',');
            case BOOL -> out.ascii(integer() == 0 ? "false" : "true");
            case IPV4ADDR -> AddressText.ipv4(out, AddressText.ipv4At(segment, at));
            case IPV6ADDR -> AddressText.ipv6(out, AddressText.halfAt(segment, at), AddressText.halfAt(segment, at + 8));
            case IPADDR -> address(out);
            case DYN -> out.ascii("INVALID DYNAMIC PARAMETER");
            case DOUBLE, IPV4NET, IPV6NET, IPNET, NONE -> out.ascii("(n.a.)");
        }
    }

    private void number(OutputBuffer out, long value) {
        // C prints these by the width of int or of int64, and decimal always as signed
        boolean narrow = length < 8;
        switch (format) {
            case HEX -> out.hexUpper(narrow ? value & 0xFFFF_FFFFL : value);
            case OCT -> out.octal(narrow ? value & 0xFFFF_FFFFL : value);
            default -> out.decimal(narrow ? (int) value : value);
        }
    }

    private void address(OutputBuffer out) {
        if (length == 4) {
            AddressText.ipv4(out, AddressText.ipv4At(segment, at));
        } else if (length == 16) {
            AddressText.ipv6(out, AddressText.halfAt(segment, at), AddressText.halfAt(segment, at + 8));
        } else {
            out.ascii("INVALID ADDRESS");
        }
    }

    private void fdList(OutputBuffer out) {
        ThreadInfo thread = state.thread();
        if (length < 2) {
            return;
        }
        int count = Math.min(Short.toUnsignedInt(segment.get(I16, at)), (length - 2) / FDLIST_ENTRY);
        for (int i = 0; i < count; i++) {
            long entry = at + 2 + (long) i * FDLIST_ENTRY;
            long fd = segment.get(I64, entry);
            FdInfo known = thread == null ? null : thread.fd(fd);
            if (i > 0) {
                out.append(' ');
            }
            out.unsigned(fd);
            out.append(':');
            out.append(known == null ? '?' : known.type.character());
            out.hexLower(Integer.toUnsignedLong(segment.get(I16, entry + 8)), 1);
        }
    }

    private static void signals(OutputBuffer out, long set) {
        boolean first = true;
        for (int signal = 1; signal <= 32; signal++) {
            String name = (set >>> (signal - 1) & 1) == 0 ? null : SignalNames.of(signal);
            if (name != null) {
                if (!first) {
                    out.append(' ');
                }
                out.ascii(name);
                first = false;
            }
        }
    }

    private void strings(OutputBuffer out, byte inner, byte outer) {
        int separators = 0;
        for (int i = 0; i < length; i++) {
            byte b = segment.get(ValueLayout.JAVA_BYTE, at + i);
            if (b != 0) {
                out.append(b);
            } else if (i + 1 < length) {
                out.append((separators++ & 1) == 0 ? inner : outer);
            }
        }
    }

    // ---- resolved text

    private void resolved(OutputBuffer out) {
        if (length == 0) {
            return;
        }
        switch (type) {
            case FD, FD32 -> names.fd(out, integer());
            case PID, PID32 -> names.process(out, integer());
            case ERRNO -> name(out, ErrnoNames.ofResult(integer()));
            case FSPATH -> path(out, -1);
            case FSRELPATH -> path(out, info.dirfdIndex());
            case SYSCALLID -> {
                Syscall syscall = SyscallTable.byCode((int) integer());
                name(out, syscall == null ? integer() == 0 ? "unknown" : null : syscall.name());
            }
            case SIGTYPE -> name(out, SignalNames.of((int) integer()));
            case RELTIME -> {
                if (integer() != -1) {
                    RelativeTime.seconds(out, integer());
                    out.append('s');
                }
            }
            case FLAGS8, FLAGS16, FLAGS32 -> {
                if (info.flagTable() == futexOperations) {
                    // an operation with flag bits; only a bare operation is named, as readers of these lines expect
                    FlagText.names(out, futexOperations, integer());
                } else if (info.flagTable() != null) {
                    FlagText.flags(out, info.flagTable(), integer());
                }
            }
            case ENUMFLAGS8, ENUMFLAGS16, ENUMFLAGS32 -> {
                if (info.flagTable() != null) {
                    FlagText.names(out, info.flagTable(), integer());
                }
            }
            case MODE -> {
                if (info.flagTable() != null) {
                    FlagText.mode(out, info.flagTable(), integer());
                }
            }
            case UID -> names.user(out, (int) integer());
            case GID -> names.group(out, (int) integer());
            default -> {
            }
        }
    }

    private static void name(OutputBuffer out, String name) {
        if (name != null) {
            out.ascii(name);
        }
    }

    private void path(OutputBuffer out, int dirfd) {
        ThreadInfo thread = state.thread();
        int size = stringLength();
        if (thread == null || size == 0 || segment.get(ValueLayout.JAVA_BYTE, at) == '/' || isNotAvailable(size)) {
            return;
        }
        int base = out.length();
        directory(out, thread, dirfd);
        path.clear();
        path.append(segment, at, size);
        PathText.join(out, base, path.array(), 0, size);
    }

    /** Adds the directory that a path is relative to, with a slash at its end; nothing if it is not known. */
    private void directory(OutputBuffer out, ThreadInfo thread, int dirfd) {
        long number = dirfd < 0 ? NameText.AT_FDCWD : event.signed(dirfd, NameText.AT_FDCWD);
        if (number == NameText.AT_FDCWD) {
            out.append(thread.cwd().array());
            return;
        }
        FdInfo fd = thread.fd(number);
        if (fd != null && !fd.name.isEmpty()) {
            out.append(fd.name.array());
            if (fd.name.byteAt(fd.name.length() - 1) != '/') {
                out.append('/');
            }
        }
    }

    private boolean isNotAvailable(int size) {
        return ThreadInfo.NOT_AVAILABLE.contentEquals(segment, at, size);
    }

    // ---- bytes

    private long integer() {
        boolean signed = type.signed();
        return switch (length) {
            case 1 -> signed ? segment.get(ValueLayout.JAVA_BYTE, at) : segment.get(ValueLayout.JAVA_BYTE, at) & 0xFFL;
            case 2 -> signed ? segment.get(I16, at) : Short.toUnsignedLong(segment.get(I16, at));
            case 4 -> signed ? segment.get(I32, at) : Integer.toUnsignedLong(segment.get(I32, at));
            case 8 -> segment.get(I64, at);
            default -> 0;
        };
    }

    private int stringLength() {
        int n = 0;
        while (n < length && segment.get(ValueLayout.JAVA_BYTE, at + n) != 0) {
            n++;
        }
        return n;
    }

    private int l4proto() {
        FdInfo fd = state.fd();
        return fd == null ? FdInfo.L4_UNKNOWN : SocketText.protocol(fd);
    }
}
