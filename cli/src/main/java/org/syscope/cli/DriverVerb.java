package org.syscope.cli;

/** What {@code syscope driver} can do. */
enum DriverVerb {
    /** Compiles. */
    BUILD("build", "[bpf|kmod] [--kernel-dir DIR] [-o FILE]", "compile the bpf driver's probe and the kernel module"),
    /** Loads. */
    LOAD("load", "[FILE]", "load the kernel module"),
    /** Unloads. */
    UNLOAD("unload", "", "unload the kernel module"),
    /** Tells. */
    STATUS("status", "", "tell which drivers work here, and what is missing for the others");

    private final String word;
    private final String arguments;
    private final String description;

    DriverVerb(String word, String arguments, String description) {
        this.word = word;
        this.arguments = arguments;
        this.description = description;
    }

    /** The verb that is called so; null if there is none. */
    static DriverVerb of(String word) {
        for (DriverVerb each : values()) {
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

    /** The word with its arguments, as a usage line has it. */
    String usage() {
        return arguments.isEmpty() ? word : word + " " + arguments;
    }

    /** What it does, in a few words. */
    String description() {
        return description;
    }
}
