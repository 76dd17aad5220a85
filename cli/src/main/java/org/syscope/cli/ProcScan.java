package org.syscope.cli;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.state.SystemState;

/**
 * The scan of /proc at the start of a trace, on a thread of its own: the kernel verifies the driver's programs meanwhile,
 * and the rings have not to hold what happens while /proc is read.
 */
final class ProcScan {

    private final FutureTask<Void> task;

    private ProcScan(FutureTask<Void> task) {
        this.task = task;
    }

    /** Begins; {@code state} must not be used before {@link #await}. */
    static ProcScan begin(ProcSystem proc, SystemState state) {
        FutureTask<Void> task = new FutureTask<>(() -> proc.scan(state), null);
        Thread thread = new Thread(task, "proc-scan");
        thread.setDaemon(true);
        thread.start();
        return new ProcScan(task);
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
