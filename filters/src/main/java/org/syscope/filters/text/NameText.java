package org.syscope.filters.text;

import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.GroupInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.UserInfo;

/** What numbers stand for in the process of the current event: fds, processes, users, groups. */
final class NameText {

    /** The directory fd that stands for the working directory. */
    static final long AT_FDCWD = -100;

    private final SystemState state;
    private final SocketText sockets;

    NameText(SystemState state, SocketText sockets) {
        this.state = state;
        this.sockets = sockets;
    }

    /** Adds type and name of an fd in angle brackets, or the error that stands in its place; nothing if it is not known. */
    void fd(OutputBuffer out, long number) {
        ThreadInfo thread = state.thread();
        if (thread == null) {
            return;
        }
        if (number >= 0) {
            FdInfo fd = thread.fd(number);
            if (fd != null) {
                out.append('<');
                out.append(fd.type.character());
                int protocol = SocketText.protocol(fd);
                if (protocol >= FdInfo.L4_TCP && protocol <= FdInfo.L4_RAW) {
                    out.append("tuir".charAt(protocol - FdInfo.L4_TCP));
                }
                out.append('>');
                sockets.name(out, fd);
            }
        } else if (number == AT_FDCWD) {
            out.ascii("AT_FDCWD");
        } else {
            String error = ErrnoNames.ofResult(number);
            if (error != null) {
                out.ascii(error);
            }
        }
    }

    /** Adds the name of a thread; nothing if it is not known. */
    void process(OutputBuffer out, long tid) {
        ThreadInfo thread = state.threads().get(tid);
        if (thread != null) {
            out.append(thread.comm.array());
        }
    }

    /** Adds the name of a user in the thread's container; 2^32-1 is nobody. */
    void user(OutputBuffer out, int uid) {
        ThreadInfo thread = state.thread();
        if (uid == -1) {
            out.ascii("<NONE>");
            return;
        }
        UserInfo user = thread == null ? null : state.users().user(state.containerId(thread), uid);
        out.append(user == null ? ThreadInfo.NOT_AVAILABLE.array() : user.name().array());
    }

    /** Adds the name of a group in the thread's container; 2^32-1 is none. */
    void group(OutputBuffer out, int gid) {
        ThreadInfo thread = state.thread();
        if (gid == -1) {
            out.ascii("<NONE>");
            return;
        }
        GroupInfo group = thread == null ? null : state.users().group(state.containerId(thread), gid);
        Text name = group == null ? ThreadInfo.NOT_AVAILABLE : group.name();
        out.append(name.array());
    }
}
