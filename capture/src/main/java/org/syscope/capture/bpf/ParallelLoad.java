package org.syscope.capture.bpf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Has the kernel verify several programs at the same time, one on each CPU: verifying is what loading takes long for,
 * a second in all for a large object, and the kernel does it without a lock for whoever has CAP_BPF.
 */
final class ParallelLoad {
    private static final int MOST_THREADS = 8;

    /** Loads one program. */
    interface Task {
        BpfProgram load(ProgramSpec spec) throws BpfException;
    }

    /** What came of a program: one of the two is null. */
    record Outcome(BpfProgram program, BpfException refusal) {
    }

    private final List<ProgramSpec> programs;
    private final List<ProgramSpec> largestFirst;
    private final Task task;
    private final Map<ProgramSpec, Outcome> outcomes = new LinkedHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private RuntimeException failure;

    /**
     * Prepares to load.
     *
     * @param programs what to load
     * @param task loads one; called by several threads
     */
    ParallelLoad(List<ProgramSpec> programs, Task task) {
        this.programs = programs;
        this.largestFirst = new ArrayList<>(programs);
        // The last to be begun should be a short one, or the others wait for it.
        largestFirst.sort((one, other) -> other.code().instructions().length - one.code().instructions().length);
        this.task = task;
    }

    /** {@return what came of each program, in the order in which they were given} */
    Map<ProgramSpec, Outcome> run() {
        for (ProgramSpec program : programs) {
            outcomes.put(program, null);
        }
        int helpers = Math.min(Math.min(Runtime.getRuntime().availableProcessors(), programs.size()), MOST_THREADS) - 1;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < helpers; i++) {
            threads.add(Thread.ofPlatform().daemon().name("bpf-load-" + i).start(this::work));
        }
        work();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException later) {
                    // What the others load must be known, or it could not be closed.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            for (Outcome outcome : outcomes.values()) {
                if (outcome != null && outcome.program != null) {
                    outcome.program.close();
                }
            }
            throw failure;
        }
        return outcomes;
    }

    private void work() {
        for (int index = next.getAndIncrement(); index < largestFirst.size(); index = next.getAndIncrement()) {
            ProgramSpec program = largestFirst.get(index);
            try {
                put(program, new Outcome(task.load(program), null));
            } catch (BpfException refused) {
                put(program, new Outcome(null, refused));
            } catch (RuntimeException unexpected) {
                synchronized (outcomes) {
                    failure = unexpected;
                }
                return;
            }
        }
    }

    private void put(ProgramSpec program, Outcome outcome) {
        synchronized (outcomes) {
            outcomes.put(program, outcome);
        }
    }
}
