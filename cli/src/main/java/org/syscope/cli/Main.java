package org.syscope.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The program. */
public final class Main {

    private Main() {
    }

    /** Runs a command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        int status = new Program(new StandardOutput(), err, System.getenv()).run(List.of(arguments));
        System.exit(status);
    }
}
