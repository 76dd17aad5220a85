package org.syscope.chisels.lua;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** LuaJ's parser names the word it stumbled over by a number of its own; people want to read the word. */
final class SyntaxErrors {
    private static final int FIRST = 257;
    private static final String[] TOKENS = {"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto",
        "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while", "..", "...", "==", ">=",
        "<=", "~=", "::", "<eof>", "<number>", "<name>", "<string>"};
    private static final Pattern NUMBERED = Pattern.compile("(\\d{2,3}) \\((.)\\)", Pattern.DOTALL);

    private SyntaxErrors() {
    }

    /** The message with words in the place of numbers. */
    static String readable(String message) {
        Matcher matcher = NUMBERED.matcher(message);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            int token = Integer.parseInt(matcher.group(1)) - FIRST;
            String word = token >= 0 && token < TOKENS.length ? TOKENS[token] : matcher.group(2);
            matcher.appendReplacement(text, Matcher.quoteReplacement("near '" + word + "'"));
        }
        return matcher.appendTail(text).toString();
    }
}
