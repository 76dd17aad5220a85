package org.syscope.filters.lang;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Cuts an expression into tokens on demand: which token may come next depends on the grammar, so that the parser asks
 * for one kind after the other. Offsets are in characters.
 */
final class Lexer {
    private final String text;
    private int position;
    private int tokenStart;
    private int tokenEnd;

    Lexer(String text, int position) {
        this.text = text;
        this.position = position;
        this.tokenStart = position;
        this.tokenEnd = position;
    }

    String text() {
        return text;
    }

    int position() {
        return position;
    }

    void moveTo(int offset) {
        position = offset;
    }

    boolean atEnd() {
        return position >= text.length();
    }

    /** The token taken last. */
    Span token() {
        return new Span(tokenStart, tokenEnd);
    }

    String tokenText() {
        return text.substring(tokenStart, tokenEnd);
    }

    void skipBlanks() {
        while (!atEnd() && isBlank(text.charAt(position))) {
            position++;
        }
    }

    boolean atBlank() {
        return !atEnd() && isBlank(text.charAt(position));
    }

    boolean at(char c) {
        return !atEnd() && text.charAt(position) == c;
    }

    boolean at(String s) {
        return text.startsWith(s, position);
    }

    /** Takes the string if it comes next. */
    boolean take(String s) {
        if (!text.startsWith(s, position)) {
            return false;
        }
        token(position, position + s.length());
        return true;
    }

    /** Takes the word if it comes next with a blank behind it; the blank stays. */
    boolean takeWord(String word) {
        int end = position + word.length();
        if (!text.startsWith(word, position) || end >= text.length() || !isBlank(text.charAt(end))) {
            return false;
        }
        token(position, end);
        return true;
    }

    /** Letters, digits and underscores beginning with a letter, with at least one dot in between. */
    boolean takeFieldName() {
        int end = identifierEnd(position);
        int dots = 0;
        while (end > position && end + 1 < text.length() && text.charAt(end) == '.'
                && isNamePart(text.charAt(end + 1))) {
            end++;
            while (end < text.length() && isNamePart(text.charAt(end))) {
                end++;
            }
            dots++;
        }
        if (dots == 0) {
            return false;
        }
        token(position, end);
        return true;
    }

    /** Letters, digits and underscores beginning with a letter. */
    boolean takeIdentifier() {
        int end = identifierEnd(position);
        if (end == position) {
            return false;
        }
        token(position, end);
        return true;
    }

    private int identifierEnd(int from) {
        if (from >= text.length() || !isLetter(text.charAt(from))) {
            return from;
        }
        int end = from;
        while (end < text.length() && isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** {@code 0x1f}, or a decimal number with sign, fraction and exponent. */
    boolean takeNumber() {
        int end = position;
        if (at("0x") || at("0X")) {
            end = position + 2;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 0x80) {
                end++;
            }
            if (end > position + 2) {
                token(position, end);
                return true;
            }
            end = position;
        }
        if (at('+') || at('-')) {
            end++;
        }
        int digits = digitsEnd(end);
        if (digits == end) {
            return false;
        }
        end = digits;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digitsEnd(end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int exponent = end + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            int exponentEnd = digitsEnd(exponent);
            end = exponentEnd > exponent ? exponentEnd : end;
        }
        token(position, end);
        return true;
    }

    private int digitsEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** Takes characters up to a blank, a bracket, a quote, an equals sign or a comma. */
    boolean takeBareString() {
        return takeUntil("()\"'=,");
    }

    /** Takes characters up to a blank, a square bracket or a quote. */
    boolean takeBareArgument() {
        return takeUntil("[]\"'");
    }

    private boolean takeUntil(String ends) {
        int end = position;
        while (end < text.length() && !isSpace(text.charAt(end)) && ends.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        if (end == position) {
            return false;
        }
        token(position, end);
        return true;
    }

    boolean atQuote() {
        return at('"') || at('\'');
    }

    /** Takes a quoted string and gives its bytes, escapes resolved; call only at a quote. */
    byte[] takeQuoted() throws FilterException {
        char quote = text.charAt(position);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = position + 1;
        while (true) {
            if (i >= text.length()) {
                throw error(new Span(position, text.length()), "expected a closing " + quote + " token",
                        "the quoted string that begins here has no end");
            }
            char c = text.charAt(i);
            if (c == quote) {
                break;
            }
            if (c == '\\') {
                i = escape(i, quote, out);
                continue;
            }
            if (c == 0) {
                throw error(new Span(i, i + 1), "filter value cannot contain a NUL byte (\\x00)", "");
            }
            int next = text.offsetByCodePoints(i, 1);
            out.writeBytes(text.substring(i, next).getBytes(StandardCharsets.UTF_8));
            i = next;
        }
        token(position, i + 1);
        return out.toByteArray();
    }

    /** Resolves the escape at an offset; gives the offset behind it. */
    private int escape(int at, char quote, ByteArrayOutputStream out) throws FilterException {
        if (at + 1 >= text.length()) {
            throw error(new Span(at, at + 1), "unsupported string escape sequence: \\", "");
        }
        char c = text.charAt(at + 1);
        switch (c) {
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case '\\', ' ' -> out.write('\\');
            case '/' -> out.write('/');
            case '"', '\'' -> {
                if (c != quote) {
                    throw error(new Span(at, at + 2),
                            "invalid \\" + c + " escape in " + quote + "-quoted string",
                            "write the " + c + " without a backslash");
                }
                out.write(c);
            }
            case 'x' -> {
                return hexEscape(at, quote, out);
            }
            default -> throw error(new Span(at, at + 2), "unsupported string escape sequence: \\" + c,
                    "known are \\b \\f \\n \\r \\t \\\\ \\/ \\" + quote + " and \\xHH; write \\\\ for a backslash");
        }
        return at + 2;
    }

    private int hexEscape(int at, char quote, ByteArrayOutputStream out) throws FilterException {
        int end = Math.min(at + 4, text.length());
        String digits = text.substring(at + 2, end);
        int close = digits.indexOf(quote);
        if (digits.length() < 2 || close >= 0) {
            int stop = close >= 0 ? at + 2 + close : end;
            throw error(new Span(at, stop), "truncated hex char escape sequence", "\\x needs two hex digits");
        }
        int high = digits.charAt(0) < 0x80 ? Character.digit(digits.charAt(0), 16) : -1;
        int low = digits.charAt(1) < 0x80 ? Character.digit(digits.charAt(1), 16) : -1;
        if (high < 0 || low < 0) {
            throw error(new Span(at, end), "invalid hex char escape sequence: " + digits, "\\x needs two hex digits");
        }
        if (high == 0 && low == 0) {
            throw error(new Span(at, end), "filter value cannot contain a NUL byte (\\x00)", "");
        }
        out.write(high << 4 | low);
        return end;
    }

    /** What stands at the position, as far as the next blank, for messages; empty at the end. */
    Span here() {
        int end = position;
        while (end < text.length() && !isBlank(text.charAt(end))) {
            end++;
        }
        return new Span(position, end);
    }

    FilterException error(Span span, String message, String expected) {
        return new FilterException(text, span, message, expected, List.of());
    }

    private void token(int start, int end) {
        tokenStart = start;
        tokenEnd = end;
        position = end;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
    }

    private static boolean isSpace(char c) {
        return isBlank(c) || c == '\f' || c == '\u000B';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isNamePart(char c) {
        return isLetter(c) || c >= '0' && c <= '9' || c == '_';
    }
}
