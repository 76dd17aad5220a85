package org.syscope.cli;

import java.util.List;

/** The program. */
public final class Main {

    private Main() {
    }

    /** Runs a command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        try {
            Settings settings = new Settings(CommandWords.parse(List.of(arguments)));
            if (settings.has(Option.HELP)) {
                System.out.print(Help.brief());
            }
        } catch (UsageException e) {
            System.err.println("syscope: " + e.getMessage());
            System.exit(2);
        }
    }
}
