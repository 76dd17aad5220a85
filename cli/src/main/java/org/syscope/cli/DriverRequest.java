package org.syscope.cli;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.syscope.capture.driver.DriverOptions;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.StateChanges;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.linux.Cpus;
import org.syscope.capture.linux.Memory;
import org.syscope.filters.eval.Filter;
import org.syscope.filters.field.EventSet;

/** What a command line asks of a driver. */
final class DriverRequest {

    /** What a 32-bit program calls through socketcall; send and recv, which it has only there, are no rows of the table. */
    private static final List<String> SOCKET_CALLS = List.of("socket", "bind", "connect", "listen", "accept", "getsockname",
            "getpeername", "socketpair", "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg", "recvmsg",
            "accept4", "recvmmsg", "sendmmsg");

    private DriverRequest() {
    }

    /**
     * The driver's options for a command line. What the filter can never match is not asked for, unless the state depends
     * on it; enter events only where they are asked for, or the filter or the output is made for them.
     *
     * @param filter of the run; null if there is none
     * @param fields names of all fields that the run uses
     * @param chisels what chisels ask for; null if there are none
     * @param showsEnters whether the output tells enter events from exit events
     * @param snaplen bytes of a buffer to keep, -1 for the usual number
     */
    static DriverOptions of(Settings settings, Filter filter, Collection<String> fields, ChiselRun chisels,
            boolean showsEnters, int snaplen) {
        DriverOptions defaults = DriverOptions.defaults();
        BitSet exits = defaults.exits();
        BitSet enters = new BitSet();
        if (settings.has(Option.PAGE_FAULTS)) {
            exits.set(DriverOptions.PAGE_FAULT_USER);
            exits.set(DriverOptions.PAGE_FAULT_KERNEL);
        }
        boolean all = settings.has(Option.ENTER) || showsEnters || chisels != null && chisels.showsEnters();
        if (filter != null && !settings.has(Option.DISPLAY_FILTER) && !settings.has(Option.DUMP_ON)) {
            restrict(exits, wanted(filter), fields);
            enters = enters(filter, all);
        } else if (all) {
            enters.set(0, DriverOptions.CODES);
        }
        if (chisels != null) {
            EventSet wanted = null;
            for (Filter own : chisels.filters()) {
                enters.or(enters(own, all));
                wanted = wanted == null ? wanted(own) : wanted.or(wanted(own));
            }
            if (wanted != null && chisels.needOnlyFiltered()) {
                restrict(exits, wanted, fields);
            }
        }
        return new DriverOptions(settings.bufferSize() == null ? usualBufferBytes() : settings.bufferSize().bytes(),
                settings.cpusPerBuffer(), snaplen < 0 ? defaults.snaplen() : snaplen, exits, enters,
                !settings.has(Option.NO_LATENCY), defaults.arguments(),
                settings.command() != null || !settings.pids().isEmpty());
    }

    private static int usualBufferBytes() {
        try {
            return DriverOptions.usualBufferBytes(Cpus.online().length, Memory.allowed());
        } catch (IOException unknown) {
            return DriverOptions.DEFAULT_BUFFER_BYTES;
        }
    }

    /** The kinds of events that a filter must be shown. */
    private static EventSet wanted(Filter filter) {
        return FieldNeeds.counts(filter) ? EventSet.all(filter.space()) : filter.events();
    }

    /** Leaves out the events that do not match, but for those that others depend on. */
    private static void restrict(BitSet exits, EventSet matching, Collection<String> fields) {
        BitSet before = (BitSet) exits.clone();
        for (Syscall call : SyscallTable.all()) {
            if (!matches(matching, call.exitType(), call) && !matches(matching, call.enterType(), call)
                    && !StateChanges.by(call)) {
                exits.clear(call.code());
            }
        }
        if (matching.contains(EventCodes.PPME_GENERIC_X, SyscallTable.IO_URING_OPERATION)) {
            exits.set(DriverOptions.IO_URING_ENTER);
        }
        // The state depends on what comes through it, and the kernel side looks at each.
        exits.set(DriverOptions.SOCKETCALL);
        onlyMatching(exits, DriverOptions.SCHED_SWITCH, matching, EventCodes.PPME_SCHEDSWITCH_6_E);
        onlyMatching(exits, DriverOptions.SIGNAL_DELIVER, matching, EventCodes.PPME_SIGNALDELIVER_E);
        onlyMatching(exits, DriverOptions.PAGE_FAULT_USER, matching, EventCodes.PPME_PAGE_FAULT_E);
        onlyMatching(exits, DriverOptions.PAGE_FAULT_KERNEL, matching, EventCodes.PPME_PAGE_FAULT_E);
        BitSet needed = FieldNeeds.of(fields);
        needed.and(before);
        exits.or(needed);
    }

    /** Whether a filter can match events of a call, given by its PPM_SC code; true if there is no filter. */
    static boolean concerns(Filter filter, int code) {
        if (filter == null) {
            return true;
        }
        Syscall call = SyscallTable.byCode(code);
        return call != null && concerns(filter, call) || code == DriverOptions.SOCKETCALL
                && (filter.events().contains(EventCodes.PPME_SOCKET_SEND_X, -1)
                || filter.events().contains(EventCodes.PPME_SOCKET_RECV_X, -1)
                || SOCKET_CALLS.stream().anyMatch(name -> concerns(filter, SyscallTable.byName(name))));
    }

    private static boolean concerns(Filter filter, Syscall call) {
        return matches(filter.events(), call.exitType(), call) || matches(filter.events(), call.enterType(), call);
    }

    private static void onlyMatching(BitSet exits, int code, EventSet matching, int type) {
        if (!matching.contains(type, -1)) {
            exits.clear(code);
        }
    }

    private static boolean matches(EventSet matching, int type, Syscall call) {
        return type >= 0 && matching.contains(type, call.generic() ? call.code() : -1);
    }

    /** Calls whose enter events can match; none where the filter does not ask for them, unless {@code all} are wanted. */
    private static BitSet enters(Filter filter, boolean all) {
        BitSet calls = new BitSet();
        EventSet enterEvents = EventSet.where(filter.space(), (code, call) -> code >= 0 && code < EventCodes.COUNT
                && EventType.of(code).isEnter() && EventType.of(code).category().startsWith("SYSCALL"));
        if (all || filter.asksFor(enterEvents)) {
            for (Syscall call : SyscallTable.all()) {
                if (matches(filter.events(), call.enterType(), call)) {
                    calls.set(call.code());
                }
            }
            if (filter.events().contains(EventCodes.PPME_SOCKET_SEND_E, -1)) {
                calls.set(DriverOptions.SEND);
            }
            if (filter.events().contains(EventCodes.PPME_SOCKET_RECV_E, -1)) {
                calls.set(DriverOptions.RECV);
            }
            if (concerns(filter, DriverOptions.SOCKETCALL)) {
                calls.set(DriverOptions.SOCKETCALL);
            }
        }
        return calls;
    }
}
