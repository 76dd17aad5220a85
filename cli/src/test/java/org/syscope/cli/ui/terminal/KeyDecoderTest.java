package org.syscope.cli.ui.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Input.Mouse;
import org.syscope.cli.ui.terminal.Input.MouseAction;
import org.syscope.cli.ui.terminal.Input.Paste;

import static org.assertj.core.api.Assertions.assertThat;

class KeyDecoderTest {

    private final List<Input> seen = new ArrayList<>();
    private long now;
    private final KeyDecoder decoder = new KeyDecoder(seen::add, () -> now);

    /** What {@code \e} stands for in the tables below. */
    private static byte[] bytes(String text) {
        return text.replace("\\e", "\033").replace("\\r", "\r").getBytes(StandardCharsets.UTF_8);
    }

    private List<Input> decode(String text) {
        byte[] bytes = bytes(text);
        decoder.feed(bytes, bytes.length);
        return seen;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // xterm, tmux, screen
            "\\e[A|UP", "\\e[B|DOWN", "\\e[C|RIGHT", "\\e[D|LEFT", "\\e[H|HOME", "\\e[F|END",
            "\\eOA|UP", "\\eOB|DOWN", "\\eOC|RIGHT", "\\eOD|LEFT", "\\eOH|HOME", "\\eOF|END",
            "\\eOP|F1", "\\eOQ|F2", "\\eOR|F3", "\\eOS|F4", "\\e[15~|F5", "\\e[17~|F6", "\\e[18~|F7", "\\e[19~|F8", "\\e[20~|F9",
            "\\e[21~|F10", "\\e[23~|F11", "\\e[24~|F12",
            "\\e[1~|HOME", "\\e[2~|INSERT", "\\e[3~|DELETE", "\\e[4~|END", "\\e[5~|PAGE_UP", "\\e[6~|PAGE_DOWN", "\\e[Z|BACK_TAB",
            "\\eOM|ENTER", "\\r|ENTER",
            // the Linux console
            "\\e[[A|F1", "\\e[[B|F2", "\\e[[C|F3", "\\e[[D|F4", "\\e[[E|F5",
            // rxvt, and PuTTY as it is installed
            "\\e[11~|F1", "\\e[12~|F2", "\\e[13~|F3", "\\e[14~|F4", "\\e[7~|HOME", "\\e[8~|END",
            // PuTTY's VT100+
            "\\eOT|F5", "\\eOU|F6", "\\eOV|F7", "\\eOW|F8", "\\eOX|F9", "\\eOY|F10", "\\eOZ|F11", "\\eO[|F12"})
    void keyOfSequence(String sequence, Key key) {
        assertThat(decode(sequence)).containsExactly(KeyPress.of(key));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "\\e[24;2~|F12|true|false|false", "\\e[1;2P|F1|true|false|false", "\\e[1;5A|UP|false|false|true",
            "\\e[1;3C|RIGHT|false|true|false", "\\e[24$|F12|true|false|false", "\\e[5^|PAGE_UP|false|false|true",
            "\\e[6@|PAGE_DOWN|true|false|true", "\\e[a|UP|true|false|false", "\\e[25~|F1|true|false|false",
            "\\e[29~|F4|true|false|false", "\\e[34~|F8|true|false|false", "\\eO5A|UP|false|false|true",
            "\\e\\e[A|UP|false|true|false"})
    void modifiers(String sequence, Key key, boolean shift, boolean alt, boolean control) {
        assertThat(decode(sequence)).containsExactly(new KeyPress(key, 0, shift, alt, control));
    }

    @Test
    void charactersOfOneToFourBytes() {
        assertThat(decode("aß世😀"))
                .containsExactly(KeyPress.of('a'), KeyPress.of('ß'), KeyPress.of('世'), KeyPress.of(0x1f600));
    }

    @Test
    void controlAltAndBackspace() {
        assertThat(decode("\u0003\u0006\u007f\u0008\t\\ex"))
                .containsExactly(KeyPress.control('c'), KeyPress.control('f'), KeyPress.of(Key.BACKSPACE),
                        KeyPress.of(Key.BACKSPACE),
                        KeyPress.of(Key.TAB), new KeyPress(Key.CHARACTER, 'x', false, true, false));
    }

    @Test
    void escapeAloneIsKnownOnceNothingFollows() {
        assertThat(decode("\\e")).isEmpty();
        decoder.idle();
        assertThat(seen).containsExactly(KeyPress.of(Key.ESCAPE));
        decode("q");
        assertThat(seen.getLast()).isEqualTo(KeyPress.of('q'));
    }

    @Test
    void sequenceInPieces() {
        for (byte b : bytes("\\e[24;2~")) {
            decoder.feed(new byte[] {b}, 1);
        }
        assertThat(seen).containsExactly(new KeyPress(Key.F12, 0, true, false, false));
    }

    @Test
    void mouseOfSgr() {
        assertThat(decode("\\e[<0;10;5M\\e[<32;12;6M\\e[<0;12;6m\\e[<64;1;1M\\e[<65;1;1M")).containsExactly(
                new Mouse(MouseAction.PRESS, 0, 4, 9), new Mouse(MouseAction.DRAG, 0, 5, 11),
                new Mouse(MouseAction.RELEASE, 0, 5, 11), new Mouse(MouseAction.WHEEL_UP, 0, 0, 0),
                new Mouse(MouseAction.WHEEL_DOWN, 0, 0, 0));
    }

    @Test
    void mouseBeyondColumn223() {
        assertThat(decode("\\e[<0;300;100M")).containsExactly(new Mouse(MouseAction.PRESS, 0, 99, 299));
    }

    @Test
    void oldMouseReports() {
        assertThat(decode("\\e[M +*\\e[M#+*")).containsExactly(new Mouse(MouseAction.PRESS, 0, 9, 10),
                new Mouse(MouseAction.RELEASE, 0, 9, 10));
    }

    @Test
    void twoPressesSoonAndAtOnePlaceAreADoubleClick() {
        decode("\\e[<0;3;3M\\e[<0;3;3m");
        now = 300_000_000;
        decode("\\e[<0;3;3M");
        assertThat(seen.getLast()).isEqualTo(new Mouse(MouseAction.DOUBLE, 0, 2, 2));
        now = 400_000_000;
        decode("\\e[<0;3;3M");
        assertThat(seen.getLast()).as("a third click begins anew").isEqualTo(new Mouse(MouseAction.PRESS, 0, 2, 2));
        now = 2_000_000_000;
        decode("\\e[<0;3;3M");
        assertThat(seen.getLast()).as("too late").isEqualTo(new Mouse(MouseAction.PRESS, 0, 2, 2));
        decode("\\e[<0;3;9M");
        assertThat(seen.getLast()).as("elsewhere").isEqualTo(new Mouse(MouseAction.PRESS, 0, 8, 2));
    }

    @Test
    void whatIsPastedIsTextAndPressesNoKeys() {
        assertThat(decode("\\e[200~kill\r-9\\e[A q\\e[201~x"))
                .containsExactly(new Paste("kill -9 [A q"), KeyPress.of('x'));
    }

    @Test
    void answersAndUnknownSequencesDoNothing() {
        String terminator = "\\e" + "\\";
        assertThat(decode("\\e[?1;2c\\e]11;rgb:0000/0000/0000" + terminator + "\\eP1$r0m" + terminator
                + "\\e[12;40R\\e[I\\e[57441u")).isEmpty();
        assertThat(decode("k")).containsExactly(KeyPress.of('k'));
    }

    @Test
    void brokenUtf8IsLeftOut() {
        decoder.feed(new byte[] {(byte) 0xc3, 'a', (byte) 0xff, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'b'}, 7);
        assertThat(seen).containsExactly(KeyPress.of('a'), KeyPress.of('b'));
    }

    /** Whatever comes, and in whatever pieces: nothing fails, and keys are understood again behind it. */
    @Test
    void anyBytes() {
        Random random = new Random(20261121);
        String pieces = "\033[]OMP<0123456789;~Mm$^@?\\ Aq\u0007";
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                if (random.nextInt(3) > 0) {
                    bytes[i] = (byte) pieces.charAt(random.nextInt(pieces.length()));
                }
            }
            int cut = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            decoder.feed(bytes, cut);
            if (random.nextBoolean()) {
                decoder.idle();
            }
            byte[] rest = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
            decoder.feed(rest, rest.length);
        }
        decode("\\e" + "\\" + "\\e[201~");
        decode("\007\007\007\007");
        decoder.idle();
        seen.clear();
        assertThat(decode("q")).containsExactly(KeyPress.of('q'));
    }
}
