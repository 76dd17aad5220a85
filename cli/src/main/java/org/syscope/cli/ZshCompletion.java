package org.syscope.cli;

import java.util.List;

/** The completion script of zsh, with marks in the places of the words that all shells share. */
final class ZshCompletion {

    private static final String SCRIPT = """
            #compdef syscope csyscope
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
            _syscope_views() {
                compadd -- ${(f)"$(syscope ui --list-views 2>/dev/null | grep -o '"id":"[^"]*' | cut -c 7-)"}
            }
            _syscope_filter() {
                local line="${words[2,CURRENT-1]} $PREFIX"
                compset -P '*[ (,=]'
                if [[ ${line%"$PREFIX"} =~ 'evt\\.type *(=|!=|in *\\()[^()=]*$' ]]; then
                    compadd -a _syscope_types
                else
                    compadd -S '' -a _syscope_fields
                    compadd and or not
                    if (( CURRENT == 2 && syscope_main )); then
                        compadd @SUBCOMMANDS@
                    fi
                fi
            }
            _syscope_ui() {
                _arguments -s -S \\
            @UIOPTIONS@        '*:filter:_syscope_filter'
            }
            _syscope_driver() {
                if (( CURRENT == 2 )); then
                    compadd @VERBS@
                elif [[ ${words[2]} == build ]]; then
                    shift words
                    (( CURRENT-- ))
                    _arguments -s -S \\
            @DRIVEROPTIONS@            '*:driver:(@KINDS@)'
                elif [[ ${words[2]} == load ]]; then
                    _files
                fi
            }
            _syscope() {
                local dashes=${words[(i)--]} syscope_main=0
                if (( dashes < CURRENT )); then
                    shift $dashes words
                    (( CURRENT -= dashes ))
                    _normal
                    return
                fi
                if [[ $service == csyscope ]]; then
                    _syscope_ui
                    return
                fi
                if (( CURRENT > 2 )); then
                    case ${words[2]} in
                        ui|driver)
                            local sub=${words[2]}
                            shift words
                            (( CURRENT-- ))
                            _syscope_$sub
                            return ;;
                        info) _files; return ;;
                        generate) compadd man bash zsh fish; return ;;
                    esac
                fi
                syscope_main=1
                _arguments -s -S \\
            @OPTIONS@        '*:filter:_syscope_filter'
            }
            _syscope "$@"
            """;

    private ZshCompletion() {
    }

    static String script() {
        return SCRIPT.replace("@OPTIONS@", options(Option.all())).replace("@UIOPTIONS@", options(UiOption.all()))
                .replace("@DRIVEROPTIONS@", options(DriverOption.all()));
    }

    private static String options(List<? extends OptionRow> table) {
        StringBuilder options = new StringBuilder();
        for (OptionRow option : Completions.offered(table)) {
            String words = Completions.firstClause(option).replace("'", "").replace("[", "(").replace("]", ")").replace(":", ";");
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
        return options.toString();
    }

    private static String action(OptionRow option) {
        ArgumentChoice choice = ArgumentChoice.of(option);
        return switch (choice.kind()) {
            case FORMAT -> "_syscope_format";
            case CHISEL -> "_syscope_chisels";
            case VIEW -> "_syscope_views";
            case WORDS -> "(" + String.join(" ", choice.words()) + ")";
            case FILE -> "_files";
            case FOLDER -> "_files -/";
            case ANYTHING -> "";
        };
    }
}
