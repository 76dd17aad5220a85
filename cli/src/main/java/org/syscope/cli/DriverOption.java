package org.syscope.cli;

import java.util.List;

/** The options of {@code syscope driver build}. */
enum DriverOption implements OptionRow {
    /** Where the kernel's headers are. */
    KERNEL_DIR('\0', "kernel-dir", "DIR", "folder of the kernel's headers, if not /lib/modules/RELEASE/build"),
    /** Where to write. */
    OUTPUT('o', "output", "FILE", "what to write, if not the usual place");

    private final char letter;
    private final String longName;
    private final String label;
    private final String description;

    DriverOption(char letter, String longName, String label, String description) {
        this.letter = letter;
        this.longName = longName;
        this.label = label;
        this.description = description;
    }

    /** All of them. */
    static List<DriverOption> all() {
        return List.of(values());
    }

    @Override
    public char letter() {
        return letter;
    }

    @Override
    public String longName() {
        return longName;
    }

    @Override
    public Option.Argument argument() {
        return Option.Argument.REQUIRED;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean offered() {
        return true;
    }
}
