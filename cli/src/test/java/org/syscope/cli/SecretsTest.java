package org.syscope.cli;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.TextList;

import static org.assertj.core.api.Assertions.assertThat;

/** What is taken for a secret in a command line, and what is not. */
class SecretsTest {

    private final Secrets secrets = new Secrets();

    private List<String> clean(String program, String... words) {
        TextList list = TextList.of(Text.of(String.join("\0", words) + "\0"));
        return secrets.clean(Text.of(program), list).parts().stream().map(Text::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "password=hunter2 | password=***",
        "--password=hunter2 | --password=***",
        "--db-password=hunter2 | --db-password=***",
        "PGPASSWORD=hunter2 | PGPASSWORD=***",
        "API_KEY=abc | API_KEY=***",
        "x-api-key: abc | x-api-key: ***",
        "https://h/p?token=abc&user=me | https://h/p?token=***&user=me",
        "{\"secret\": \"abc\", \"n\": 1} | {\"secret\": \"***\", \"n\": 1}",
        "mysql --password hunter2 db | mysql --password *** db",
        "Authorization: Basic dXNlcjpwYXNz | Authorization: Basic ***",
        "authorization: Bearer abc.def | authorization: Bearer ***",
        "Cookie: session=abc; other=d | Cookie: ***",
        "postgres://bob:hunter2@db:5432/x | postgres://bob:***@db:5432/x",
        "https://ghp_0123456789abcdefghijABCDEFGHIJ012345@github.com/a/b | https://***@github.com/a/b",
        "AKIAIOSFODNN7EXAMPLE | ***",
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY | AWS_SECRET_ACCESS_KEY=***",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abcdefghi | ***",
    })
    void inOneWord(String word, String cleaned) {
        assertThat(clean("prog", word)).containsExactly(cleaned);
        assertThat(secrets.found()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-la", "/etc/passwd", "--password-file=/run/x", "https://example.org:8080/a@b", "author=me",
        "user@host:22", "git@github.com:a/b", "--tokenizer=fast", "key=value",
        "Grüße", "a=b", "ssh://git@host/x", "--no-password"})
    void whatIsNone(String word) {
        assertThat(clean("prog", word)).containsExactly(word);
        assertThat(secrets.found()).isZero();
    }

    @Test
    void asTheNextWord() {
        assertThat(clean("prog", "--password", "hunter2", "x")).containsExactly("--password", "***", "x");
        assertThat(clean("prog", "--token", "-abc")).containsExactly("--token", "***");
        assertThat(clean("prog", "--password", "--verbose")).containsExactly("--password", "--verbose");
        assertThat(clean("/usr/bin/curl", "-u", "bob:hunter2", "http://h")).containsExactly("-u", "bob:***", "http://h");
        assertThat(clean("curl", "-H", "Authorization: token abcdef")).containsExactly("-H", "Authorization: token ***");
        assertThat(clean("mysql", "-uroot", "-phunter2")).containsExactly("-uroot", "-p***");
        assertThat(clean("sshpass", "-p", "hunter2", "ssh", "h")).containsExactly("-p", "***", "ssh", "h");
        assertThat(clean("cp", "-phunter2", "-p", "a")).containsExactly("-phunter2", "-p", "a");
    }

    @Test
    void bytesThatAreNoTextStay() {
        TextList list = TextList.of(Text.copyOf(new byte[] {(byte) 0xff, 0, 't', 'o', 'k', 'e', 'n', '=', (byte) 0xfe, 0}, 0,
                10));
        assertThat(secrets.clean(Text.of("x"), list).blob().array())
                .isEqualTo(new byte[] {(byte) 0xff, 0, 't', 'o', 'k', 'e', 'n', '=', '*', '*', '*', 0});
        TextList none = TextList.of(Text.of("a\0b\0"));
        assertThat(secrets.clean(Text.of("x"), none)).isSameAs(none);
    }

    @Test
    void longWordsTakeNoTime() {
        long start = System.nanoTime();
        clean("x", "password".repeat(500), "a".repeat(4000), "http://".repeat(600), "a-".repeat(2000), ":".repeat(4000));
        assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
    }
}
