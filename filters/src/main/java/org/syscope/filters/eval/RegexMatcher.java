package org.syscope.filters.eval;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.syscope.filters.field.FieldException;

/**
 * {@code regex}: whether a regular expression fits the whole value, in time linear to its length. Bytes that are not
 * UTF-8 count as the replacement character. RE2/J says what is an expression, and looks at texts that are not ASCII; it
 * allocates a little for each. ASCII texts, nearly all there are, go through an automaton of our own that does not, and
 * is ten times as fast.
 */
final class RegexMatcher extends Matcher {
    private final com.google.re2j.Matcher matcher;
    private final RegexAutomaton automaton;
    private final Decoded decoded = new Decoded();

    RegexMatcher(String expression) throws FieldException {
        try {
            matcher = Pattern.compile(expression).matcher(decoded);
        } catch (PatternSyntaxException e) {
            throw new FieldException("invalid regex pattern: " + e.getDescription()
                    + (e.getPattern() == null || e.getPattern().isEmpty() ? "" : ": `" + e.getPattern() + "`"));
        }
        automaton = new RegexAutomaton(expression);
    }

    @Override
    boolean bytes(byte[] array, int offset, int length) {
        RegexAutomaton.Answer answer = automaton.match(array, offset, length);
        if (answer != RegexAutomaton.Answer.UNKNOWN) {
            return answer == RegexAutomaton.Answer.YES;
        }
        decoded.decode(array, offset, length);
        matcher.reset(decoded);
        return matcher.matches();
    }

    @Override
    int cost() {
        return automaton.isUsable() ? 60 : 1000;
    }

    /** A slice of UTF-8 as characters, in an array that is used again. */
    private static final class Decoded implements CharSequence {
        private char[] chars = new char[256];
        private int length;

        void decode(byte[] t, int from, int size) {
            if (chars.length < size) {
                chars = new char[size * 2];
            }
            length = 0;
            int end = from + size;
            int i = from;
            while (i < end) {
                int b = t[i] & 0xFF;
                int width = Glob.width(t, i, end);
                int c = b;
                if (width == 1) {
                    c = b < 0x80 ? b : 0xFFFD;
                } else {
                    c = b & 0x7F >> width;
                    for (int k = 1; k < width; k++) {
                        c = c << 6 | t[i + k] & 0x3F;
                    }
                }
                if (c >= 0x10000) {
                    chars[length++] = Character.highSurrogate(c);
                    chars[length++] = Character.lowSurrogate(c);
                } else {
                    chars[length++] = (char) c;
                }
                i += width;
            }
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return chars[index];
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new String(chars, start, end - start);
        }

        @Override
        public String toString() {
            return new String(chars, 0, length);
        }
    }
}
