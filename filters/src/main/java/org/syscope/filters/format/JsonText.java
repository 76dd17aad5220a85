package org.syscope.filters.format;

import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.Utf8;

/** JSON strings (RFC 8259) of bytes of any origin. */
public final class JsonText {

    private JsonText() {
    }

    /** Adds a string with its quotes; each byte that is not part of valid UTF-8 becomes U+FFFD. */
    public static void string(OutputBuffer out, byte[] source, int offset, int count) {
        out.append('"');
        int end = offset + count;
        int plain = offset;
        int i = offset;
        while (i < end) {
            int c = source[i] & 0xFF;
            int width = c < 0x80 ? 1 : Utf8.sequence(source, i, end);
            boolean asIs = c < 0x80 ? c >= 0x20 && c != '"' && c != '\\' && c != 0x7F : width > 0;
            if (asIs) {
                i += width;
                continue;
            }
            out.append(source, plain, i - plain);
            escape(out, c);
            i++;
            plain = i;
        }
        out.append(source, plain, end - plain);
        out.append('"');
    }

    private static void escape(OutputBuffer out, int c) {
        switch (c) {
            case '"' -> out.ascii("\\\"");
            case '\\' -> out.ascii("\\\\");
            case '\n' -> out.ascii("\\n");
            case '\r' -> out.ascii("\\r");
            case '\t' -> out.ascii("\\t");
            case '\b' -> out.ascii("\\b");
            case '\f' -> out.ascii("\\f");
            default -> {
                if (c < 0x80) {
                    out.ascii("\\u");
                    out.hexLower(c, 4);
                } else {
                    out.append(0xEF);
                    out.append(0xBF);
                    out.append(0xBD);
                }
            }
        }
    }
}
