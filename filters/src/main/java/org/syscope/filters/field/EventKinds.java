package org.syscope.filters.field;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.state.FdInfo;

/** What follows from an event's type: its name, its category, where its result is. */
final class EventKinds {

    private static final String UNKNOWN = "unknown";

    /** Position of the result parameter by type code: 0 not looked up yet, -1 none, else one more than the index. */
    private final byte[] results = new byte[EventCodes.COUNT];
    private final String[] categories = new String[EventCodes.COUNT];
    private List<String> names;

    /** The name that is shown; the system call's for generic events. */
    String name(int eventCode, int syscallCode) {
        if (!EventType.known(eventCode)) {
            return UNKNOWN;
        }
        if (eventCode > EventCodes.PPME_GENERIC_X) {
            return EventType.of(eventCode).name();
        }
        Syscall syscall = SyscallTable.byCode(syscallCode);
        return syscall == null ? UNKNOWN : syscall.name();
    }

    /** All names that events can have. */
    List<String> names() {
        if (names == null) {
            TreeSet<String> all = new TreeSet<>();
            for (int code = 2; code < EventCodes.COUNT; code++) {
                if (!is(code, EventFlag.UNUSED)) {
                    all.add(EventType.of(code).name());
                }
            }
            for (Syscall syscall : SyscallTable.all()) {
                all.add(syscall.name());
            }
            all.add(UNKNOWN);
            all.add("syscall");
            names = new ArrayList<>(all);
        }
        return names;
    }

    static boolean is(int eventCode, EventFlag flag) {
        return EventType.known(eventCode) && EventType.of(eventCode).is(flag);
    }

    static boolean isExit(int eventCode) {
        return eventCode >= 0 && (eventCode & 1) == 1;
    }

    static boolean isSyscall(int eventCode) {
        return EventType.known(eventCode) && EventType.of(eventCode).category().startsWith("SYSCALL");
    }

    /** The part of the category behind the source. */
    String category(int eventCode) {
        if (!EventType.known(eventCode)) {
            return UNKNOWN;
        }
        String category = categories[eventCode];
        if (category == null) {
            category = EventType.of(eventCode).category();
            category = category.substring(category.indexOf('+') + 1);
            categories[eventCode] = category;
        }
        return category;
    }

    static boolean isInternal(int eventCode) {
        return EventType.known(eventCode) && EventType.of(eventCode).category().endsWith("+internal");
    }

    /** The text of {@code evt.category}: transfers are named after what their fd is open on. */
    String categoryText(int eventCode, FdInfo fd) {
        String category = category(eventCode);
        if (category.startsWith("io_")) {
            return fd == null ? UNKNOWN : transfer(fd);
        }
        return category.equals("ipc") ? "IPC" : category;
    }

    private static String transfer(FdInfo fd) {
        return switch (fd.type) {
            case FILE, FILE_V2, DIRECTORY -> "file";
            case IPV4, IPV6, IPV4_SERVER, IPV6_SERVER -> "net";
            case PIPE, UNIX, EVENT, SIGNALFD, INOTIFY, USERFAULTFD -> "ipc";
            default -> UNKNOWN;
        };
    }

    /**
     * Which parameter is the call's result: {@code res}, or the new fd of a call that makes one.
     *
     * @return -1 if events of the type have no result
     */
    int result(int eventCode) {
        if (!EventType.known(eventCode)) {
            return -1;
        }
        if (results[eventCode] == 0) {
            EventType type = EventType.of(eventCode);
            int index = type.parameterIndex("res");
            if (index < 0 && isExit(eventCode) && type.is(EventFlag.CREATES_FD)) {
                index = type.parameterIndex("fd");
            }
            results[eventCode] = (byte) (index < 0 ? -1 : index + 1);
        }
        return results[eventCode] < 0 ? -1 : results[eventCode] - 1;
    }
}
