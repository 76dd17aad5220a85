package org.syscope.cli.ui.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenUpdateTest {

    private final ScreenUpdate update = new ScreenUpdate();

    private byte[] bytes(Screen next) {
        Bytes out = new Bytes();
        update.update(next, out);
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try {
            out.sendTo(sent);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sent.toByteArray();
    }

    private static String look(int style) {
        if (style == Style.PLAIN) {
            return "";
        }
        Bytes sequence = new Bytes();
        Style.append(style, sequence);
        return sequence.toString().substring(2, sequence.size() - 1);
    }

    @Test
    void nothingChangedSendsNothing() {
        Screen first = new Screen(24, 80);
        first.put(3, 4, "hello", Style.BOLD);
        bytes(first);
        Screen same = new Screen(24, 80);
        same.put(3, 4, "hello", Style.BOLD);
        assertThat(bytes(same)).isEmpty();
    }

    @Test
    void onlyChangedCellsAreSent() {
        Screen first = new Screen(24, 80);
        first.put(0, 0, "x".repeat(80), Style.PLAIN);
        first.put(3, 4, "cpu 10.00", Style.PLAIN);
        bytes(first);
        Screen second = new Screen(24, 80);
        second.put(0, 0, "x".repeat(80), Style.PLAIN);
        second.put(3, 4, "cpu 11.00", Style.PLAIN);
        assertThat(new String(bytes(second))).isEqualTo("\033[4;10H1");
    }

    @Test
    void restOfALineIsErasedInOneGo() {
        Screen first = new Screen(2, 80);
        first.put(0, 0, "x".repeat(80), Style.PLAIN);
        bytes(first);
        assertThat(new String(bytes(new Screen(2, 80)))).isEqualTo("\033[1H\033[K");
    }

    @Test
    void anotherSizeDrawsAllAnew() {
        Screen small = new Screen(10, 20);
        small.put(0, 0, "a", Style.PLAIN);
        bytes(small);
        Screen large = new Screen(20, 40);
        large.put(0, 0, "a", Style.PLAIN);
        assertThat(new String(bytes(large))).contains("\033[2J").contains("a");
        Screen wide = new Screen(60, 200);
        wide.put(59, 10, "a b", Style.PLAIN);
        wide.put(59, 15, "c", Style.PLAIN);
        assertThat(new String(bytes(wide))).contains("\033[60;11Ha").contains("b").endsWith("\033[60;16Hc");
    }

    @Test
    void cursorIsShownWhereItIsWantedAndHiddenAgain() {
        Emulator terminal = new Emulator(5, 20);
        Screen with = new Screen(5, 20);
        with.put(4, 0, "Search: ab", Style.PLAIN);
        with.cursor(4, 10);
        terminal.take(bytes(with));
        assertThat(terminal.cursor).isTrue();
        assertThat(terminal.place()).isEqualTo("4,10");
        terminal.take(bytes(new Screen(5, 20)));
        assertThat(terminal.cursor).isFalse();
    }

    /** From any screen to any other: what the terminal shows is what was drawn, wide characters and marks included. */
    @Test
    void anyScreenAfterAnyOther() {
        Random random = new Random(7);
        String[] texts = {"a", "bc", "世界", "e\u0301x", "😀", "─│", "    ", "Größe", "한국어", "\033[31m", "\u202eabc", "▁▂▃"};
        int[] styles = {Style.PLAIN, Style.BOLD, Style.colors(0, 6), Style.foreground(200), Style.REVERSE,
            Style.background(22)};
        Emulator terminal = new Emulator(8, 21);
        Screen screen = new Screen(8, 21);
        for (int round = 0; round < 3000; round++) {
            Screen next = new Screen(8, 21);
            for (int r = 0; r < 8; r++) {
                for (int c = 0; c < 21; c++) {
                    if (random.nextInt(3) > 0 && !screen.cell(r, c).isEmpty()) {
                        next.put(r, c, screen.cell(r, c), screen.style(r, c));
                    }
                }
            }
            for (int i = random.nextInt(6); i >= 0; i--) {
                next.put(random.nextInt(9) - 1, random.nextInt(24) - 1, texts[random.nextInt(texts.length)],
                        styles[random.nextInt(styles.length)], random.nextInt(12));
            }
            next.fill(random.nextInt(8), random.nextInt(21), random.nextInt(6), styles[random.nextInt(styles.length)]);
            terminal.take(bytes(next));
            screen = next;
            for (int r = 0; r < 8; r++) {
                for (int c = 0; c < 21; c++) {
                    assertThat(terminal.cell(r, c)).as("round %d cell %d,%d", round, r, c).isEqualTo(screen.cell(r, c));
                    if (!screen.cell(r, c).equals(" ") || !Style.blankIsNothing(screen.style(r, c))) {
                        assertThat(terminal.look(r, c)).as("round %d look of %d,%d", round, r, c)
                                .isEqualTo(look(screen.style(r, c)));
                    }
                }
            }
        }
    }
}
