package org.syscope.cli.ui.terminal;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ColorDepthTest {

    @ParameterizedTest
    @CsvSource({"xterm-256color,FULL", "screen-256color,FULL", "tmux-256color,FULL", "xterm,BASIC", "screen,BASIC", "linux,BASIC",
            "putty,BASIC", "vt100,NONE", "vt220,NONE", "xterm-mono,NONE"})
    void whatTermTells(String term, ColorDepth depth) {
        assertThat(ColorDepth.of(Map.of("TERM", term), false)).isEqualTo(depth);
    }

    @Test
    void whatElseCounts() {
        assertThat(ColorDepth.of(Map.of("TERM", "xterm", "COLORTERM", "truecolor"), false)).isEqualTo(ColorDepth.FULL);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm-256color", "NO_COLOR", "1"), false)).isEqualTo(ColorDepth.NONE);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm-256color", "NO_COLOR", ""), false)).isEqualTo(ColorDepth.FULL);
        assertThat(ColorDepth.of(Map.of("TERM", "xterm-256color"), true)).isEqualTo(ColorDepth.BASIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dumb", "unknown", ""})
    void terminalsThatCannotMoveTheirCursor(String term) {
        assertThatThrownBy(() -> TerminalModes.of(Map.of("TERM", term), false)).isInstanceOf(TerminalException.class)
                .hasMessageContaining("TERM");
    }

    @Test
    void whatIsTurnedOnIsTurnedOff() throws TerminalException {
        TerminalModes modes = TerminalModes.of(Map.of("TERM", "xterm"), false);
        for (String mode : new String[] {"1049", "2004", "1000", "1002", "1006"}) {
            assertThat(modes.on()).contains("\033[?" + mode + "h");
            assertThat(modes.off()).contains("\033[?" + mode + "l");
        }
        assertThat(modes.on()).contains("\033[?25l").contains("\033[?7l");
        assertThat(modes.off()).contains("\033[?25h").contains("\033[?7h");
        assertThat(TerminalModes.of(Map.of("TERM", "xterm"), true).on()).doesNotContain("1002");
    }
}
