package org.syscope.chisels;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a chisel says of itself.
 *
 * @param name the name to call it by: the file's name without {@code .lua}
 * @param category the group it is listed in
 * @param shortDescription one line
 * @param description all there is to say; may be empty
 * @param arguments in the order in which they are given
 * @param hidden not listed: called by other chisels only
 */
public record ChiselInfo(String name, String category, String shortDescription, String description,
        List<ChiselArgument> arguments, boolean hidden) {
    /** Copies the arguments. */
    public ChiselInfo {
        arguments = List.copyOf(arguments);
    }

    /** How many arguments must be given. */
    public int requiredArguments() {
        return (int) arguments.stream().filter(argument -> !argument.optional()).count();
    }

    /**
     * Decides whether the word that follows on the command line is the chisel's argument string or begins the filter. A
     * required argument always takes it; a single argument that is a filter too; optional ones do not take an option,
     * or what compiles as a filter together with the words behind it.
     *
     * @param rest the words that follow {@code -c NAME}, of which the first is asked about
     * @param isFilter tells whether words joined by blanks are a valid filter
     * @return whether the first word belongs to the chisel; false if there is none
     * @throws ChiselException if an argument is required and there is none
     */
    public boolean takesWord(List<String> rest, Predicate<String> isFilter) throws ChiselException {
        if (arguments.isEmpty()) {
            return false;
        }
        if (rest.isEmpty()) {
            if (requiredArguments() > 0) {
                throw ChiselException.usage("missing arguments for chisel " + name + ": " + synopsis());
            }
            return false;
        }
        if (requiredArguments() > 0 || arguments.size() == 1 && arguments.getFirst().isFilter()) {
            return true;
        }
        return !rest.getFirst().startsWith("-") && !isFilter.test(String.join(" ", rest));
    }

    /** The arguments in one line: {@code host_port [disable_color]}. */
    public String synopsis() {
        StringBuilder line = new StringBuilder();
        for (ChiselArgument argument : arguments) {
            line.append(line.isEmpty() ? "" : " ")
                    .append(argument.optional() ? "[" + argument.name() + "]" : argument.name());
        }
        return line.toString();
    }
}
