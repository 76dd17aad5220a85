package org.syscope.capture.state;

import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;

/**
 * Where the exit events of execve and execveat have their parameters, which differs by generation; -1 for what a generation
 * does not have. The first eight are the same in all: res, exe, args, tid, pid, ptid, cwd, fdlimit.
 */
record ExecLayout(int pageFaults, int comm, int cgroups, int env, int tty, int vpgid, int loginuid, int flags,
        int capabilities, int inode, int uid, int exepath, int pgid, int gid, int filename) {

    static final int RES = 0;
    static final int EXE = 1;
    static final int ARGS = 2;
    static final int PID = 4;
    static final int PTID = 5;
    static final int FDLIMIT = 7;

    static final int EXE_WRITABLE = 1;
    static final int EXE_UPPER_LAYER = 1 << 1;
    static final int EXE_FROM_MEMFD = 1 << 2;
    static final int EXE_LOWER_LAYER = 1 << 3;

    private static final ExecLayout[] LAYOUTS = new ExecLayout[EventCodes.COUNT];

    static {
        int[] codes = {EventCodes.PPME_SYSCALL_EXECVE_8_X, EventCodes.PPME_SYSCALL_EXECVE_13_X,
            EventCodes.PPME_SYSCALL_EXECVE_14_X, EventCodes.PPME_SYSCALL_EXECVE_15_X,
            EventCodes.PPME_SYSCALL_EXECVE_16_X, EventCodes.PPME_SYSCALL_EXECVE_17_X,
            EventCodes.PPME_SYSCALL_EXECVE_18_X, EventCodes.PPME_SYSCALL_EXECVE_19_X, EventCodes.PPME_SYSCALL_EXECVEAT_X};
        for (int code : codes) {
            EventType type = EventType.of(code);
            LAYOUTS[code] = new ExecLayout(type.parameterIndex("pgft_maj"), type.parameterIndex("comm"),
                    type.parameterIndex("cgroups"), type.parameterIndex("env"), type.parameterIndex("tty"),
                    type.parameterIndex("vpgid"), type.parameterIndex("loginuid"), type.parameterIndex("flags"),
                    type.parameterIndex("cap_inheritable"), type.parameterIndex("exe_ino"), type.parameterIndex("uid"),
                    type.parameterIndex("trusted_exepath"), type.parameterIndex("pgid"), type.parameterIndex("gid"),
                    type.parameterIndex("filename"));
        }
    }

    /** The layout of a type code; null for other events. */
    static ExecLayout of(int code) {
        return LAYOUTS[code];
    }
}
