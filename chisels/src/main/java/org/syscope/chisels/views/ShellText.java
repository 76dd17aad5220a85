package org.syscope.chisels.views;

import java.util.function.UnaryOperator;

/** Words for a shell. */
final class ShellText {

    private static final String PLAIN = "_-+./:=@%,^";

    private ShellText() {
    }

    /** A word that the shell takes as it is. */
    static String word(String text) {
        boolean plain = !text.isEmpty();
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
        }
        return plain ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** An action's command with values in the place of {@code %field}; fields that the row does not have stay. */
    static String command(String command, UnaryOperator<String> values) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < command.length()) {
            int end = i + 1;
            while (command.charAt(i) == '%' && end < command.length() && isFieldPart(command.charAt(end))) {
                end++;
            }
            String value = null;
            while (end > i + 1 && value == null) {
                value = values.apply(command.substring(i + 1, end));
                end -= value == null ? 1 : 0;
            }
            text.append(value == null ? command.substring(i, i + 1) : word(value));
            i = value == null ? i + 1 : end;
        }
        return text.toString();
    }

    private static boolean isFieldPart(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '[' || c == ']');
    }
}
