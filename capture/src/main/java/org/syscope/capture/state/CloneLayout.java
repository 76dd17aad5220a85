package org.syscope.capture.state;

import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;

/**
 * Where the exit events of clone, clone3, fork and vfork have their parameters, which differs by generation; -1 for what a
 * generation does not have. The first eight are the same in all: res, exe, args, tid, pid, ptid, cwd, fdlimit.
 */
record CloneLayout(int pageFaults, int comm, int cgroups, int flags, int uid, int gid, int vtid, int vpid, int pidnsStart) {

    static final int RES = 0;
    static final int EXE = 1;
    static final int ARGS = 2;
    static final int PID = 4;
    static final int PTID = 5;
    static final int FDLIMIT = 7;

    private static final CloneLayout[] LAYOUTS = new CloneLayout[EventCodes.COUNT];

    static {
        int[] codes = {EventCodes.PPME_SYSCALL_CLONE_11_X, EventCodes.PPME_SYSCALL_CLONE_16_X,
            EventCodes.PPME_SYSCALL_CLONE_17_X, EventCodes.PPME_SYSCALL_CLONE_20_X, EventCodes.PPME_SYSCALL_FORK_X,
            EventCodes.PPME_SYSCALL_FORK_17_X, EventCodes.PPME_SYSCALL_FORK_20_X, EventCodes.PPME_SYSCALL_VFORK_X,
            EventCodes.PPME_SYSCALL_VFORK_17_X, EventCodes.PPME_SYSCALL_VFORK_20_X, EventCodes.PPME_SYSCALL_CLONE3_X};
        for (int code : codes) {
            EventType type = EventType.of(code);
            LAYOUTS[code] = new CloneLayout(type.parameterIndex("pgft_maj"), type.parameterIndex("comm"),
                    type.parameterIndex("cgroups"), type.parameterIndex("flags"), type.parameterIndex("uid"),
                    type.parameterIndex("gid"), type.parameterIndex("vtid"), type.parameterIndex("vpid"),
                    type.parameterIndex("pidns_init_start_ts"));
        }
    }

    /** The layout of a type code; null for other events. */
    static CloneLayout of(int code) {
        return LAYOUTS[code];
    }

    /** Whether the call was vfork itself, whatever its flags. */
    static boolean isVfork(int code) {
        return code == EventCodes.PPME_SYSCALL_VFORK_X || code == EventCodes.PPME_SYSCALL_VFORK_17_X
                || code == EventCodes.PPME_SYSCALL_VFORK_20_X;
    }
}
