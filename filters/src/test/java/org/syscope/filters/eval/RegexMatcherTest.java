package org.syscope.filters.eval;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.filters.field.FieldException;

import static org.assertj.core.api.Assertions.assertThat;

/** Our automaton says what RE2/J says. */
final class RegexMatcherTest {
    private static final String[] TEXTS = {"", "a", "b", "ab", "aab", "abab", "A", "aB", "0", "a1", "_", " ", "\n", "a\nb",
        "/etc/passwd", "a.b", "]", "-", "^", "$", "{", "a{2}", "\\", "\u00e9", "a\u00e9b", "\uD83D\uDE00", "\u212A", "~",
        "\u007f", "|", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

    @ParameterizedTest
    @ValueSource(strings = {"a", "a|b", "a*", "(a|b)*", "(a*)*", "a+?b??", "[ab]+", "[^ab]", "[^\\n]*", ".", ".*",
        "\\d", "\\w+", "\\W", "\\s\\S*", "[[:alpha:]]+", "[[:^alpha:]]", "[\\d_]", "[^\\w]", "[]a]", "[^]a]", "[a-]", "[-a]",
        "[a-c1-3]+", "a{2}", "a{1,2}b", "a{0,}", "a{,2}", "a{x}", "{", "]", "(?:ab)+", "(?i)AB", "(?i)[a-b]+", "(?i)k",
        "^a$", "^", "$", "a$b", "(^a)", "\\x41", "\\x{41}", "\\.", "\\\\", "\\_", "\\-", "/etc/.*", "(|a)b", "()", "(a|)",
        "\u00e9", "\u00e9*a", "\uD83D\uDE00*", "[\u00e9a]", "[a-\u00ff]+", "(?s).*", "\\ba\\b", "\\pL", "\\Qa.b\\E",
        "(?P<x>a)", "[[:word:]]", "[[:punct:]]", "[[:space:][:cntrl:]]", "\\v", "[\\t-\\r]", "(((((a)))))",
        "(a|aa)*(b|bb)?", "((a{1,3}){1,3}){1,3}", "(a|b|ab)*", "[a-z&&[^b]]", "\\07", "a{1000}", "(x+x+)+y", "\\S{40}"})
    void agreesWithRe2(String expression) throws FieldException {
        for (String text : TEXTS) {
            agrees(expression, text);
        }
    }

    @Test
    void agreesOnRandomExpressions() throws FieldException {
        String[] parts = {"a", "b", "c", ".", "*", "+", "?", "|", "(", ")", "(?:", "[", "]", "^", "$", "[^a]", "[a-b]", "-",
            "{2}", "{0,1}", "{1,}", "\\d", "\\w", "\\W", "\\.", "1", "\u00e9", "(?i)", "A", "[[:upper:]]", "{", "}", "\\"};
        Random random = new Random(11);
        int good = 0;
        for (int i = 0; i < 30_000; i++) {
            StringBuilder expression = new StringBuilder();
            for (int n = random.nextInt(9); n >= 0; n--) {
                expression.append(parts[random.nextInt(parts.length)]);
            }
            try {
                Pattern.compile(expression.toString());
            } catch (PatternSyntaxException e) {
                continue;
            }
            good++;
            for (int k = 0; k < 4; k++) {
                StringBuilder text = new StringBuilder();
                for (int n = random.nextInt(6); n > 0; n--) {
                    text.append("abcA1.\u00e9{".charAt(random.nextInt(8)));
                }
                agrees(expression.toString(), text.toString());
            }
        }
        assertThat(good).isGreaterThan(3000);
    }

    private static void agrees(String expression, String text) throws FieldException {
        byte[] bytes = ("x" + text + "x").getBytes(StandardCharsets.UTF_8);
        assertThat(new RegexMatcher(expression).bytes(bytes, 1, bytes.length - 2))
                .as("%s on '%s'", expression, text)
                .isEqualTo(Pattern.matches(expression, text));
    }

    /** Subsets of "an a, n places from the end" need 2^n states: given up, and still right, in time. */
    @Test
    void anExpressionWithTooManyStatesIsLeftToRe2() throws FieldException {
        RegexMatcher matcher = new RegexMatcher("(a|b)*a(a|b){14}");
        Random random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            byte[] text = new byte[40];
            for (int k = 0; k < text.length; k++) {
                text[k] = (byte) (random.nextBoolean() ? 'a' : 'b');
            }
            assertThat(matcher.bytes(text, 0, text.length)).isEqualTo(text[text.length - 15] == 'a');
        }
    }
}
