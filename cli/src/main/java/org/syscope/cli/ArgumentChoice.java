package org.syscope.cli;

import java.util.List;

/**
 * What an option's argument can be completed to.
 *
 * @param kind of things to choose from
 * @param words the choices, where they are words; otherwise empty
 */
record ArgumentChoice(Kind kind, List<String> words) {

    /** Kinds of things to choose from. */
    enum Kind {
        /** Nothing that a shell could know. */
        ANYTHING,
        /** Some words. */
        WORDS,
        /** Files. */
        FILE,
        /** Folders. */
        FOLDER,
        /** Fields, each behind a %. */
        FORMAT,
        /** Chisels that are installed. */
        CHISEL,
        /** Views that are installed. */
        VIEW
    }

    /** That of an option. */
    static ArgumentChoice of(OptionRow row) {
        if (row instanceof UiOption option) {
            return switch (option) {
                case VIEW -> new ArgumentChoice(Kind.VIEW, List.of());
                case PRINT -> words("c");
                default -> option.same() == null ? byLabel(row) : of(option.same());
            };
        }
        return row instanceof Option option ? of(option) : byLabel(row);
    }

    private static ArgumentChoice of(Option option) {
        return switch (option) {
            case PRINT -> new ArgumentChoice(Kind.FORMAT, List.of());
            case CHISEL, CHISEL_INFO -> new ArgumentChoice(Kind.CHISEL, List.of());
            case TIME -> words("h", "a", "r", "d", "D");
            case COLOR -> words("auto", "always", "never");
            case DRIVER -> words("universal", "bpf", "kmod", "auto");
            case LOG_LEVEL -> words("trace", "debug", "info", "notice", "warning", "error", "critical", "fatal");
            default -> byLabel(option);
        };
    }

    private static ArgumentChoice words(String... words) {
        return new ArgumentChoice(Kind.WORDS, List.of(words));
    }

    private static ArgumentChoice byLabel(OptionRow row) {
        boolean required = row.argument() == Option.Argument.REQUIRED;
        String label = required ? row.label() : "";
        return new ArgumentChoice(switch (label) {
            case "FILE", "PATH" -> Kind.FILE;
            case "DIR" -> Kind.FOLDER;
            default -> Kind.ANYTHING;
        }, List.of());
    }
}
