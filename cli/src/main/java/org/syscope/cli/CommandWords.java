package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line taken apart, as {@link WordSplitter} does it.
 *
 * @param options the options in their order
 * @param words what is neither an option nor an argument
 * @param command what stands behind {@code --}; null where there is no {@code --}
 */
record CommandWords(List<Occurrence> options, List<Word> words, List<String> command) {

    /**
     * An option as given.
     *
     * @param option which
     * @param value its argument; null where it has none
     * @param position of the last word that belongs to it, from 0
     */
    record Occurrence(Option option, String value, int position) {
    }

    /**
     * A word that is no option.
     *
     * @param text the word
     * @param position among all words, from 0
     */
    record Word(String text, int position) {
    }

    /**
     * Takes the words apart.
     *
     * @throws UsageException for an unknown or ambiguous option, a missing argument, or one too many
     */
    static CommandWords parse(List<String> arguments) throws UsageException {
        WordSplitter<Option> splitter = new WordSplitter<>(Option.all());
        splitter.split(arguments);
        List<Occurrence> options = new ArrayList<>();
        for (WordSplitter.Given<Option> given : splitter.options()) {
            options.add(new Occurrence(given.option(), given.value(), given.position()));
        }
        return new CommandWords(options, splitter.words(), splitter.command());
    }

    /** The words joined by one blank: the filter as typed. */
    String filter() {
        return joined(words);
    }

    /** Words joined by one blank. */
    static String joined(List<Word> words) {
        StringBuilder joined = new StringBuilder();
        for (Word word : words) {
            if (!joined.isEmpty()) {
                joined.append(' ');
            }
            joined.append(word.text());
        }
        return joined.toString();
    }
}
