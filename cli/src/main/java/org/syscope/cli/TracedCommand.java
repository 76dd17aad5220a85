package org.syscope.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.SystemCall;
import org.syscope.capture.procfs.ProcSystem;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The command behind {@code --}. A shell is started that stops itself; once its pid is in the driver's set it is let go
 * and replaces itself by the command, so that nothing of the command escapes the trace. What the shell does before that
 * is not shown.
 */
final class TracedCommand {

    private static final int SIGCONT = 18;
    private static final int SIGKILL = 9;
    private static final File NOTHING = new File("/dev/null");
    private static final long START_TIMEOUT_SECONDS = 10;
    private static final int BRK_ADDRESS = 4;

    private final Process process;
    private final long pid;
    private final long shownPid;
    private boolean began;
    private int signal;

    private TracedCommand(Process process, long shownPid) {
        this.process = process;
        this.pid = process.pid();
        this.shownPid = shownPid;
    }

    /**
     * Starts the command, stopped; without the capabilities that are there for tracing.
     *
     * @param streams whether it has this process's standard streams; otherwise it reads nothing, and what it writes is lost
     * @param proc knows under which id events tell of it
     * @throws IOException if there is no shell, or it does not stop
     */
    static TracedCommand start(List<String> words, boolean streams, ProcSystem proc) throws IOException {
        CommandNotFoundException.check(words.getFirst(), System.getenv());
        List<String> shell = new ArrayList<>(List.of("/bin/sh", "-c", "kill -STOP $$; exec \"$0\" \"$@\""));
        shell.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(shell);
        if (streams) {
            builder.inheritIO();
        } else {
            builder.redirectInput(NOTHING).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        }
        restoreLocale(builder.environment());
        Capabilities.keepFromChildren();
        Process process = builder.start();
        TracedCommand command = new TracedCommand(process, proc.ofChild(process.pid()));
        command.awaitStop(proc);
        return command;
    }

    /** The launcher gives this program a UTF-8 locale where there is none; the command gets back what it would have had. */
    private static void restoreLocale(Map<String, String> environment) {
        String locale = environment.remove("SYSCOPE_LOCALE");
        if (locale != null && locale.isEmpty()) {
            environment.remove("LC_ALL");
        } else if (locale != null) {
            environment.put("LC_ALL", locale.substring(1));
        }
    }

    private void awaitStop(ProcSystem proc) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_TIMEOUT_SECONDS);
        while (System.nanoTime() < deadline) {
            if (proc.isStopped(shownPid)) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
        }
        process.destroyForcibly();
        throw new IOException("the command did not start within " + START_TIMEOUT_SECONDS + " s");
    }

    /** The process id, which the command keeps, as events have it. */
    int pid() {
        return (int) shownPid;
    }

    /** Lets the command run. */
    void go() {
        SystemCall.KILL.call(pid, SIGCONT);
    }

    /**
     * Whether an event belongs to the shell that became the command, and is not to be shown. To be asked for each event in
     * order; also notes how the command ends. Where events were lost nothing is hidden any more: the one that makes the shell
     * the command may be among them.
     */
    boolean hides(Event event) {
        if (event.tid() == shownPid && event.typeCode() == EventCodes.PPME_PROCEXIT_1_E) {
            signal = (int) event.unsigned(2, 0);
        }
        if (!began) {
            began = event.typeCode() == EventCodes.PPME_DROP_E || event.tid() == shownPid && isCommands(event);
        }
        return !began && event.tid() == shownPid;
    }

    /** A successful exec, or what only a program that has just begun does: it asks where its heap is. */
    private static boolean isCommands(Event event) {
        return switch (event.typeCode()) {
            case EventCodes.PPME_SYSCALL_EXECVE_19_X, EventCodes.PPME_SYSCALL_EXECVEAT_X -> event.signed(0, -1) == 0;
            case EventCodes.PPME_SYSCALL_BRK_4_X -> event.unsigned(BRK_ADDRESS, -1) == 0;
            default -> false;
        };
    }

    /** Whether it has not ended yet. */
    boolean runs() {
        return process.isAlive();
    }

    /** Passes a signal on to the command. */
    void signal(int number) {
        SystemCall.KILL.call(pid, number);
    }

    /**
     * Ends this process as the command ended: with its exit status, or by the signal that killed it. To be called when
     * everything was written. Signals that the Java machine keeps for itself (SEGV, QUIT and others) become the exit
     * status that a shell gives for them.
     */
    void endLikewise() {
        int status = exitStatus();
        String name = signalName(signal);
        if (name != null) {
            if (signal != SIGKILL) {
                Signal.handle(new Signal(name), SignalHandler.SIG_DFL);
            }
            SystemCall.KILL.call(ProcessHandle.current().pid(), signal);
            // It takes effect when the kernel is left next; where it is blocked or ignored the status must do.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        Runtime.getRuntime().halt(status);
    }

    /** The exit status as a shell gives it: 128 + the number for a signal. Waits for the command to end. */
    int exitStatus() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String signalName(int number) {
        return switch (number) {
            case 1 -> "HUP";
            case 2 -> "INT";
            case SIGKILL -> "KILL";
            case 10 -> "USR1";
            case 12 -> "USR2";
            case 13 -> "PIPE";
            case 14 -> "ALRM";
            case 15 -> "TERM";
            default -> null;
        };
    }
}
