package org.syscope.capture.event;

/**
 * Which events the state must be shown, whatever else is asked for: those that can change who a thread is, what its process
 * has open, where it works. A driver may leave out all others, and a thread that is muted still sends these.
 *
 * <p>Left out of the set are changes that only some fields show, because the calls that make them are frequent: sizes of
 * memory (mmap, munmap, brk, context switches), page fault counts (context switches), and whether data went over a socket
 * (read, write and their family). Whoever shows such fields asks for these events himself.
 *
 * <p>Source: the schema's flags, and beyond them what {@code org.syscope.capture.state} takes in; a test compares the two.
 */
public final class StateChanges {

    private static final int SOCKETCALL = SyscallTable.byName("socketcall").code();

    private StateChanges() {
    }

    /** Whether events of a type can change the state. */
    public static boolean by(EventType type) {
        return type.is(EventFlag.MODIFIES_STATE) || type.is(EventFlag.CREATES_FD) || type.is(EventFlag.DESTROYS_FD)
                || switch (type.code()) {
                    // the working directory, also where it was renamed; limits; capabilities; names of sockets
                    case EventCodes.PPME_SYSCALL_GETCWD_X, EventCodes.PPME_SYSCALL_GETRLIMIT_X,
                            EventCodes.PPME_SYSCALL_SETRLIMIT_X, EventCodes.PPME_SYSCALL_PRLIMIT_X,
                            EventCodes.PPME_SYSCALL_UNSHARE_X, EventCodes.PPME_SYSCALL_SETNS_X,
                            EventCodes.PPME_SOCKET_SEND_X, EventCodes.PPME_SOCKET_RECV_X -> true;
                    default -> false;
                };
    }

    /** Whether a call can change the state; what socketcall does is known only when it does it. */
    public static boolean by(Syscall call) {
        return by(EventType.of(call.exitType())) || call.code() == SOCKETCALL;
    }
}
