package org.syscope.capture.state;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Paths are joined as the kernel walks them, links aside. */
final class PathsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/home/|x|/home/x", "/home|x|/home/x", "/home/|/etc/passwd|/etc/passwd", "/home/|./x|/home/x",
        "/home/bob/|../x|/home/x", "/home/bob/|../../../../x|/x", "/home/|a/../b|/home/b", "/|..|/", "/home/|.|/home",
        "/home/|a//b///c/|/home/a/b/c", "/home/|...|/home/...", "/home/|..x/.y|/home/..x/.y", "''|a/../b|b", "''|/a/./b/..|/a",
        "/home/|''|''", "/x/|é|/x/é", "./|x|./x", "/home/|a/.|/home/a", "/|x|/x"})
    void joins(String base, String path, String expected) {
        assertThat(new Paths().join(Text.of(base), Text.of(path))).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"1022, false", "1023, true"})
    void theLongestPathHas1023Bytes(int length, boolean tooLong) {
        Text joined = new Paths().join(Text.of("/"), Text.of("x".repeat(length)));
        assertThat(joined.equals(Paths.TOO_LONG)).isEqualTo(tooLong);
    }

    @ParameterizedTest
    @CsvSource({"10", "27"})
    void controlCharactersBecomeDots(int character) {
        assertThat(new Paths().join(Text.of("/"), Text.of("a" + (char) character + "b"))).hasToString("/a.b");
    }
}
