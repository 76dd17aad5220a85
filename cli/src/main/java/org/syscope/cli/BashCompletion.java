package org.syscope.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The completion script of bash, with marks in the places of the words that all shells share. */
final class BashCompletion {

    private static final String SCRIPT = """
            # bash completion of syscope; made by: syscope generate bash
            _syscope_fields="@FIELDS@"
            _syscope_types="@TYPES@"
            _syscope() {
                local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
                local line=${COMP_LINE:0:COMP_POINT} first=1 sub= at last head words
                local event='evt\\.type[[:space:]]*(=|!=|in[[:space:]]*\\()[^()=]*$'
                if [ "$cur" = = ]; then
                    cur=
                elif [ "$prev" = = ]; then
                    prev=${COMP_WORDS[COMP_CWORD-2]}
                fi
                if [ "${COMP_WORDS[0]##*/}" = csyscope ]; then
                    sub=ui
                elif [ "$COMP_CWORD" -gt 1 ]; then
                    for words in @SUBCOMMANDS@; do
                        [ "${COMP_WORDS[1]}" = "$words" ] && sub=$words first=2
                    done
                fi
                for ((at = first; at < COMP_CWORD; at++)); do
                    if [ "${COMP_WORDS[at]}" = -- ]; then
                        if [ "$COMP_CWORD" = $((at + 1)) ]; then
                            COMPREPLY=($(compgen -c -- "$cur"))
                        else
                            compopt -o filenames
                            COMPREPLY=($(compgen -f -- "$cur"))
                        fi
                        return
                    fi
                done
                case $sub:$prev in
            @ARGUMENTS@    esac
                case $sub:$cur in
                    :-*)
                        COMPREPLY=($(compgen -W "@OPTIONS@" -- "$cur"))
                        return ;;
                    ui:-*)
                        COMPREPLY=($(compgen -W "@UIOPTIONS@" -- "$cur"))
                        return ;;
                    info:*)
                        compopt -o filenames
                        COMPREPLY=($(compgen -f -- "$cur"))
                        return ;;
                    generate:*)
                        COMPREPLY=($(compgen -W 'man bash zsh fish' -- "$cur"))
                        return ;;
                    driver:*)
                        if [ "$COMP_CWORD" = 2 ]; then
                            COMPREPLY=($(compgen -W '@VERBS@' -- "$cur"))
                        elif [ "${COMP_WORDS[2]}" = build ]; then
                            COMPREPLY=($(compgen -W '@KINDS@ @DRIVEROPTIONS@' -- "$cur"))
                        elif [ "${COMP_WORDS[2]}" = load ]; then
                            compopt -o filenames
                            COMPREPLY=($(compgen -f -- "$cur"))
                        fi
                        return ;;
                    *%*)
                        last=${cur##*%} words=$_syscope_fields ;;
                    *)
                        last=${line##*[ (,=\\'\\"]}
                        line=${line%"$last"}
                        if [[ ${line//[\\'\\"]/} =~ $event ]]; then
                            words=$_syscope_types
                        else
                            words="$_syscope_fields and or not"
                        fi
                        [ "$COMP_CWORD" = 1 ] && [ -z "$sub" ] && words+=" @SUBCOMMANDS@" ;;
                esac
                head=${cur#[\\'\\"]}
                compopt -o nospace
                COMPREPLY=($(compgen -W "$words" -- "$last"))
                COMPREPLY=("${COMPREPLY[@]/#/${head%"$last"}}")
            }
            complete -F _syscope syscope csyscope
            """;

    private BashCompletion() {
    }

    static String script() {
        return SCRIPT.replace("@ARGUMENTS@", arguments("", Option.all()) + arguments("ui", UiOption.all())
                        + arguments("driver", DriverOption.all()))
                .replace("@OPTIONS@", names(Option.all())).replace("@UIOPTIONS@", names(UiOption.all()))
                .replace("@DRIVEROPTIONS@", names(DriverOption.all()));
    }

    private static Stream<String> names(OptionRow option) {
        return option.letter() == '\0' ? Stream.of("--" + option.longName())
                : Stream.of("--" + option.longName(), "-" + option.letter());
    }

    private static String names(List<? extends OptionRow> table) {
        return Completions.offered(table).stream().flatMap(BashCompletion::names).collect(Collectors.joining(" "));
    }

    private static String arguments(String sub, List<? extends OptionRow> table) {
        StringBuilder text = new StringBuilder();
        for (OptionRow option : Completions.offered(table)) {
            ArgumentChoice choice = ArgumentChoice.of(option);
            String reply = switch (choice.kind()) {
                case FILE -> "-f --";
                case FOLDER -> "-d --";
                case WORDS -> "-W '" + String.join(" ", choice.words()) + "' --";
                case CHISEL -> "-W \"$(syscope -cl 2>/dev/null | awk '/^[a-z]/ {print $1}')\" --";
                case VIEW -> "-W \"$(syscope ui --list-views 2>/dev/null | grep -o '\"id\":\"[^\"]*' | cut -c 7-)\" --";
                default -> null;
            };
            if (reply != null) {
                text.append("        ").append(names(option).map(name -> sub + ":" + name).collect(Collectors.joining("|")))
                        .append(")\n");
                if (choice.kind() == ArgumentChoice.Kind.FILE || choice.kind() == ArgumentChoice.Kind.FOLDER) {
                    text.append("            compopt -o filenames\n");
                }
                text.append("            COMPREPLY=($(compgen ").append(reply).append(" \"$cur\"))\n            return ;;\n");
            }
        }
        return text.toString();
    }
}
