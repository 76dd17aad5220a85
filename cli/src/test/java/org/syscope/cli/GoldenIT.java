package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher prints for real captures what sysdig 0.36 prints, to the byte. */
class GoldenIT {

    private static final String FIELDS = "%evt.num|%evt.rawtime|%evt.cpu|%proc.name|%proc.pid|%thread.tid|%proc.pname"
            + "|%evt.dir|%evt.type|%evt.category|%evt.args|%fd.num|%fd.type|%fd.name|%user.name|%evt.res";
    private static final String STATE = "*%evt.num|%proc.name|%proc.exepath|%proc.cmdline|%proc.cwd|%proc.ppid|%proc.sid"
            + "|%proc.vpid|%fd.name|%fd.cip|%fd.cport|%fd.sip|%fd.sport|%fd.l4proto|%evt.latency|%user.uid|%group.gid"
            + "|%container.id";

    private static void compare(Result result, Path expected) throws IOException {
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        byte[] wanted = Files.readAllBytes(expected);
        if (!java.util.Arrays.equals(result.out(), wanted)) {
            assertThat(result.text().lines().toList()).containsExactlyElementsOf(Files.readAllLines(expected));
            throw new AssertionError("same lines, other bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample", "syscall",
        "test_ipv6_client", "write_tmp_test"})
    void defaultLines(String name) throws Exception {
        compare(Launcher.run("-r", Launcher.capture(name + ".scap").toString()),
                Launcher.capture("expected/" + name + ".default.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample",
        "test_ipv6_client", "write_tmp_test"})
    void fieldLines(String name) throws Exception {
        Result result = Launcher.run("-r", Launcher.capture(name + ".scap").toString(), "-p", FIELDS, "-v");
        compare(new Result(result.status(), result.out(), ""), Launcher.capture("expected/" + name + ".fields.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample", "syscall",
        "test_ipv6_client", "write_tmp_test"})
    void stateLines(String name) throws Exception {
        compare(Launcher.run("-r", Launcher.capture(name + ".scap").toString(), "-p", STATE),
                Launcher.capture("expected/" + name + ".state.txt"));
    }

    @Test
    void aFileWithCommentsOfOtherToolsShowsTheSameEvents() throws Exception {
        compare(Launcher.run("-r", Launcher.capture("curl_google_comments.scap").toString()),
                Launcher.capture("expected/curl_google.default.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty-1", "empty-2"})
    void filesWithoutShownEventsPrintNothing(String name) throws Exception {
        Result result = Launcher.run("-r", Launcher.capture(name + ".scap").toString());
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEmpty();
        assertThat(result.status()).isZero();
    }
}
