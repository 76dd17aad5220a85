package org.syscope.chisels;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.MalformedEventException;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.field.CurrentEvent;

/**
 * Asks a filter about an fd of a thread by having the thread read from it, in a state of its own: the real one never
 * hears of that read.
 */
final class ImaginedRead {
    private static final int PARAMETERS = 4;
    private static final int LENGTH = Event.HEADER_LENGTH + 2 * PARAMETERS + 8 + 8 + 4;
    private static final int FD_OFFSET = Event.HEADER_LENGTH + 2 * PARAMETERS + 8;

    private final SystemState state = new SystemState(null);
    private final CaptureSession.EventTest filter;
    private final CurrentEvent context = new CurrentEvent(state);
    private final Event event = new Event();
    private final ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    private ThreadInfo thread;

    ImaginedRead(SystemState real, CaptureSession.EventTest filter) {
        this.filter = filter;
        real.threads().forEach((tid, known) -> state.threads().add(known));
        for (var container : real.users().userContainers()) {
            real.users().forEachUser(container, (uid, user) -> state.users().addUser(container, user));
        }
        for (var container : real.users().groupContainers()) {
            real.users().forEachGroup(container, (gid, group) -> state.users().addGroup(container, group));
        }
        state.machine(real.machine());
        bytes.putInt(16, LENGTH).putShort(20, (short) EventCodes.PPME_SYSCALL_READ_X).putInt(22, PARAMETERS);
        int lengths = Event.HEADER_LENGTH;
        bytes.putShort(lengths, (short) 8).putShort(lengths + 2, (short) 0).putShort(lengths + 4, (short) 8)
                .putShort(lengths + 6, (short) 4);
    }

    /** Sets who reads. */
    void by(ThreadInfo reader) {
        if (thread != null) {
            state.threads().add(thread);
        }
        thread = reader;
        state.threads().add(copy(reader));
        bytes.putLong(8, reader.tid);
    }

    /** Whether the filter matches a read of that fd. */
    boolean matches(long fd) {
        bytes.putLong(FD_OFFSET, fd);
        try {
            event.wrap(MemorySegment.ofArray(bytes.array()), 0, LENGTH, 0, 0);
        } catch (MalformedEventException e) {
            throw new IllegalStateException(e);
        }
        state.process(event);
        context.point(event);
        return filter.test(context);
    }

    private static ThreadInfo copy(ThreadInfo thread) {
        ThreadInfo copy = new ThreadInfo(thread.tid);
        copy.pid = thread.pid;
        copy.ptid = thread.ptid;
        copy.reaperTid = thread.reaperTid;
        copy.sid = thread.sid;
        copy.vpgid = thread.vpgid;
        copy.pgid = thread.pgid;
        copy.vtid = thread.vtid;
        copy.vpid = thread.vpid;
        copy.comm = thread.comm;
        copy.exe = thread.exe;
        copy.exepath = thread.exepath;
        copy.args = thread.args;
        copy.cgroups = thread.cgroups;
        copy.flags = thread.flags;
        copy.uid = thread.uid;
        copy.gid = thread.gid;
        copy.loginuid = thread.loginuid;
        copy.vmSize = thread.vmSize;
        copy.vmRss = thread.vmRss;
        copy.vmSwap = thread.vmSwap;
        copy.pfMajor = thread.pfMajor;
        copy.pfMinor = thread.pfMinor;
        copy.tty = thread.tty;
        copy.cloneTime = thread.cloneTime;
        copy.cwd(thread.cwd());
        copy.env(thread.env());
        copy.fdLimit(thread.fdLimit());
        thread.fds().forEach((number, fd) -> copy.fds().put(number, fd));
        return copy;
    }
}
