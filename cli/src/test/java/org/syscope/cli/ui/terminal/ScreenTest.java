package org.syscope.cli.ui.terminal;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenTest {

    private final Screen screen = new Screen(3, 10);

    @Test
    void wideCharactersTakeTwoCellsAndAreNeverCut() {
        assertThat(screen.put(0, 0, "a世界b", Style.PLAIN, 10)).isEqualTo(6);
        assertThat(screen.line(0)).isEqualTo("a世界b");
        assertThat(screen.cell(0, 2)).isEmpty();
        assertThat(screen.put(1, 0, "a世界b", Style.PLAIN, 4)).as("the second one has no room").isEqualTo(3);
        assertThat(screen.line(1)).isEqualTo("a世");
    }

    @Test
    void wideCharacterThatIsHalfOverwrittenGoes() {
        screen.put(0, 0, "世界", Style.PLAIN);
        screen.put(0, 1, "x", Style.PLAIN);
        assertThat(screen.line(0)).isEqualTo(" x界");
        screen.put(0, 2, "y", Style.PLAIN);
        assertThat(screen.line(0)).isEqualTo(" xy");
    }

    @Test
    void marksShareTheCellOfTheirCharacter() {
        assertThat(screen.put(0, 0, "e\u0301te\u0301", Style.PLAIN)).isEqualTo(3);
        assertThat(screen.cell(0, 0)).isEqualTo("e\u0301");
        assertThat(Screen.width("e\u0301te\u0301")).isEqualTo(3);
        screen.put(1, 0, "a" + "\u0301".repeat(1000), Style.PLAIN);
        assertThat(screen.cell(1, 0).length()).isLessThan(20);
    }

    @Test
    void whatWouldSteerTheTerminalIsShownAsAQuestionMark() {
        screen.put(0, 0, "\033[2J\u009b\u202ex\u0007", Style.PLAIN);
        assertThat(screen.line(0)).isEqualTo("?[2J??x?");
        screen.put(1, 0, "\ud800x", Style.PLAIN);
        assertThat(screen.line(1)).isEqualTo("?x");
    }

    @Test
    void outsideNothingIsDrawn() {
        screen.put(-1, 0, "x", Style.PLAIN);
        screen.put(3, 0, "x", Style.PLAIN);
        screen.put(0, 8, "abc", Style.PLAIN);
        screen.put(1, 9, "世", Style.PLAIN);
        screen.fill(2, 5, 100, Style.REVERSE);
        assertThat(screen.toString()).isEqualTo("        ab\n\n\n");
        assertThat(screen.style(2, 9)).isEqualTo(Style.REVERSE);
    }

    @Test
    void paddingToTheRightAndTheMarkOfWhatIsCut() {
        screen.putPadded(0, 0, "42", Style.PLAIN, 6, true, true);
        assertThat(screen.line(0)).isEqualTo("    42");
        screen.putPadded(0, 0, "123456789", Style.PLAIN, 6, true, true);
        assertThat(screen.line(0)).isEqualTo("12345~");
        screen.putPadded(1, 0, "ab", Style.PLAIN, 6, false, true);
        assertThat(screen.line(1)).isEqualTo("ab");
    }
}
