package org.syscope.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventFlag;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldFamily;
import org.syscope.filters.field.FieldInfo;

/**
 * Completion scripts for bash, zsh and fish: options, files, field names in filters and behind a % of a format, event
 * types behind {@code evt.type}, chisels behind -c and -i. Made from the table of options and the catalog of fields.
 */
final class Completions {

    /** Descriptions longer than this are shown without what is in brackets, characters. */
    private static final int MAX_WORDS = 60;

    private final List<String> fields = new ArrayList<>();
    private final TreeSet<String> types = new TreeSet<>();

    /** Completions that know the fields of a catalog. */
    Completions(FieldCatalog catalog) {
        for (FieldFamily family : catalog.families()) {
            for (FieldInfo field : family.fields()) {
                fields.add(field.name());
            }
        }
        for (int code = EventCodes.PPME_GENERIC_X + 1; code < EventCodes.COUNT; code++) {
            EventType type = EventType.of(code);
            if (!type.is(EventFlag.UNUSED)) {
                types.add(type.name());
            }
        }
        for (Syscall call : SyscallTable.all()) {
            types.add(call.name());
        }
        types.remove("NA");
    }

    /** The script of a shell; null if it is not one of bash, zsh and fish. */
    String script(String shell) {
        return switch (shell) {
            case "bash" -> bash();
            case "zsh" -> zsh();
            case "fish" -> fish();
            default -> null;
        };
    }

    private static boolean takesFile(Option option) {
        return "FILE".equals(option.label());
    }

    private String bash() {
        StringBuilder options = new StringBuilder();
        StringBuilder fileOptions = new StringBuilder();
        for (Option option : Option.all()) {
            if (option.offered()) {
                options.append(" --").append(option.longName());
                if (option.letter() != '\0') {
                    options.append(" -").append(option.letter());
                }
            }
            if (option.offered() && takesFile(option)) {
                fileOptions.append(fileOptions.isEmpty() ? "" : "|").append("--").append(option.longName())
                        .append("|-").append(option.letter());
            }
        }
        return """
                # bash completion of syscope; made by: syscope generate bash
                _syscope_fields="@FIELDS@"
                _syscope_types="@TYPES@"
                _syscope() {
                    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
                    local line=${COMP_LINE:0:COMP_POINT} last head words
                    local event='evt\\.type[[:space:]]*(=|!=|in[[:space:]]*\\()[^()=]*$'
                    if [ "$cur" = = ]; then
                        cur=
                    elif [ "$prev" = = ]; then
                        prev=${COMP_WORDS[COMP_CWORD-2]}
                    fi
                    case $prev in
                        @FILES@|info)
                            compopt -o filenames
                            COMPREPLY=($(compgen -f -- "$cur"))
                            return ;;
                        -c|--chisel|-i|--chisel-info)
                            COMPREPLY=($(compgen -W "$(syscope -cl 2>/dev/null | awk '/^[a-z]/ {print $1}')" -- "$cur"))
                            return ;;
                        -t|--timetype)
                            COMPREPLY=($(compgen -W 'h a r d D' -- "$cur"))
                            return ;;
                        --driver)
                            COMPREPLY=($(compgen -W 'universal bpf kmod auto' -- "$cur"))
                            return ;;
                        --color)
                            COMPREPLY=($(compgen -W 'auto always never' -- "$cur"))
                            return ;;
                        generate)
                            COMPREPLY=($(compgen -W 'man bash zsh fish' -- "$cur"))
                            return ;;
                    esac
                    case $cur in
                        -*)
                            COMPREPLY=($(compgen -W "@OPTIONS@" -- "$cur"))
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
                            [ "$COMP_CWORD" = 1 ] && words+=" info generate" ;;
                    esac
                    head=${cur#[\\'\\"]}
                    compopt -o nospace
                    COMPREPLY=($(compgen -W "$words" -- "$last"))
                    COMPREPLY=("${COMPREPLY[@]/#/${head%"$last"}}")
                }
                complete -F _syscope syscope
                """.replace("@FIELDS@", String.join(" ", fields)).replace("@TYPES@", String.join(" ", types))
                .replace("@FILES@", fileOptions).replace("@OPTIONS@", options.substring(1));
    }

