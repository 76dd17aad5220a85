package org.syscope.cli;

/** A row of a table of options: what taking a command line apart needs to know. */
interface OptionRow {

    /** The letter; NUL where it has only a long name. */
    char letter();

    /** The long name without dashes. */
    String longName();

    /** Whether it takes an argument. */
    Option.Argument argument();

    /** What the help calls the argument; null where there is none. */
    String label();

    /** What it does. */
    String description();

    /** Whether it does something in this version. */
    boolean offered();
}
