package org.syscope.cli;

import java.util.List;

/** The completion script of fish, with marks in the places of the words that all shells share. */
final class FishCompletion {

    private static final String BEFORE = """
            # fish completion of syscope; made by: syscope generate fish
            set -g __syscope_fields @FIELDS@
            set -g __syscope_types @TYPES@
            function __syscope_word
                string replace -r '^["\\']' '' -- (commandline -ct)
            end
            function __syscope_format
                set -l head (string replace -r '[^%]*$' '' -- (__syscope_word))
                test -n "$head"; or set head '%'
                printf '%s\\n' $head$__syscope_fields
            end
            function __syscope_filter
                set -l word (__syscope_word)
                set -l head (string replace -r '[^ (,=]*$' '' -- $word)
                set -l before (commandline -opc)
                set -l values $__syscope_fields and or not
                if string match -qr 'evt\\.type *(=|!=|in *\\()[^()=]*$' -- "$before $head"
                    set values $__syscope_types
                else if test (count $before) -eq 1
                    set -a values @SUBCOMMANDS@
                end
                printf '%s\\n' $head$values
            end
            function __syscope_sub
                set -l before (commandline -opc)
                set -l sub main
                if contains -- -- $before
                    set sub command
                else if test (count $before) -gt 1; and contains -- $before[2] @SUBCOMMANDS@
                    set sub $before[2]
                end
                test $sub = $argv[1]; or return 1
                if set -q argv[2]
                    test (count $before) -gt 2; and test $before[3] = $argv[2]
                end
            end
            function __syscope_filters
                not string match -q -- '-*' (commandline -ct); and begin
                    __syscope_sub main; or __syscope_sub ui
                end
            end
            function __syscope_command
                set -l before (commandline -opc)
                set -l at (contains -i -- -- $before)
                set -l words (string escape -- $before[(math $at + 1)..-1])
                complete -C "$words "(commandline -ct)
            end
            function __syscope_chisels
                syscope --list-chisels 2>/dev/null | string match -r '^[a-z]\\S*'
            end
            function __syscope_views
                syscope ui --list-views 2>/dev/null | string match -ra '"id":"[^"]*' | string replace '"id":"' ''
            end
            """;

    private static final String AFTER = """
            complete -c syscope -n '__syscope_sub info' -F
            complete -c syscope -n '__syscope_sub generate' -f -a 'man bash zsh fish'
            complete -c syscope -n '__syscope_sub driver; and test (count (commandline -opc)) -eq 2' -f -a '@VERBS@'
            complete -c syscope -n '__syscope_sub driver build' -f -a '@KINDS@'
            complete -c syscope -n '__syscope_sub driver load' -F
            complete -c syscope -n '__syscope_sub command' -f -a '(__syscope_command)'
            complete -c syscope -n __syscope_filters -f -a '(__syscope_filter)'
            complete -c csyscope --wraps 'syscope ui'
            """;

    private FishCompletion() {
    }

    static String script() {
        StringBuilder text = new StringBuilder(BEFORE);
        options(text, "main", Option.all());
        options(text, "ui", UiOption.all());
        options(text, "driver build", DriverOption.all());
        return text.append(AFTER).toString();
    }

    private static void options(StringBuilder text, String sub, List<? extends OptionRow> table) {
        for (OptionRow option : Completions.offered(table)) {
            text.append("complete -c syscope -n '__syscope_sub ").append(sub).append('\'');
            if (option.letter() != '\0') {
                text.append(" -s ").append(option.letter());
            }
            text.append(" -l ").append(option.longName());
            ArgumentChoice choice = ArgumentChoice.of(option);
            boolean files = choice.kind() == ArgumentChoice.Kind.FILE || choice.kind() == ArgumentChoice.Kind.FOLDER;
            if (option.argument() == Option.Argument.REQUIRED) {
                text.append(files ? " -r" : " -x");
            }
            switch (choice.kind()) {
                case WORDS -> text.append(" -a '").append(String.join(" ", choice.words())).append('\'');
                case CHISEL -> text.append(" -a '(__syscope_chisels)'");
                case VIEW -> text.append(" -a '(__syscope_views)'");
                case FORMAT -> text.append(" -a '(__syscope_format)'");
                case FOLDER -> text.append(" -a '(__fish_complete_directories)'");
                default -> {
                    // files are offered by fish itself, of the rest nothing is known
                }
            }
            text.append(" -d '").append(Completions.firstClause(option).replace("'", "")).append("'\n");
        }
    }
}
