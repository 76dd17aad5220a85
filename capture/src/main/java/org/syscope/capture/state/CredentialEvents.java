package org.syscope.capture.state;

import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;

/** Calls that change who a thread is, what it may do, what it is called and how much memory it has. */
final class CredentialEvents {

    private static final int RLIMIT_NOFILE = 7;
    private static final int PR_SET_NAME = 15;
    private static final int PR_SET_CHILD_SUBREAPER = 36;
    private static final int PR_GET_CHILD_SUBREAPER = 37;
    /** Longest name that the kernel keeps, without its NUL. */
    private static final int MAX_COMM = 15;
    /** CAP_CHOWN to CAP_CHECKPOINT_RESTORE. */
    private static final long ALL_CAPABILITIES = (1L << 41) - 1;
    private static final long NONE = 0xffff_ffffL;

    private final SystemState state;

    CredentialEvents(SystemState state) {
        this.state = state;
    }

    /** Takes an exit event in, if it is one of those. */
    void exit(Event event, int code) {
        ThreadInfo thread = state.thread();
        if (thread == null) {
            return;
        }
        switch (code) {
            case EventCodes.PPME_SYSCALL_BRK_4_X, EventCodes.PPME_SYSCALL_MMAP_X, EventCodes.PPME_SYSCALL_MMAP2_X,
                    EventCodes.PPME_SYSCALL_MUNMAP_X -> {
                thread.vmSize = event.unsigned(1, thread.vmSize);
                thread.vmRss = event.unsigned(2, thread.vmRss);
                thread.vmSwap = event.unsigned(3, thread.vmSwap);
                return;
            }
            default -> {
            }
        }
        if (event.signed(0, -1) < 0) {
            return;
        }
        switch (code) {
            case EventCodes.PPME_SYSCALL_SETUID_X -> user(thread, state.number(1, 0, NONE));
            case EventCodes.PPME_SYSCALL_SETREUID_X -> user(thread, event.unsigned(2, NONE));
            case EventCodes.PPME_SYSCALL_SETRESUID_X -> user(thread, state.number(2, 1, NONE));
            case EventCodes.PPME_SYSCALL_SETGID_X -> group(thread, state.number(1, 0, NONE));
            case EventCodes.PPME_SYSCALL_SETREGID_X -> group(thread, event.unsigned(2, NONE));
            case EventCodes.PPME_SYSCALL_SETRESGID_X -> group(thread, state.number(2, 1, NONE));
            case EventCodes.PPME_SYSCALL_SETSID_X -> thread.sid = event.signed(0, thread.sid);
            case EventCodes.PPME_SYSCALL_CAPSET_X -> {
                thread.capInheritable = event.unsigned(1, 0);
                thread.capPermitted = event.unsigned(2, 0);
                thread.capEffective = event.unsigned(3, 0);
            }
            case EventCodes.PPME_SYSCALL_UNSHARE_X -> namespaces(thread, state.number(1, 0, 0));
            case EventCodes.PPME_SYSCALL_SETNS_X -> namespaces(thread, state.number(2, 1, 0));
            case EventCodes.PPME_SYSCALL_PRCTL_X -> prctl(event, thread);
            case EventCodes.PPME_SYSCALL_GETRLIMIT_X, EventCodes.PPME_SYSCALL_SETRLIMIT_X -> {
                if ((state.number(3, 0, -1) & 0xff) == RLIMIT_NOFILE) {
                    limit(thread, event.signed(1, -1));
                }
            }
            case EventCodes.PPME_SYSCALL_PRLIMIT_X -> {
                if ((state.number(6, 1, -1) & 0xff) == RLIMIT_NOFILE) {
                    long tid = state.number(5, 0, 0);
                    limit(tid == 0 ? thread : state.threads().get(tid), event.signed(1, -1));
                }
            }
            default -> {
            }
        }
    }

    private static void user(ThreadInfo thread, long uid) {
        if ((int) uid != ThreadInfo.NO_ID) {
            thread.uid = (int) uid;
        }
    }

    private static void group(ThreadInfo thread, long gid) {
        if ((int) gid != ThreadInfo.NO_ID) {
            thread.gid = (int) gid;
        }
    }

    private static void namespaces(ThreadInfo thread, long flags) {
        if ((flags & ThreadFlags.CLONE_NEWUSER) != 0) {
            thread.capInheritable = ALL_CAPABILITIES;
            thread.capPermitted = ALL_CAPABILITIES;
            thread.capEffective = ALL_CAPABILITIES;
        }
    }

    private static void prctl(Event event, ThreadInfo thread) {
        switch ((int) event.unsigned(1, -1)) {
            case PR_SET_NAME -> {
                if (event.has(2)) {
                    Text name = event.text(2);
                    thread.comm = name.length() <= MAX_COMM ? name : Text.copyOf(name.array(), 0, MAX_COMM);
                    thread.flags |= ThreadFlags.NAME_CHANGED;
                }
            }
            case PR_SET_CHILD_SUBREAPER, PR_GET_CHILD_SUBREAPER -> {
                if (thread.group != null) {
                    thread.group.reaper = event.signed(3, 0) != 0;
                }
            }
            default -> {
            }
        }
    }

    private static void limit(ThreadInfo thread, long value) {
        if (thread != null && value != -1) {
            thread.fdLimit(value);
        }
    }
}
