package org.syscope.chisels.views;

import java.util.ArrayList;
import java.util.List;

/** The command line that prints what is on a screen. */
final class CommandLineText {

    private final ViewOptions options;
    private final Shown shown;

    CommandLineText(ViewOptions options, Shown shown) {
        this.options = options;
        this.shown = shown;
    }

    String text() {
        List<String> words = new ArrayList<>();
        words.add("syscope");
        String filter = shown.filter();
        if (shown.view() != null) {
            words.add("ui");
            words.add("--raw");
            words.add("-v");
            words.add(shown.view().id());
            if (shown.sortColumn() >= 0 && shown.sortColumn() != shown.view().sortingColumn()) {
                words.add("--sortingcol");
                words.add(Integer.toString(shown.sortColumn() + 1));
            }
            filter = new Place(shown.view(), null, shown.path(), 0, 0, false, "", shown.ownFilter(), false)
                    .filter(options.filter(), false);
        } else if (shown.special().equals(ViewLibrary.ECHO)) {
            words.add("-c");
            words.add("echo_fds");
        }
        if (options.containers()) {
            words.add("-pc");
        }
        for (String word : options.sourceWords()) {
            words.add(ShellText.word(word));
        }
        if (shown.time().from() > 0) {
            filter = Place.combined(filter, "evt.rawtime>=" + shown.time().from());
        }
        if (shown.time().to() > 0) {
            filter = Place.combined(filter, "evt.rawtime<=" + shown.time().to());
        }
        if (!filter.isBlank()) {
            words.add(ShellText.word(filter));
        }
        return String.join(" ", words);
    }
}
