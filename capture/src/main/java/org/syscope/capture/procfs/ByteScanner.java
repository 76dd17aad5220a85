package org.syscope.capture.procfs;

import org.syscope.capture.event.Text;

/** Steps through a text file's bytes by lines and by words that blanks or tabs separate. */
final class ByteScanner {

    private final byte[] bytes;
    private final int end;
    private int position;
    private int lineEnd;
    private int wordStart;
    private int wordEnd;

    /** Stands before the first line of the first {@code length} bytes. */
    ByteScanner(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = Math.max(0, length);
        this.lineEnd = -1;
    }

    /** Steps to the next line; false if there is none. */
    boolean line() {
        int start = lineEnd + 1;
        if (start >= end) {
            return false;
        }
        position = start;
        lineEnd = start;
        while (lineEnd < end && bytes[lineEnd] != '\n') {
            lineEnd++;
        }
        return true;
    }

    /** Steps to the next word of the line; false if there is none. */
    boolean word() {
        while (position < lineEnd && isBlank(bytes[position])) {
            position++;
        }
        wordStart = position;
        while (position < lineEnd && !isBlank(bytes[position])) {
            position++;
        }
        wordEnd = position;
        return wordEnd > wordStart;
    }

    /** Steps over {@code n} words and to the one behind them. */
    boolean word(int n) {
        for (int i = 0; i < n; i++) {
            if (!word()) {
                return false;
            }
        }
        return word();
    }

    /** Whether the current word is that text. */
    boolean is(String text) {
        if (wordEnd - wordStart != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[wordStart + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The number that the current word begins with; 0 if it begins with none. */
    long number(int radix) {
        return number(wordStart, radix);
    }

    /** The number behind the {@code n}th colon of the current word, counted from 1; 0 if there is none. */
    long numberBehindColon(int n, int radix) {
        int left = n;
        for (int i = wordStart; i < wordEnd; i++) {
            if (bytes[i] == ':' && --left == 0) {
                return number(i + 1, radix);
            }
        }
        return 0;
    }

    private long number(int from, int radix) {
        boolean negative = from < wordEnd && bytes[from] == '-';
        long value = 0;
        for (int i = negative ? from + 1 : from; i < wordEnd; i++) {
            int digit = Character.digit(bytes[i], radix);
            if (digit < 0) {
                break;
            }
            value = value * radix + digit;
        }
        return negative ? -value : value;
    }

    /** {@code digits} hexadecimal digits of the current word from {@code from} on. */
    long hex(int from, int digits) {
        long value = 0;
        for (int i = wordStart + from; i < Math.min(wordEnd, wordStart + from + digits); i++) {
            value = value << 4 | Math.max(0, Character.digit(bytes[i], 16));
        }
        return value;
    }

    /** The current word. */
    Text text() {
        return Text.copyOf(bytes, wordStart, wordEnd - wordStart);
    }

    /** What is left of the line behind the current word and one blank. */
    Text rest() {
        int start = Math.min(lineEnd, position + 1);
        return Text.copyOf(bytes, start, lineEnd - start);
    }

    /** Length of the current word, bytes. */
    int length() {
        return wordEnd - wordStart;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
