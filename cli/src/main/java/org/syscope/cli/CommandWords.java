package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of a command line taken apart as getopt_long(3) does, which is what users of such tools have in their
 * fingers: letters may be bundled, an argument may be glued to its letter, long names may be shortened while they stay
 * unique, and options may stand behind the filter. What stands behind {@code --} is a command to run.
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
        List<Occurrence> options = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        int i = 0;
        while (i < arguments.size()) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                return new CommandWords(options, words, List.copyOf(arguments.subList(i + 1, arguments.size())));
            }
            if (word.startsWith("--")) {
                i = parseLong(arguments, i, options);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                i = parseLetters(arguments, i, options);
            } else {
                words.add(new Word(word, i));
            }
            i++;
        }
        return new CommandWords(options, words, null);
    }

    private static int parseLong(List<String> arguments, int index, List<Occurrence> options) throws UsageException {
        String word = arguments.get(index);
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        String value = equals < 0 ? null : word.substring(equals + 1);
        Option option = ofLongName(name);
        switch (option.argument()) {
            case NONE -> {
                if (value != null) {
                    throw new UsageException("option --" + option.longName() + " takes no argument");
                }
            }
            case REQUIRED -> {
                if (value == null) {
                    index++;
                    value = argument(arguments, index, "--" + option.longName());
                }
            }
            case KEYWORD -> {
                if (value == null && isKeyword(option, arguments, index + 1)) {
                    index++;
                    value = option.label();
                } else if (value != null && !value.equals(option.label())) {
                    throw new UsageException("option --" + option.longName() + " takes " + option.label() + " or nothing, not '"
                            + value + "'");
                }
            }
            default -> {
                // an optional argument is never the next word
            }
        }
        options.add(new Occurrence(option, value, index));
        return index;
    }

    private static int parseLetters(List<String> arguments, int index, List<Occurrence> options) throws UsageException {
        String word = arguments.get(index);
        for (int i = 1; i < word.length(); i++) {
            Option option = Option.ofLetter(word.charAt(i));
            if (option == null) {
                throw new UsageException("unknown option -" + word.substring(i, word.offsetByCodePoints(i, 1)));
            }
            String rest = word.substring(i + 1);
            switch (option.argument()) {
                case REQUIRED -> {
                    if (rest.isEmpty()) {
                        index++;
                        rest = argument(arguments, index, "-" + option.letter());
                    }
                    options.add(new Occurrence(option, rest, index));
                    return index;
                }
                case OPTIONAL -> {
                    options.add(new Occurrence(option, rest.isEmpty() ? null : rest, index));
                    return index;
                }
                case KEYWORD -> {
                    boolean keyword = rest.isEmpty() && isKeyword(option, arguments, index + 1);
                    index += keyword ? 1 : 0;
                    options.add(new Occurrence(option, keyword ? option.label() : null, index));
                    if (keyword) {
                        return index;
                    }
                }
                default -> options.add(new Occurrence(option, null, index));
            }
        }
        return index;
    }

    private static boolean isKeyword(Option option, List<String> arguments, int index) {
        return index < arguments.size() && arguments.get(index).equals(option.label());
    }

    private static String argument(List<String> arguments, int index, String option) throws UsageException {
        if (index >= arguments.size()) {
            throw new UsageException("option " + option + " needs an argument");
        }
        return arguments.get(index);
    }

    /** The option that is called so, or that is the only one whose long name begins so. */
    private static Option ofLongName(String name) throws UsageException {
        List<Option> candidates = new ArrayList<>();
        for (Option option : Option.all()) {
            if (!option.longName().startsWith(name)) {
                continue;
            }
            if (option.longName().equals(name)) {
                return option;
            }
            candidates.add(option);
        }
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        if (candidates.isEmpty() || name.isEmpty()) {
            throw new UsageException("unknown option --" + name);
        }
        StringBuilder message = new StringBuilder("option --").append(name).append(" is ambiguous:");
        for (Option option : candidates) {
            message.append(" --").append(option.longName());
        }
        throw new UsageException(message.toString());
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
