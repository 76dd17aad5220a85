package org.syscope.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Does what most runs do, without output, while the JVM records which classes a start needs; see the launcher. */
public final class StartupTraining {

    private StartupTraining() {
    }

    /** Runs command lines; the captures to read are the arguments. */
    public static void main(String[] captures) {
        run("--version");
        for (String capture : captures) {
            run("-r", capture);
            run("-r", capture, "-n", "1", "evt.type in (open, openat) and fd.name contains etc or proc.name=sh");
            run("-r", capture, "-n", "1", "-p", "*%evt.num %proc.name %fd.name");
            run("-r", capture, "-n", "1", "-j");
            run("ui", "--raw", "-r", capture);
        }
    }

    private static void run(String... words) {
        OutputStream nothing = OutputStream.nullOutputStream();
        new Program(new StandardOutput(nothing), new PrintStream(nothing), Map.of()).run(List.of(words));
    }
}
