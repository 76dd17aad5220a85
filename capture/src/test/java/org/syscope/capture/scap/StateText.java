package org.syscope.capture.scap;

import java.util.TreeMap;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/** Everything of a state that capture files keep, as text to be compared. */
final class StateText {

    private StateText() {
    }

    static String of(SystemState state) {
        StringBuilder text = new StringBuilder().append(state.machine()).append('\n')
                .append(state.interfaces().ipv4()).append(state.interfaces().ipv6()).append('\n');
        TreeMap<Long, Object> users = new TreeMap<>();
        state.users().forEachUser(Text.EMPTY, users::put);
        TreeMap<Long, Object> groups = new TreeMap<>();
        state.users().forEachGroup(Text.EMPTY, groups::put);
        users.values().forEach(user -> text.append(user).append('\n'));
        groups.values().forEach(group -> text.append(group).append('\n'));
        for (long tid : state.threads().tids()) {
            text.append(of(state.threads().get(tid)));
        }
        return text.toString();
    }

    static String of(ThreadInfo thread) {
        StringBuilder text = new StringBuilder();
        for (Object value : new Object[] {thread.tid, thread.pid, thread.ptid, thread.sid, thread.vpgid, thread.pgid,
            thread.vtid, thread.vpid, thread.comm, thread.exe, thread.exepath, thread.args, thread.cwd(), thread.fdLimit(),
            thread.flags, thread.uid, thread.gid, thread.loginuid, thread.vmSize, thread.vmRss, thread.vmSwap,
            thread.pfMajor, thread.pfMinor, thread.env(), thread.cgroups, thread.root, thread.pidnsInitStart, thread.tty,
            thread.exeWritable, thread.capInheritable, thread.capPermitted, thread.capEffective, thread.exeUpperLayer,
            thread.exeLowerLayer, thread.exeFromMemfd, thread.exeIno, thread.exeCtime, thread.exeMtime}) {
            text.append(value).append('|');
        }
        text.append('\n');
        for (long number : thread.fds().numbers()) {
            FdInfo fd = thread.fd(number);
            if (fd.type.code() == 0) {
                continue;
            }
            for (Object value : new Object[] {number, fd.type, fd.name, fd.ino, fd.openFlags, fd.dev, fd.sourceHigh,
                fd.sourceLow, fd.destinationHigh, fd.destinationLow, fd.sourcePort, fd.destinationPort, fd.l4proto}) {
                text.append(' ').append(value);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
