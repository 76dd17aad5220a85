package org.syscope.chisels;

import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.FdTable;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.capture.state.UserInfo;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.OutputBuffer;

/**
 * The thread table as scripts see it: a list keyed by tid. With a filter only threads that have a matching fd are in it,
 * and only such fds; the filter looks at a read of that fd by that thread.
 */
final class ThreadTables {
    private final CaptureSession session;

    ThreadTables(CaptureSession session) {
        this.session = session;
    }

    /**
     * The table.
     *
     * @param arguments a filter, or nothing
     * @param full with everything known of a thread
     * @param fds with the fds
     */
    LuaTable table(Varargs arguments, boolean full, boolean fds) {
        SystemState state = session.state();
        ImaginedRead read = filter(arguments);
        LuaTable table = new LuaTable();
        for (long tid : state.threads().tids()) {
            ThreadInfo thread = state.threads().get(tid);
            if (thread.isInvalid()) {
                continue;
            }
            LuaTable fdTable = fds || read != null ? fds(thread, read) : null;
            if (read != null && fdTable.keyCount() == 0) {
                continue;
            }
            LuaTable entry = new LuaTable();
            entry.set("tid", number(thread.tid));
            entry.set("pid", number(thread.pid));
            if (full) {
                describe(state, thread, entry);
            }
            if (fds) {
                entry.set("fdtable", fdTable);
            }
            table.set(number(tid), entry);
        }
        return table;
    }

    private ImaginedRead filter(Varargs arguments) {
        String expression = arguments.optjstring(1, "");
        if (expression.isEmpty()) {
            return null;
        }
        try {
            return new ImaginedRead(session.state(), session.filter(expression));
        } catch (ChiselException e) {
            throw new LuaError(e.getMessage());
        }
    }

    private static LuaValue number(long value) {
        return LuaValue.valueOf((double) value);
    }

    private static LuaString text(Text text) {
        byte[] bytes = text.array();
        return LuaString.valueUsing(bytes, 0, bytes.length);
    }

    private static LuaTable list(List<Text> texts) {
        LuaTable list = new LuaTable(texts.size(), 0);
        for (int i = 0; i < texts.size(); i++) {
            list.rawset(i + 1, text(texts.get(i)));
        }
        return list;
    }

    private static void describe(SystemState state, ThreadInfo thread, LuaTable entry) {
        entry.set("ptid", number(thread.ptid));
        entry.set("comm", text(thread.comm));
        entry.set("exe", text(thread.exe));
        entry.set("flags", number(Integer.toUnsignedLong(thread.flags)));
        entry.set("fdlimit", number(thread.fdLimit()));
        entry.set("uid", number(Integer.toUnsignedLong(thread.uid)));
        entry.set("gid", number(Integer.toUnsignedLong(thread.gid)));
        entry.set("nchilds", number(siblings(state, thread)));
        entry.set("vmsize_kb", number(thread.vmSize));
        entry.set("vmrss_kb", number(thread.vmRss));
        entry.set("vmswap_kb", number(thread.vmSwap));
        entry.set("pfmajor", number(thread.pfMajor));
        entry.set("pfminor", number(thread.pfMinor));
        entry.set("clone_ts", number(thread.cloneTime));
        UserInfo user = state.users().user(state.containerId(thread), thread.uid);
        user = user == null ? state.users().user(Text.EMPTY, thread.uid) : user;
        entry.set("username", user == null ? LuaValue.valueOf("<NA>") : text(user.name()));
        entry.set("args", list(thread.args.parts()));
        entry.set("env", list(thread.env().parts()));
    }

    private static long siblings(SystemState state, ThreadInfo thread) {
        if (!thread.isMain()) {
            return 0;
        }
        long[] count = {0};
        state.threads().forEach((tid, other) -> {
            if (other.pid == thread.pid && other.tid != thread.tid) {
                count[0]++;
            }
        });
        return count[0];
    }

    private static LuaTable fds(ThreadInfo thread, ImaginedRead read) {
        LuaTable table = new LuaTable();
        FdTable open = thread.fds();
        if (read != null) {
            read.by(thread);
        }
        for (long fd : open.numbers()) {
            if (read == null || read.matches(fd)) {
                table.set(number(fd), describe(open.get(fd)));
            }
        }
        return table;
    }

    private static LuaTable describe(FdInfo fd) {
        LuaTable entry = new LuaTable();
        entry.set("name", LuaValue.valueOf(fd.name.toString().stripTrailing()));
        entry.set("type", fd.type.typeName());
        if (!fd.type.isInet()) {
            return entry;
        }
        if (fd.type.isServer()) {
            entry.set("sip", address(fd.type.isIpv6(), fd.sourceHigh, fd.sourceLow));
            entry.set("sport", fd.sourcePort);
            entry.set("is_server", LuaValue.TRUE);
        } else {
            entry.set("cip", address(fd.type.isIpv6(), fd.sourceHigh, fd.sourceLow));
            entry.set("cport", fd.sourcePort);
            entry.set("sip", address(fd.type.isIpv6(), fd.destinationHigh, fd.destinationLow));
            entry.set("sport", fd.destinationPort);
            entry.set("is_server", LuaValue.valueOf(fd.role() == FdInfo.Role.SERVER));
        }
        entry.set("l4proto", switch (fd.l4proto) {
            case FdInfo.L4_TCP -> "tcp";
            case FdInfo.L4_UDP -> "udp";
            case FdInfo.L4_ICMP -> "icmp";
            case FdInfo.L4_RAW -> "raw";
            default -> "<NA>";
        });
        return entry;
    }

    private static LuaValue address(boolean v6, long high, long low) {
        OutputBuffer out = new OutputBuffer();
        if (v6) {
            AddressText.ipv6(out, high, low);
        } else {
            AddressText.ipv4(out, (int) low);
        }
        return LuaValue.valueOf(out.toString());
    }
}
