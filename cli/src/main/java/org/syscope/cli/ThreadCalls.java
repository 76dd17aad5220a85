package org.syscope.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.driver.CallInFlight;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Signature;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.procfs.WaitingCall;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

/**
 * Notes with each thread which call it is in: what the driver saw it enter, and of calls that began before the trace what
 * /proc shows. Of the latter the age counts from the trace's start.
 */
final class ThreadCalls {

    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    private static final int MAX_NUMBER = 1024;

    private final ProcSystem proc;
    private final SystemState state;
    private final long start = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    private final Syscall[] byNumber = new Syscall[MAX_NUMBER];

    /** For the threads of a state. */
    ThreadCalls(ProcSystem proc, SystemState state) {
        this.proc = proc;
        this.state = state;
        for (Syscall call : SyscallTable.all()) {
            int number = ARM ? call.arm64Number() : call.x86Number();
            if (number >= 0 && number < MAX_NUMBER) {
                byNumber[number] = call;
            }
        }
    }

    /** Looks at all threads now. */
    void look(Driver driver) {
        Map<Long, CallInFlight> entered = new HashMap<>();
        driver.callsInFlight().forEach(call -> entered.put((long) call.tid(), call));
        state.threads().forEach((tid, thread) -> look(thread, entered.get(tid), driver));
    }

    private void look(ThreadInfo thread, CallInFlight entered, Driver driver) {
        thread.callCode = -1;
        thread.callFd = -1;
        if (thread.isDead() || thread.pid == ProcessHandle.current().pid()) {
            return;
        }
        if (entered == null && thread.pid > 0 && !driver.traces((int) thread.pid)) {
            return;
        }
        WaitingCall waiting = proc.waitingCall(thread.tid);
        if (entered != null) {
            thread.callCode = entered.code();
            thread.callSince = entered.since();
            if (waiting != null && waiting.number() == entered.number()) {
                thread.callFd = fd(SyscallTable.byCode(entered.code()), waiting);
            }
        } else if (waiting != null && waiting.number() < MAX_NUMBER && byNumber[waiting.number()] != null) {
            Syscall call = byNumber[waiting.number()];
            thread.callCode = call.code();
            thread.callSince = Math.max(start, thread.lastEventTime);
            thread.callFd = fd(call, waiting);
        }
    }

    /** The fd in the first register, where the call is about one; -1 otherwise. */
    private static long fd(Syscall call, WaitingCall waiting) {
        if (call == null) {
            return -1;
        }
        List<Signature.Argument> arguments = SyscallTable.signature(call.code()).arguments();
        boolean about = arguments.isEmpty() ? call.exitType() >= 0 && EventType.of(call.exitType()).is(EventFlag.USES_FD)
                : arguments.getFirst().kind() == Signature.Kind.FD;
        return about ? (int) waiting.arguments()[0] : -1;
    }
}
