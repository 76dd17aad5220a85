package org.syscope.chisels;

/**
 * An argument that a chisel declares.
 *
 * @param name the name given to the script's {@code on_set_arg}
 * @param description one line for the user; may be empty
 * @param type {@code string}, {@code int}, {@code ipv4}, {@code filter} or what else the script says
 * @param optional the chisel runs without it
 */
public record ChiselArgument(String name, String description, String type, boolean optional) {
    /** Whether the argument is an event filter. */
    public boolean isFilter() {
        return type.equals("filter");
    }
}
