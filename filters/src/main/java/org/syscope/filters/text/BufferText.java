package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Data buffers as text. The hexadecimal forms begin each row with a line break and a tab and end with a line break:
 *
 * <pre>
 *         0x0000: 7f45 4c46 0201 0100 0000 0000 0000 0000  .ELF............
 *         0x0010: 0300 3e                                  ..&gt;
 * </pre>
 */
public final class BufferText {

    private static final int ROW = 16;
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private BufferText() {
    }

    /**
     * Adds a buffer.
     *
     * @param limit in the normal form longer text is cut to that many characters of which the last three are dots; 0 for
     *        no limit
     */
    public static void append(OutputBuffer out, BufferFormat format, MemorySegment source, long offset, int count,
            int limit) {
        switch (format) {
            case NORMAL -> normal(out, source, offset, count, limit);
            case ASCII -> {
                out.append('\n');
                ascii(out, source, offset, count);
            }
            case ASCII_COMPACT -> ascii(out, source, offset, count);
            case HEX -> hex(out, source, offset, count, false);
            case HEX_ASCII -> hex(out, source, offset, count, true);
            case BASE64 -> base64(out, source, offset, count);
        }
    }

    private static void normal(OutputBuffer out, MemorySegment source, long offset, int count, int limit) {
        if (limit <= 0 || count <= limit) {
            out.dotted(source, offset, count);
        } else if (limit <= 3) {
            out.dotted(source, offset, limit);
        } else {
            out.dotted(source, offset, limit - 3);
            out.ascii("...");
        }
    }

    private static void ascii(OutputBuffer out, MemorySegment source, long offset, int count) {
        byte previous = '\r';
        for (int i = 0; i < count; i++) {
            byte b = source.get(ValueLayout.JAVA_BYTE, offset + i);
            if (OutputBuffer.printable(b)) {
                out.append(b);
            } else if (b == '\r' || b == '\n' && previous != '\r') {
                out.append('\n');
            }
            previous = b;
        }
    }

    private static void hex(OutputBuffer out, MemorySegment source, long offset, int count, boolean text) {
        for (int row = 0; row < count; row += ROW) {
            int width = Math.min(ROW, count - row);
            out.ascii("\n\t0x");
            out.hexLower(row, 4);
            out.append(':');
            for (int i = 0; i < width; i++) {
                if ((i & 1) == 0) {
                    out.append(' ');
                }
                out.hexLower(source.get(ValueLayout.JAVA_BYTE, offset + row + i) & 0xFF, 2);
            }
            if (text) {
                out.repeat(' ', (ROW - width) / 2 * 5 + 2);
                out.dotted(source, offset + row, width);
            }
        }
        out.append('\n');
    }

    private static void base64(OutputBuffer out, MemorySegment source, long offset, int count) {
        for (int i = 0; i < count; i += 3) {
            int left = Math.min(3, count - i);
            int group = 0;
            for (int j = 0; j < 3; j++) {
                group = group << 8 | (j < left ? source.get(ValueLayout.JAVA_BYTE, offset + i + j) & 0xFF : 0);
            }
            out.append(BASE64.charAt(group >>> 18));
            out.append(BASE64.charAt(group >>> 12 & 63));
            out.append(left > 1 ? BASE64.charAt(group >>> 6 & 63) : '=');
            out.append(left > 2 ? BASE64.charAt(group & 63) : '=');
        }
    }
}
