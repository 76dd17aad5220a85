package org.syscope.cli;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.event.Event;
import org.syscope.capture.procfs.ProcSystem;
import org.syscope.capture.state.ThreadInfo;

/**
 * Whom a live trace is limited to: a command, running processes, or both, each with all descendants. The set itself lives in
 * the kernel, where it follows forks.
 */
final class TracedProcesses {

    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    private final TracedCommand command;
    private final List<Long> leaders;
    private final ProcSystem proc;

    private TracedProcesses(TracedCommand command, List<Long> leaders, ProcSystem proc) {
        this.command = command;
        this.leaders = leaders;
        this.proc = proc;
    }

    /**
     * Finds the processes and starts the command, stopped.
     *
     * @param words the command; null if there is none
     * @param pids processes, or threads of them; empty if there are none
     * @param streams whether the command has this process's standard streams
     * @return null if the whole machine is to be traced
     * @throws IOException if one of the processes is not there, is this program itself, or the command cannot be started
     */
    static TracedProcesses begin(List<String> words, List<Integer> pids, boolean streams, ProcSystem proc) throws IOException {
        if (words == null && pids.isEmpty()) {
            return null;
        }
        Set<Long> leaders = new HashSet<>();
        for (int pid : pids) {
            long leader = proc.leader(pid);
            if (leader <= 0 || proc.hasEnded(leader)) {
                throw new IOException("--pid " + pid + ": there is no such process");
            }
            if (leader == proc.self()) {
                throw new IOException("--pid " + pid + " is this program itself, which never traces itself");
            }
            leaders.add(leader);
        }
        return new TracedProcesses(words == null ? null : TracedCommand.start(words, streams, proc), List.copyOf(leaders), proc);
    }

    /**
     * Puts all processes into the driver's set and lets the command go. A process that forks is in the set before its
     * children are looked for, so that the kernel follows those that come later: none is missed.
     *
     * @throws IOException if there are more than the driver can follow
     */
    void enter(Driver driver) throws IOException {
        Set<Long> known = new HashSet<>();
        for (long leader : leaders) {
            add(driver, leader, known);
        }
        long self = proc.self();
        boolean grown = !leaders.isEmpty();
        while (grown) {
            grown = false;
            for (long pid : proc.processes()) {
                if (pid != self && !known.contains(pid) && known.contains(proc.parent(pid))) {
                    add(driver, pid, known);
                    grown = true;
                }
            }
        }
        if (command != null) {
            driver.trace(command.pid());
            command.go();
        }
    }

    /** A process that ended just before it came into the set would stay there for good. */
    private void add(Driver driver, long pid, Set<Long> known) throws IOException {
        known.add(pid);
        driver.trace((int) pid);
        if (proc.hasEnded(pid)) {
            driver.forget((int) pid);
        }
    }

    /** Whether an event is not to be shown, because the command is not yet itself. To be asked for each event in order. */
    boolean hides(Event event) {
        return command != null && command.hides(event);
    }

    /** Whether a thread that ran before the trace began may have events in it; later ones are told of by events. */
    boolean mayHave(ThreadInfo thread) {
        return !leaders.isEmpty() || thread.pid == command.pid();
    }

    /** Whether processes are traced that ran before, of which /proc has to tell. */
    boolean includesOlder() {
        return !leaders.isEmpty();
    }

    /** Something failed: the command is not left behind stopped. */
    void abandon() {
        if (command != null) {
            command.signal(SIGKILL);
        }
    }

    /** Asks the command to end, if it still runs; what it has started goes on. */
    void endCommand() {
        if (command != null && command.runs()) {
            command.signal(SIGTERM);
        }
    }

    /** Ends this process as the command ended; does nothing if there is none. */
    void endLikewise() {
        if (command != null) {
            command.endLikewise();
        }
    }
}
