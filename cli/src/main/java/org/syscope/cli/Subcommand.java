package org.syscope.cli;

/** What the first word of a command line may be instead of a filter: something else to do than tracing into lines. */
enum Subcommand {
    /** Views on the terminal. */
    UI("ui", "look around in views on the terminal"),
    /** Drivers that are built and loaded. */
    DRIVER("driver", "build and load drivers, and tell which ones work here"),
    /** What is in a capture. */
    INFO("info", "sum a capture up"),
    /** Files for packages. */
    GENERATE("generate", "print the manual page or the completion of a shell");

    private final String word;
    private final String description;

    Subcommand(String word, String description) {
        this.word = word;
        this.description = description;
    }

    /** The subcommand that is called so; null if there is none. */
    static Subcommand of(String word) {
        for (Subcommand each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        return null;
    }

    /** The word itself. */
    String word() {
        return word;
    }

    /** What it does, in a few words. */
    String description() {
        return description;
    }
}
