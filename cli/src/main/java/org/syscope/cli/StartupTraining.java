package org.syscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Does what most runs do, without output, while the JVM records which classes a start needs, and which code is busy; see the
 * launcher. Standard input and output are a terminal of its own meanwhile, so that the UI starts as it does for a person.
 * Whoever may not trace gets a cache without the classes of the drivers.
 */
public final class StartupTraining {

    /** After that time there is no training: whoever waits for it is better off without. */
    private static final long PATIENCE_SECONDS = 40;

    private StartupTraining() {
    }

    /** Runs command lines; the captures to read are the arguments. */
    public static void main(String[] captures) {
        giveUpInTime();
        run("--version");
        for (String capture : captures) {
            run("-r", capture);
            run("-r", capture, "-n", "1", "evt.type in (open, openat) and fd.name contains etc or proc.name=sh");
            run("-r", capture, "-n", "1", "-p", "*%evt.num %proc.name %fd.name");
            run("-r", capture, "-n", "1", "-j");
            run("ui", "--raw", "-r", capture);
            run("-r", capture, "-w", "/dev/null");
        }
        if (captures.length > 0) {
            onTerminal("ui", "-r", captures[0]);
        }
        onTerminal("ui", "--", "true");
        // The last one: whoever runs a command outside the UI ends as the command does, at once. It makes so many calls that the
        // code that takes events is seen to be busy; a run that knows that compiles it at once.
        run("-w", "/dev/null", "--", "dd", "if=/dev/zero", "of=/dev/null", "bs=1", "count=250000");
    }

    private static void onTerminal(String... words) {
        try (TrainingTerminal terminal = TrainingTerminal.open("q")) {
            run(words);
        } catch (IOException e) {
            // without pseudo-terminals the UI starts as slowly as it would without a cache
            run("--version");
        }
    }

    private static void run(String... words) {
        OutputStream nothing = OutputStream.nullOutputStream();
        new Program(new StandardOutput(nothing), new PrintStream(nothing), Map.of("TERM", "xterm-256color")).run(List.of(words));
    }

    private static void giveUpInTime() {
        Thread clock = new Thread(() -> {
            try {
                TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
            } catch (InterruptedException e) {
                return;
            }
            Runtime.getRuntime().halt(Program.FAILURE);
        }, "patience");
        clock.setDaemon(true);
        clock.start();
    }
}
