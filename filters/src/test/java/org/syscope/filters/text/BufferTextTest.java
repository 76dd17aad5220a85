package org.syscope.filters.text;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Data buffers in each of the forms that the options choose. */
class BufferTextTest {

    private static String show(BufferFormat format, byte[] bytes, int limit) {
        OutputBuffer out = new OutputBuffer();
        BufferText.append(out, format, MemorySegment.ofArray(bytes), 0, bytes.length, limit);
        return out.toString();
    }

    private static String show(BufferFormat format, String text) {
        return show(format, text.getBytes(StandardCharsets.ISO_8859_1), 80);
    }

    @Test
    void normalHasDotsAndIsCut() {
        assertThat(show(BufferFormat.NORMAL, "a\0b\u00fc~")).isEqualTo("a.b.~");
        assertThat(show(BufferFormat.NORMAL, "x".repeat(80))).isEqualTo("x".repeat(80));
        assertThat(show(BufferFormat.NORMAL, "x".repeat(81))).isEqualTo("x".repeat(77) + "...");
        assertThat(show(BufferFormat.NORMAL, new byte[200], 0)).isEqualTo(".".repeat(200));
    }

    @Test
    void asciiKeepsLineEnds() {
        assertThat(show(BufferFormat.ASCII, "GET\r\nHost:\n\0x")).isEqualTo("\nGET\nHost:\nx");
        assertThat(show(BufferFormat.ASCII, "\nfirst")).isEqualTo("\nfirst");
        assertThat(show(BufferFormat.ASCII_COMPACT, "a\nb")).isEqualTo("a\nb");
    }

    @Test
    void hexInRowsOfSixteen() {
        assertThat(show(BufferFormat.HEX, "0123456789abcdefgh!"))
                .isEqualTo("\n\t0x0000: 3031 3233 3435 3637 3839 6162 6364 6566\n\t0x0010: 6768 21\n");
        assertThat(show(BufferFormat.HEX_ASCII, "0123456789abcdefgh"))
                .isEqualTo("\n\t0x0000: 3031 3233 3435 3637 3839 6162 6364 6566  0123456789abcdef"
                        + "\n\t0x0010: 6768                                     gh\n");
    }

    @Test
    void base64AsJavaHasIt() {
        Random random = new Random(3);
        for (int length = 0; length < 100; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            assertThat(show(BufferFormat.BASE64, bytes, 80)).isEqualTo(Base64.getEncoder().encodeToString(bytes));
        }
    }

    @Test
    void escapesWhatIsNoText() {
        OutputBuffer out = new OutputBuffer();
        byte[] bytes = "grün €😀 \t\r\n\u007f\\".getBytes(StandardCharsets.UTF_8);
        TextEscape.append(out, bytes, 0, bytes.length);
        assertThat(new String(out.array(), 0, out.length(), StandardCharsets.UTF_8)).isEqualTo("grün €😀 \\t\\r\\n\\x7f\\");
        out.clear();
        byte[] broken = {'a', (byte) 0xC3, 'b', (byte) 0xE2, (byte) 0x82, (byte) 0xC0, (byte) 0x80, (byte) 0xED, (byte) 0xA0,
            (byte) 0x80, (byte) 0xF5, 'z'};
        TextEscape.append(out, broken, 0, broken.length);
        assertThat(out).hasToString("a\\xc3b\\xe2\\x82\\xc0\\x80\\xed\\xa0\\x80\\xf5z");
    }
}
