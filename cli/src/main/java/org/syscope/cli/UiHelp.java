package org.syscope.cli;

/** The help text of {@code syscope ui}, made from the table of its options. */
final class UiHelp {

    private static final int WIDTH = 80;
    private static final int INDENT = 30;
    private static final String[] EXAMPLES = {
        "  syscope ui                            what runs here, as top shows it",
        "  syscope ui -v files proc.name=nginx   the files that nginx uses",
        "  syscope ui -r trace.scap              look around in a capture",
        "  syscope ui -r trace.scap -v errors --raw      a view as plain text",
        "  syscope ui -r trace.scap -v procs -j | jq .   a view as JSON",
    };

    private UiHelp() {
    }

    static String text() {
        StringBuilder text = new StringBuilder("Usage: syscope ui [OPTION]... [FILTER] [-- COMMAND...]\n"
                + "Looks at system calls from all sides: processes, files, connections, errors,\n"
                + "latencies, live or from a capture. F1 in it explains the keys.\n");
        for (UiOption.Group group : UiOption.Group.values()) {
            if (group == UiOption.Group.ABSENT) {
                continue;
            }
            text.append('\n').append(group.heading()).append(":\n");
            for (UiOption option : UiOption.all()) {
                if (option.group() == group && option.offered()) {
                    paragraph(text, head(option), option.description());
                }
            }
        }
        text.append("\nExamples:\n");
        for (String example : EXAMPLES) {
            text.append(example).append('\n');
        }
        return text.toString();
    }

    private static String head(UiOption option) {
        String letter = option.letter() == '\0' ? "    " : "-" + option.letter() + ", ";
        String argument = switch (option.argument()) {
            case NONE -> "";
            case REQUIRED -> "=" + option.label();
            default -> "[=" + option.label() + "]";
        };
        return "  " + letter + "--" + option.longName() + argument;
    }

    private static void paragraph(StringBuilder text, String head, String words) {
        StringBuilder line = new StringBuilder(head);
        if (head.length() >= INDENT) {
            text.append(head).append('\n');
            line.setLength(0);
        }
        for (String word : words.split(" ")) {
            if (line.length() > INDENT && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
            }
            if (line.length() < INDENT) {
                line.append(" ".repeat(INDENT - line.length()));
            } else {
                line.append(' ');
            }
            line.append(word);
        }
        text.append(line).append('\n');
    }
}
