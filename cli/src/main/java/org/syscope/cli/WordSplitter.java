package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;
import org.syscope.cli.CommandWords.Word;

/**
 * Takes the words of a command line apart as getopt_long(3) does, which is what users of such tools have in their
 * fingers: letters may be bundled, an argument may be glued to its letter, long names may be shortened while they stay
 * unique, and options may stand behind the filter. What stands behind {@code --} is a command to run.
 *
 * @param <O> the table of options
 */
final class WordSplitter<O extends OptionRow> {

    /**
     * An option as given.
     *
     * @param option which
     * @param value its argument; null where it has none
     * @param position of the last word that belongs to it, from 0
     */
    record Given<O>(O option, String value, int position) {
    }

    private final List<O> all;
    private final List<Given<O>> options = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private List<String> command;

    /** For the options of a table. */
    WordSplitter(List<O> all) {
        this.all = all;
    }

    /**
     * Takes the words apart; once.
     *
     * @throws UsageException for an unknown or ambiguous option, a missing argument, or one too many
     */
    void split(List<String> arguments) throws UsageException {
        int i = 0;
        while (i < arguments.size()) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                command = List.copyOf(arguments.subList(i + 1, arguments.size()));
                return;
            }
            if (word.startsWith("--")) {
                i = parseLong(arguments, i);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                i = parseLetters(arguments, i);
            } else {
                words.add(new Word(word, i));
            }
            i++;
        }
    }

    /** The options in their order. */
    List<Given<O>> options() {
        return options;
    }

    /** What is neither an option nor an argument. */
    List<Word> words() {
        return words;
    }

    /** What stands behind {@code --}; null where there is no {@code --}. */
    List<String> command() {
        return command;
    }

    private O ofLetter(char letter) {
        for (O option : all) {
            if (option.letter() == letter) {
                return option;
            }
        }
        return null;
    }

    private int parseLong(List<String> arguments, int index) throws UsageException {
        String word = arguments.get(index);
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        String value = equals < 0 ? null : word.substring(equals + 1);
        O option = ofLongName(name);
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
        options.add(new Given<>(option, value, index));
        return index;
    }

    private int parseLetters(List<String> arguments, int index) throws UsageException {
        String word = arguments.get(index);
        for (int i = 1; i < word.length(); i++) {
            O option = ofLetter(word.charAt(i));
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
                    options.add(new Given<>(option, rest, index));
                    return index;
                }
                case OPTIONAL -> {
                    options.add(new Given<>(option, rest.isEmpty() ? null : rest, index));
                    return index;
                }
                case KEYWORD -> {
                    boolean keyword = rest.isEmpty() && isKeyword(option, arguments, index + 1);
                    index += keyword ? 1 : 0;
                    options.add(new Given<>(option, keyword ? option.label() : null, index));
                    if (keyword) {
                        return index;
                    }
                }
                default -> options.add(new Given<>(option, null, index));
            }
        }
        return index;
    }

    private boolean isKeyword(O option, List<String> arguments, int index) {
        return index < arguments.size() && arguments.get(index).equals(option.label());
    }

    private static String argument(List<String> arguments, int index, String option) throws UsageException {
        if (index >= arguments.size()) {
            throw new UsageException("option " + option + " needs an argument");
        }
        return arguments.get(index);
    }

    /** The option that is called so, or that is the only one whose long name begins so. */
    private O ofLongName(String name) throws UsageException {
        List<O> candidates = new ArrayList<>();
        for (O option : all) {
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
        for (O option : candidates) {
            message.append(" --").append(option.longName());
        }
        throw new UsageException(message.toString());
    }
}
