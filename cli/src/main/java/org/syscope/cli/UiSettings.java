package org.syscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.syscope.filters.text.BufferFormat;

/** The command line of {@code syscope ui} understood: every option's argument checked, contradictions refused. */
final class UiSettings {

    /** What shows the views. */
    enum Front {
        TERMINAL, RAW, JSON
    }

    private static final long MILLI = 1_000_000;
    private static final long USUAL_DELAY = 2000;
    private static final long LEAST_DELAY = 100;
    private static final long MOST_DELAY = 3_600_000;

    private final Path standardInput;
    private final Map<UiOption, List<String>> given = new EnumMap<>(UiOption.class);
    private final List<CommandWords.Word> words;
    private final Settings source;
    private final long intervalNanos;
    private final int firstRow;
    private final int lastRow;
    private final int sortColumn;

    /**
     * Understands a command line.
     *
     * @param arguments what stands behind {@code ui}
     * @throws UsageException if an argument is wrong, options contradict each other, or one has no effect here
     */
    UiSettings(List<String> arguments) throws UsageException {
        this(arguments, null);
    }

    /**
     * The same, with standard input in a file.
     *
     * @param standardInput what {@code -r -} reads; null if it is not in a file
     */
    UiSettings(List<String> arguments, Path standardInput) throws UsageException {
        this.standardInput = standardInput;
        WordSplitter<UiOption> splitter = new WordSplitter<>(UiOption.all());
        splitter.split(arguments);
        words = splitter.words();
        List<String> passed = new ArrayList<>();
        for (WordSplitter.Given<UiOption> option : splitter.options()) {
            given.computeIfAbsent(option.option(), ignored -> new ArrayList<>()).add(option.value());
            pass(option, standardInput, passed);
        }
        if (splitter.command() != null) {
            passed.add("--");
            passed.addAll(splitter.command());
        }
        source = new Settings(CommandWords.parse(passed));
        intervalNanos = delay() * MILLI;
        firstRow = (int) number(UiOption.FROM, 0, 0, "row");
        lastRow = (int) number(UiOption.TO, 0, 0, "row");
        sortColumn = (int) number(UiOption.SORTINGCOL, 1, 0, "column") - 1;
        checkTogether();
    }

    /** What a view is fed with is what {@code syscope} would read: its own options say so. */
    private static void pass(WordSplitter.Given<UiOption> option, Path standardInput, List<String> passed)
            throws UsageException {
        Option same = option.option().same();
        if (same == null) {
            return;
        }
        if (same == Option.PRINT) {
            if (!List.of("c", "container").contains(option.value())) {
                throw new UsageException("-p: views know only -pc, columns about containers; not '" + option.value() + "'");
            }
            return;
        }
        String value = same == Option.READ && standardInput != null && option.value().equals("-") ? standardInput.toString()
                : option.value();
        passed.add("--" + same.longName() + (value == null ? "" : "=" + value));
    }

    private void checkTogether() throws UsageException {
        if (lastRow != 0 && lastRow < firstRow) {
            throw new UsageException("'to' argument cannot be smaller than the 'from' one");
        }
        if (has(UiOption.RAW) && front() == Front.JSON) {
            throw new UsageException("either --raw or " + (has(UiOption.JSON) ? "-j" : "--interactive")
                    + ": output has one form");
        }
        if ((has(UiOption.FROM) || has(UiOption.TO)) && front() == Front.TERMINAL) {
            throw new UsageException("--from and --to choose rows of the output: they need -j or --raw");
        }
        if (has(UiOption.FORCE_TERM_COMPAT) && front() != Front.TERMINAL) {
            throw new UsageException("--force-term-compat is about the terminal's screen: not together with -j or --raw");
        }
        if (source.files().contains("-") && has(UiOption.INTERACTIVE)) {
            throw new UsageException("--interactive reads its commands from standard input: give -r a file name");
        }
    }

    private long delay() throws UsageException {
        String text = value(UiOption.DELAY);
        if (text == null) {
            return USUAL_DELAY;
        }
        long delay;
        try {
            delay = Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException("can't parse the -d argument, make sure it's a number: '" + text + "'");
        }
        if (delay < LEAST_DELAY) {
            throw new UsageException("-d " + text + ": Period must be bigger than 100ms");
        }
        if (delay > MOST_DELAY) {
            throw new UsageException("-d " + text + ": an interval has at most " + MOST_DELAY + " ms");
        }
        return delay;
    }

    private long number(UiOption option, long least, long absent, String what) throws UsageException {
        String text = value(option);
        if (text == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same message as for a number out of range
        }
        throw new UsageException(option.display() + ": '" + text + "' is no number of a " + what + ", " + least + " or more");
    }

    /** Whether the option was given. */
    boolean has(UiOption option) {
        return given.containsKey(option);
    }

    /** The option's argument, the last one if it was given more often; null if it was not, or without one. */
    String value(UiOption option) {
        List<String> values = given.get(option);
        return values == null ? null : values.getLast();
    }

    /** Whether standard input is the capture and must be in a file first: views on the terminal read it more than once. */
    boolean readsStandardInput() {
        return source.files().contains("-") && front() == Front.TERMINAL;
    }

    /** As the user named one of the files of the source. */
    String display(String file) {
        return standardInput != null && file.equals(standardInput.toString()) ? "-" : file;
    }

    /** What the source of the events is asked for, in {@code syscope}'s own words. */
    Settings source() {
        return source;
    }

    /** The filter; empty if there is none. */
    String filter() {
        return CommandWords.joined(words);
    }

    Front front() {
        return has(UiOption.RAW) && !has(UiOption.JSON) && !has(UiOption.INTERACTIVE) ? Front.RAW
                : has(UiOption.JSON) || has(UiOption.INTERACTIVE) ? Front.JSON : Front.TERMINAL;
    }

    /** Whether columns about containers are wanted. */
    boolean containers() {
        return has(UiOption.PRINT);
    }

    /** Length of an interval, ns. */
    long intervalNanos() {
        return intervalNanos;
    }

    /** The first row of the output, from 0. */
    int firstRow() {
        return firstRow;
    }

    /** The last row of the output, included; 0 for all. */
    int lastRow() {
        return lastRow;
    }

    /** The shown column to sort by, from 0; -1 for the view's own. */
    int sortColumn() {
        return sortColumn;
    }

    /** How buffers are shown at first. */
    BufferFormat buffers() {
        return has(UiOption.HEX_ASCII) ? BufferFormat.HEX_ASCII : has(UiOption.ASCII) ? BufferFormat.ASCII_COMPACT
                : BufferFormat.NORMAL;
    }

    /** The words that say where events come from, for other command lines. */
    List<String> sourceWords() {
        List<String> line = new ArrayList<>();
        for (String file : source.files()) {
            line.add("-r");
            line.add(display(file));
        }
        return line;
    }
}
