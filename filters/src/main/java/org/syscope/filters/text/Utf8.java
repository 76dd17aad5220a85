package org.syscope.filters.text;

/** Which bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
public final class Utf8 {

    private Utf8() {
    }

    /** Width in bytes of the well-formed sequence at {@code at}, 1 to 4; 0 if there is none before {@code end}. */
    public static int sequence(byte[] source, int at, int end) {
        int first = source[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int width = first >= 0xC2 && first < 0xE0 ? 2 : first >= 0xE0 && first < 0xF0 ? 3
                : first >= 0xF0 && first < 0xF5 ? 4 : 0;
        if (width == 0 || at + width > end) {
            return 0;
        }
        int second = source[at + 1] & 0xFF;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int i = 2; i < width; i++) {
            if ((source[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return width;
    }
}
