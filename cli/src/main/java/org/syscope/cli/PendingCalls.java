package org.syscope.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.syscope.capture.driver.CallInFlight;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.procfs.WaitingCall;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;
import org.syscope.filters.text.ClockText;
import org.syscope.filters.text.OutputBuffer;

/**
 * The list of calls that have been in flight for long: who hangs where, and since when. When a call was entered is known
 * from the driver; of calls that were there before the trace, /proc tells, and their age counts from the trace's start.
 * Arguments are read from /proc when the list is made.
 */
final class PendingCalls {

    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    /**
     * One line.
     *
     * @param tid the thread
     * @param since when the call was entered, ns since the epoch; 0 if that was before the trace
     * @param age how long ago, at least, ns
     * @param call null if the schema does not know it
     * @param number the kernel's number
     * @param waiting its registers; null if they cannot be seen
     */
    private record Pending(long tid, long since, long age, Syscall call, int number, WaitingCall waiting) {
    }

    private final Driver driver;
    private final ProcSystem proc;
    private final SystemState state;
    private final PendingFilter filter;
    private final long threshold;
    private final long start = System.nanoTime();
    private final ClockText clock = new ClockText(ZoneId.systemDefault());
    private final CallArguments arguments;

    /**
     * A list that can be made as long as {@code driver} is open; the trace begins now.
     *
     * @param filter which calls
     * @param threshold how long a call has been in flight at least to be listed, ns
     */
    PendingCalls(Driver driver, ProcSystem proc, SystemState state, PendingFilter filter, long threshold) {
        this.driver = driver;
        this.proc = proc;
        this.state = state;
        this.filter = filter;
        this.threshold = threshold;
        this.arguments = new CallArguments(state, proc);
    }

    /** Writes the list, the oldest call first. */
    void list(PrintStream err) {
        List<Pending> pending = collect();
        pending.sort(Comparator.comparing((Pending call) -> call.since() != 0)
                .thenComparing(Pending::age, Comparator.reverseOrder()).thenComparing(Pending::tid));
        err.println("syscope: " + (pending.isEmpty() ? "no call" : Figures.count(pending.size(), "call")) + " in flight for "
                + Figures.duration(threshold) + " or longer" + (pending.isEmpty() ? "" : ":"));
        if (pending.isEmpty()) {
            return;
        }
        err.println("         AGE  SINCE               PROCESS              PID      TID  CALL");
        OutputBuffer line = new OutputBuffer();
        for (Pending call : pending) {
            line.clear();
            append(line, call);
            line.append('\n');
            err.write(line.array(), 0, line.length());
        }
        err.flush();
    }

    private List<Pending> collect() {
        Map<Integer, CallInFlight> entered = entered();
        List<Pending> found = new ArrayList<>();
        for (CallInFlight call : entered.values()) {
            if (call.age() >= threshold && wants(call.code(), call.tid())) {
                WaitingCall waiting = proc.waitingCall(call.tid());
                found.add(new Pending(call.tid(), call.since(), call.age(), SyscallTable.byCode(call.code()), call.number(),
                        waiting != null && waiting.number() == call.number() ? waiting : null));
            }
        }
        long traced = System.nanoTime() - start;
        if (traced >= threshold) {
            collectEarlier(entered, traced, found);
        }
        // What has ended while /proc was read is not listed.
        Map<Integer, CallInFlight> now = entered();
        found.removeIf(call -> {
            CallInFlight last = now.get((int) call.tid());
            return call.since() == 0 ? last != null : last == null || last.since() != call.since();
        });
        return found;
    }

    /** A thread that no event has told of yet is looked up: the filter may ask for it. */
    private boolean wants(int code, long tid) {
        if (state.threads().get(tid) == null) {
            proc.lookup(tid, state);
        }
        return filter.wants(code, tid);
    }

    private Map<Integer, CallInFlight> entered() {
        Map<Integer, CallInFlight> calls = new HashMap<>();
        driver.callsInFlight().forEach(call -> calls.put(call.tid(), call));
        return calls;
    }

    private void collectEarlier(Map<Integer, CallInFlight> entered, long age, List<Pending> found) {
        long self = proc.self();
        for (long tid : state.threads().tids()) {
            ThreadInfo thread = state.threads().get(tid);
            if (entered.containsKey((int) tid) || thread.pid == self
                    || !driver.traces((int) thread.pid)) {
                continue;
            }
            WaitingCall waiting = proc.waitingCall(tid);
            if (waiting == null) {
                continue;
            }
            Syscall call = proc.is32Bit(thread.pid) ? null : ofNumber(waiting.number());
            if (wants(call == null ? 0 : call.code(), tid)) {
                found.add(new Pending(tid, 0, age, call, waiting.number(), waiting));
            }
        }
    }

    private static Syscall ofNumber(int number) {
        for (Syscall call : SyscallTable.all()) {
            if ((ARM ? call.arm64Number() : call.x86Number()) == number) {
                return call;
            }
        }
        return null;
    }

    private void append(OutputBuffer line, Pending call) {
        right(line, (call.since() == 0 ? ">" : "") + Figures.duration(call.age()), 12);
        line.ascii("  ");
        if (call.since() == 0) {
            line.ascii("before the trace  ");
        } else {
            clock.time(line, call.since(), true);
        }
        line.ascii("  ");
        ThreadInfo thread = state.threads().get(call.tid());
        if (thread == null) {
            thread = proc.lookup(call.tid(), state);
        }
        String name = thread == null ? "<NA>" : thread.comm.toString();
        line.append(name.getBytes(StandardCharsets.UTF_8));
        line.repeat(' ', Math.max(0, 15 - name.length()));
        right(line, thread == null ? "<NA>" : Long.toString(thread.pid), 9);
        right(line, Long.toString(call.tid()), 9);
        line.ascii("  ");
        if (call.call() == null) {
            line.ascii("call " + call.number());
        } else {
            line.ascii(call.call().name());
            if (call.waiting() != null) {
                arguments.append(line, call.call(), call.tid(), thread, call.waiting().arguments());
            }
        }
    }

    private static void right(OutputBuffer line, String text, int width) {
        line.repeat(' ', Math.max(0, width - text.length()));
        line.ascii(text);
    }
}
