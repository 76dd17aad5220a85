package org.syscope.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.syscope.chisels.ChiselException;
import org.syscope.chisels.ChiselInfo;
import org.syscope.chisels.ChiselLibrary;
import org.syscope.cli.CommandWords.Occurrence;
import org.syscope.cli.CommandWords.Word;

/**
 * The chisels of a command line with their arguments, and the filter that is left. The word behind {@code -c NAME} is its
 * argument if the chisel wants one and the word does not begin the filter.
 *
 * @param calls the chisels in their order
 * @param filter the words that belong to no chisel, joined by blanks
 */
record ChiselCommand(List<Call> calls, String filter) {

    /**
     * One chisel.
     *
     * @param name as given
     * @param arguments in one text; null if there are none
     */
    record Call(String name, String arguments) {
    }

    /**
     * Divides the words of a command line.
     *
     * @param isFilter tells whether a text is a filter
     * @throws ChiselException if there is no such chisel, or its argument is missing
     */
    static ChiselCommand of(CommandWords words, ChiselLibrary library, Predicate<String> isFilter) throws ChiselException {
        List<Call> calls = new ArrayList<>();
        Set<Word> taken = new HashSet<>();
        for (Occurrence occurrence : words.options()) {
            if (occurrence.option() == Option.CHISEL) {
                ChiselInfo chisel = library.describe(occurrence.value());
                List<Word> rest = behind(words.words(), occurrence.position() + 1);
                boolean takes = chisel.takesWord(rest.stream().map(Word::text).toList(), isFilter);
                calls.add(new Call(occurrence.value(), takes ? rest.getFirst().text() : null));
                if (takes) {
                    taken.add(rest.getFirst());
                }
            }
        }
        List<Word> left = words.words().stream().filter(word -> !taken.contains(word)).toList();
        return new ChiselCommand(calls, CommandWords.joined(left));
    }

    /** The words from a position on; none if an option stands there. */
    private static List<Word> behind(List<Word> words, int position) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).position() == position) {
                return words.subList(i, words.size());
            }
        }
        return List.of();
    }
}
