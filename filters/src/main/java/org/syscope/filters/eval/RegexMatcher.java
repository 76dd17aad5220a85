package org.syscope.filters.eval;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import org.syscope.filters.field.FieldException;

/**
 * {@code regex}: whether a regular expression fits the whole value, in time linear to its length. Bytes that are not
 * UTF-8 count as the replacement character. RE2/J allocates a little for each look, so that a literal beginning of the
 * expression is compared first.
 */
final class RegexMatcher extends Matcher {
    private static final String SPECIAL = "\\.+*?()|[]{}^$";

    private final com.google.re2j.Matcher matcher;
    private final byte[] prefix;
    private final Decoded decoded = new Decoded();

    RegexMatcher(String expression) throws FieldException {
        try {
            matcher = Pattern.compile(expression).matcher(decoded);
        } catch (PatternSyntaxException e) {
            throw new FieldException("invalid regex pattern: " + e.getDescription()
                    + (e.getPattern() == null || e.getPattern().isEmpty() ? "" : ": `" + e.getPattern() + "`"));
        }
        prefix = literalStart(expression).getBytes(StandardCharsets.UTF_8);
    }

    /** The characters every match begins with, as far as they are easily seen. */
    private static String literalStart(String expression) {
        if (expression.indexOf('|') >= 0) {
            return "";
        }
        int i = 0;
        while (i < expression.length() && SPECIAL.indexOf(expression.charAt(i)) < 0
                && !Character.isSurrogate(expression.charAt(i)) && expression.charAt(i) != '\uFFFD') {
            i++;
        }
        boolean repeated = i < expression.length() && "*?{+".indexOf(expression.charAt(i)) >= 0;
        return expression.substring(0, repeated ? Math.max(0, i - 1) : i);
    }

    @Override
    boolean bytes(byte[] array, int offset, int length) {
        if (!ByteSlices.startsWith(array, offset, length, prefix, 0, prefix.length)) {
            return false;
        }
        decoded.decode(array, offset, length);
        matcher.reset(decoded);
        return matcher.matches();
    }

    @Override
    int cost() {
        return 500;
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
