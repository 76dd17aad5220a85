package org.syscope.chisels;

import java.util.ArrayList;
import java.util.List;

/** Splits the one word of the command line that holds all of a chisel's arguments. */
final class ArgumentText {
    private ArgumentText() {
    }

    /**
     * Splits at blanks; {@code '} and {@code `} keep blanks together.
     *
     * @throws ChiselException if a quote is not closed, or there are too few or too many arguments
     */
    static List<String> split(ChiselInfo chisel, String text) throws ChiselException {
        List<String> words = words(chisel, text == null ? "" : text.strip());
        int required = chisel.requiredArguments();
        int declared = chisel.arguments().size();
        if (words.size() < required) {
            throw ChiselException.usage("wrong number of parameters for chisel " + chisel.name() + ", " + required
                    + " required, " + words.size() + " given: " + chisel.synopsis());
        }
        if (words.size() > declared) {
            throw ChiselException.usage("too many parameters for chisel " + chisel.name() + ", " + required
                    + " required, " + (declared - required) + " optional, " + words.size() + " given");
        }
        return words;
    }

    private static List<String> words(ChiselInfo chisel, String text) throws ChiselException {
        if (text.isEmpty()) {
            return List.of();
        }
        boolean quoted = text.charAt(0) == '\'' || text.charAt(0) == '`';
        if (!quoted && chisel.arguments().size() == 1 && chisel.arguments().getFirst().isFilter()) {
            return List.of(text);
        }
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == ' ') {
                i++;
                continue;
            }
            int end;
            if (c == '\'' || c == '`') {
                end = text.indexOf(c, ++i);
                if (end < 0) {
                    throw ChiselException.usage("corrupted parameters for chisel " + chisel.name()
                            + ": the quote " + c + " is not closed");
                }
                words.add(text.substring(i, end));
                end++;
            } else {
                end = i;
                while (end < text.length() && text.charAt(end) != ' ') {
                    end++;
                }
                words.add(text.substring(i, end));
            }
            i = end;
        }
        return words;
    }
}
