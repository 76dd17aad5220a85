package org.syscope.cli.ui;

import org.junit.jupiter.api.Test;
import org.syscope.cli.ui.terminal.Input.Key;
import org.syscope.cli.ui.terminal.Input.KeyPress;
import org.syscope.cli.ui.terminal.Screen;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTest {

    @Test
    void amounts() {
        assertThat(Amounts.count(0)).isEqualTo("0");
        assertThat(Amounts.count(999)).isEqualTo("999");
        assertThat(Amounts.count(1234567)).isEqualTo("1,234,567");
        assertThat(Amounts.count(-123456)).isEqualTo("-123,456");
        assertThat(Amounts.span(37_000_000)).isEqualTo("37.0ms");
        assertThat(Amounts.span(3_240_000_000L)).isEqualTo("3.2s");
        assertThat(Amounts.span(64_000_000_000L)).isEqualTo("1m04s");
        assertThat(Amounts.span(7_500_000_000_000L)).isEqualTo("2h05m");
        assertThat(Amounts.latency(0)).isEqualTo("1ns");
        assertThat(Amounts.latency(5)).isEqualTo("100us");
        assertThat(Amounts.latency(10)).isEqualTo("10s");
        assertThat(Amounts.duration(12)).isEqualTo("12ns");
        assertThat(Amounts.duration(3_520)).isEqualTo("3.5us");
        assertThat(Amounts.duration(120_000_000)).isEqualTo("120ms");
    }

    @Test
    void paragraphsAreBrokenAtBlanks() {
        assertThat(Wrapping.wrap("one two three four", 9)).containsExactly("one two", "three", "four");
        assertThat(Wrapping.wrap("  indented words", 12)).containsExactly("  indented", "  words");
        assertThat(Wrapping.wrap("  F1 h   shows all the keys", 18)).containsExactly("  F1 h   shows all", "         the keys");
        assertThat(Wrapping.wrap("", 20)).containsExactly("");
        assertThat(Wrapping.wrap("世界世界世界", 8)).containsExactly("世界世界", "世界");
        assertThat(Wrapping.wrap("a/very/long/path", 8)).containsExactly("a/very/l", "ong/path");
    }

    @Test
    void sparkLinesAreScaledToTheirLargestValue() {
        Glyphs rich = Glyphs.of(true, false, "xterm");
        assertThat(rich.spark(new double[] {0, 1, 4, 8}, 10)).isEqualTo(" ▁▄█");
        assertThat(rich.spark(new double[] {0, 0}, 10)).isEqualTo("  ");
        assertThat(rich.spark(new double[] {Double.NaN, -1, 2}, 2)).as("the newest, as many as fit").isEqualTo(" █");
        assertThat(Glyphs.of(false, false, "xterm").spark(new double[] {8, 1}, 2)).isEqualTo("| ");
    }

    @Test
    void fieldIsEditedAsInAShell() {
        TextField field = new TextField("proc.name=x");
        field.key(KeyPress.of(Key.BACKSPACE));
        field.paste("世");
        assertThat(field.text()).isEqualTo("proc.name=世");
        field.key(KeyPress.of(Key.HOME));
        field.key(KeyPress.of('a'));
        field.key(KeyPress.of(Key.RIGHT));
        field.key(KeyPress.of(Key.DELETE));
        assertThat(field.text()).isEqualTo("apoc.name=世");
        field.key(KeyPress.control('e'));
        field.key(KeyPress.of(' '));
        field.key(KeyPress.of('b'));
        field.key(KeyPress.control('w'));
        assertThat(field.text()).isEqualTo("apoc.name=世 ");
        field.key(KeyPress.control('u'));
        assertThat(field.text()).isEmpty();
        assertThat(field.key(KeyPress.of(Key.F5))).isFalse();
    }

    @Test
    void longFieldScrollsSoThatTheCursorIsSeen() {
        TextField field = new TextField("x".repeat(50) + "end");
        Screen screen = new Screen(2, 20);
        field.draw(screen, 1, "Filter: ", 0, 0);
        assertThat(screen.line(1)).startsWith("Filter: x").endsWith("end");
    }
}
