package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Makes bytes of unknown origin safe for a terminal and for one line: valid UTF-8 is left as it is, so that file names
 * read as they were written; control characters become {@code \n}, {@code \t}, {@code \r} or {@code \xHH}, and so does
 * each byte that is not part of valid UTF-8. A backslash stays a single backslash.
 */
public final class TextEscape {

    private TextEscape() {
    }

    /** Escapes what was written into {@code out} behind {@code start}; does nothing where all is plain. */
    public static void tail(OutputBuffer out, int start, OutputBuffer scratch) {
        byte[] bytes = out.array();
        int end = out.length();
        int i = start;
        while (i < end && OutputBuffer.printable(bytes[i])) {
            i++;
        }
        if (i == end) {
            return;
        }
        scratch.clear();
        scratch.append(bytes, i, end - i);
        out.truncate(i);
        append(out, scratch.array(), 0, scratch.length());
    }

    /** Adds a slice of an array, escaped. */
    public static void append(OutputBuffer out, byte[] source, int offset, int count) {
        int end = offset + count;
        int plain = offset;
        int i = offset;
        while (i < end) {
            int width = sequence(source, i, end);
            if (width > 0) {
                i += width;
                continue;
            }
            out.append(source, plain, i - plain);
            escape(out, source[i]);
            i++;
            plain = i;
        }
        out.append(source, plain, end - plain);
    }

    /** Adds bytes of memory, escaped. */
    public static void append(OutputBuffer out, MemorySegment source, long offset, int count, OutputBuffer scratch) {
        for (int i = 0; i < count; i++) {
            if (!OutputBuffer.printable(source.get(ValueLayout.JAVA_BYTE, offset + i))) {
                scratch.clear();
                scratch.append(source, offset, count);
                append(out, scratch.array(), 0, count);
                return;
            }
        }
        out.append(source, offset, count);
    }

    private static void escape(OutputBuffer out, byte b) {
        out.append('\\');
        switch (b) {
            case '\n' -> out.append('n');
            case '\t' -> out.append('t');
            case '\r' -> out.append('r');
            default -> {
                out.append('x');
                out.hexLower(b & 0xFF, 2);
            }
        }
    }

    /**
     * How many bytes from {@code at} are one character that can be shown as it is: 1 for printable ASCII, 2 to 4 for a
     * well-formed UTF-8 sequence (RFC 3629) that is not a control character, 0 for anything else.
     */
    static int sequence(byte[] source, int at, int end) {
        int first = source[at] & 0xFF;
        if (first < 0x80) {
            return first >= 0x20 && first != 0x7F ? 1 : 0;
        }
        int width = Utf8.sequence(source, at, end);
        return width == 2 && first == 0xC2 && (source[at + 1] & 0xFF) < 0xA0 ? 0 : width;
    }
}
