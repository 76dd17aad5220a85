package org.syscope.cli;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.state.SystemState;

/**
 * The scan of /proc at the start of a trace, on a thread of its own: the kernel verifies the driver's programs meanwhile,
 * and the rings have not to hold what happens while /proc is read.
 */
final class ProcScan {

    private final FutureTask<Void> task;
    private final ProcSystem proc;

    private ProcScan(FutureTask<Void> task, ProcSystem proc) {
        this.task = task;
        this.proc = proc;
    }

    /** Begins; {@code state} must not be used before {@link #await}. */
    static ProcScan begin(ProcSystem proc, SystemState state) {
        FutureTask<Void> task = new FutureTask<>(() -> proc.scan(state), null);
        Thread thread = new Thread(task, "proc-scan");
        thread.setDaemon(true);
        thread.start();
        return new ProcScan(task, proc);
    }

    /** Whoever has only some of the capabilities sees calls, but not all names: that is said, once, after the scan. */
    void sayHidden(Consumer<String> warn) throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_SYS_PTRACE) && mine.has(Capability.CAP_DAC_READ_SEARCH);
        if (!able && proc.hidden() > 0) {
            warn.accept("of " + Figures.count(proc.hidden()) + " running processes neither open files nor directories nor"
                    + " environments are known without CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; " + Capabilities.hint());
        }
    }

    /** Waits for its end. */
    void await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    task.get();
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (ExecutionException failed) {
                    throw failed.getCause() instanceof RuntimeException cause ? cause
                            : new IllegalStateException(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
