package org.syscope.capture.state;

/** Bits of {@link ThreadInfo#flags}: PPM_CL_* of the driver's interface; the last ones are set by readers only. */
public final class ThreadFlags {

    /** The child uses the caller's fd table. */
    public static final int CLONE_FILES = 1;
    /** New pid namespace. */
    public static final int CLONE_NEWPID = 1 << 6;
    /** New user namespace. */
    public static final int CLONE_NEWUSER = 1 << 20;
    /** The child's parent is the caller's. */
    public static final int CLONE_PARENT = 1 << 8;
    /** The child is a thread of the caller's process. */
    public static final int CLONE_THREAD = 1 << 13;
    /** The caller waits until the child executes or exits. */
    public static final int CLONE_VFORK = 1 << 27;
    /** The caller cannot see the child's tid: it is in a namespace below. */
    public static final int CHILD_IN_PIDNS = 1 << 29;
    /** The entry was made by the child's side of a clone. */
    public static final int CLONE_INVERTED = 1 << 16;
    /** The main thread of its process. */
    public static final int IS_MAIN_THREAD = 1 << 30;
    /** The name changed by an exec. */
    public static final int NAME_CHANGED = 1 << 17;
    /** In use. */
    public static final int ACTIVE = 1 << 19;
    /** Its standard output goes into a pipe. */
    public static final int PIPE_SRC = 1 << 21;
    /** Its standard input comes from a pipe. */
    public static final int PIPE_DST = 1 << 22;

    private ThreadFlags() {
    }
}