    private String zsh() {
        StringBuilder options = new StringBuilder();
        for (Option option : Option.all()) {
            if (!option.offered()) {
                continue;
            }
            String words = firstClause(option).replace("'", "").replace("[", "(").replace("]", ")").replace(":", ";");
            String argument = switch (option.argument()) {
                case NONE -> "";
                case REQUIRED -> ":" + option.label() + ":" + action(option);
                default -> "::" + option.label() + ":";
            };
            String equals = option.argument() == Option.Argument.REQUIRED ? "=" : "";
            if (option.letter() != '\0') {
                options.append("        '*-").append(option.letter()).append('[').append(words).append(']').append(argument)
                        .append("' \\\n");
            }
            options.append("        '*--").append(option.longName()).append(equals).append('[').append(words).append(']')
                    .append(argument).append("' \\\n");
        }
        return """
                #compdef syscope
                # zsh completion of syscope; made by: syscope generate zsh
                _syscope_fields=(@FIELDS@)
                _syscope_types=(@TYPES@)
                _syscope_format() {
                    compset -P '*%'
                    compadd -S '' -a _syscope_fields
                }
                _syscope_chisels() {
                    compadd -- ${(f)"$(syscope --list-chisels 2>/dev/null | awk '/^[a-z]/ {print $1}')"}
                }
                _syscope_filter() {
                    local line="${words[2,CURRENT-1]} $PREFIX"
                    compset -P '*[ (,=]'
                    if [[ ${line%"$PREFIX"} =~ 'evt\\.type *(=|!=|in *\\()[^()=]*$' ]]; then
                        compadd -a _syscope_types
                    else
                        compadd -S '' -a _syscope_fields
                        compadd and or not
                        if (( CURRENT == 2 )); then
                            compadd info generate
                        fi
                    fi
                }
                _syscope() {
                    case ${words[2]} in
                        info) if (( CURRENT > 2 )); then _files; return; fi ;;
                        generate) if (( CURRENT > 2 )); then compadd man bash zsh fish; return; fi ;;
                    esac
                    _arguments -s -S \\
                @OPTIONS@        '*:filter:_syscope_filter'
                }
                _syscope "$@"
                """.replace("@FIELDS@", String.join(" ", fields)).replace("@TYPES@", String.join(" ", types))
                .replace("@OPTIONS@", options);
    }

    private static String action(Option option) {
        return switch (option) {
            case PRINT -> "_syscope_format";
            case CHISEL, CHISEL_INFO -> "_syscope_chisels";
            case TIME -> "(h a r d D)";
            case COLOR -> "(auto always never)";
            case DRIVER -> "(universal bpf kmod auto)";
            default -> takesFile(option) ? "_files" : "";
        };
    }

    private String fish() {
        StringBuilder text = new StringBuilder("# fish completion of syscope; made by: syscope generate fish\n");
        for (Option option : Option.all()) {
            if (!option.offered()) {
                continue;
            }
            text.append("complete -c syscope");
            if (option.letter() != '\0') {
                text.append(" -s ").append(option.letter());
            }
            text.append(" -l ").append(option.longName());
            if (option.argument() == Option.Argument.REQUIRED) {
                text.append(takesFile(option) ? " -r" : " -x");
            }
            switch (option) {
                case TIME -> text.append(" -a 'h a r d D'");
                case COLOR -> text.append(" -a 'auto always never'");
                case DRIVER -> text.append(" -a 'universal bpf kmod auto'");
                case CHISEL, CHISEL_INFO -> text.append(
                        " -a '(syscope --list-chisels 2>/dev/null | string match -r \"^[a-z]\\\\S*\")'");
                case PRINT -> text.append(" -a '(__syscope_format)'");
                default -> {
                    // nothing to choose from
                }
            }
            text.append(" -d '").append(firstClause(option).replace("'", "")).append("'\n");
        }
        return text.append("""
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
                        set -a values info generate
                    end
                    printf '%s\\n' $head$values
                end
                function __syscope_only
                    set -l before (commandline -opc)
                    test (count $before) -gt 1; and test $before[2] = $argv[1]
                end
                complete -c syscope -n '__syscope_only info' -F
                complete -c syscope -n '__syscope_only generate' -f -a 'man bash zsh fish'
                complete -c syscope -n 'not string match -q -- "-*" (commandline -ct); and not __syscope_only info; \
                        and not __syscope_only generate' -f -a '(__syscope_filter)'
                """).toString().replace("@FIELDS@", String.join(" ", fields)).replace("@TYPES@", String.join(" ", types));
    }

    private static String firstClause(Option option) {
        String words = option.description();
        int end = words.indexOf("; ");
        String clause = end < 0 ? words : words.substring(0, end);
        int brackets = clause.length() > MAX_WORDS ? clause.indexOf(" (") : -1;
        return brackets < 0 ? clause : clause.substring(0, brackets);
    }
}
