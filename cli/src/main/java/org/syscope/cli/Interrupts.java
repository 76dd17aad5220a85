package org.syscope.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * What signals ask for. The first SIGINT, SIGTERM or SIGHUP asks the run to end well; the second ends the process at
 * once, with the status a shell gives for it. SIGUSR1 asks for the totals so far, SIGUSR2 has a flight recorder write what
 * it keeps. Signals that the process was started to
 * ignore (nohup, background jobs) stay ignored.
 */
final class Interrupts {

    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile boolean stop;
    private volatile boolean totals;
    private volatile boolean dump;
    private volatile Runnable wake = () -> {
    };
    private volatile Runnable beforeHalt = () -> {
    };

    /** What is done before the process ends at once, such as giving the terminal back; by another thread, and quickly. */
    void beforeHalt(Runnable action) {
        beforeHalt = action;
    }

    /** Takes the signals over. */
    void install() {
        handle("INT");
        handle("TERM");
        handle("HUP");
        Signal.handle(new Signal("USR1"), signal -> {
            totals = true;
            wake.run();
        });
        Signal.handle(new Signal("USR2"), signal -> {
            dump = true;
            wake.run();
        });
    }

    private void handle(String name) {
        Signal.handle(new Signal(name), signal -> ask(128 + signal.getNumber()));
    }

    /** A signal asks for the end: of the run, or the second time of the process, with that status. */
    private void ask(int status) {
        if (asked.getAndSet(true)) {
            beforeHalt.run();
            Runtime.getRuntime().halt(status);
        }
        stop();
    }

    /** Ends the run well. */
    void stop() {
        stop = true;
        wake.run();
    }

    /** What is done when a signal comes, beside what was given before, such as waking the source; by another thread. */
    void onSignal(Runnable action) {
        Runnable before = wake;
        wake = () -> {
            before.run();
            action.run();
        };
    }

    /** Whether the run should end. */
    boolean stopped() {
        return stop;
    }

    /** Whether the totals so far were asked for since the last call. */
    boolean takeTotalsRequest() {
        if (!totals) {
            return false;
        }
        totals = false;
        return true;
    }

    /** Whether a signal asked for the end. */
    boolean signalled() {
        return asked.get();
    }

    /** Whether a flight recorder's file was asked for since the last call. */
    boolean takeDumpRequest() {
        if (!dump) {
            return false;
        }
        dump = false;
        return true;
    }
}
