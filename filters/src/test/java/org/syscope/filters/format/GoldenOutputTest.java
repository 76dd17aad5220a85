package org.syscope.filters.format;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TextOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real captures are printed as sysdig 0.36 prints them, byte for byte; as JSON, object for object. */
class GoldenOutputTest {

    private static final String FIELDS = "%evt.num|%evt.rawtime|%evt.cpu|%proc.name|%proc.pid|%thread.tid|%proc.pname|%evt.dir"
            + "|%evt.type|%evt.category|%evt.args|%fd.num|%fd.type|%fd.name|%user.name|%evt.res";
    private static final String STATE = "*%evt.num|%proc.name|%proc.exepath|%proc.cmdline|%proc.cwd|%proc.ppid|%proc.sid"
            + "|%proc.vpid|%fd.name|%fd.cip|%fd.cport|%fd.sip|%fd.sport|%fd.l4proto|%evt.latency|%user.uid|%group.gid"
            + "|%container.id";

    private static String print(String capture, String format, TextOptions options) throws IOException {
        OutputBuffer out = new OutputBuffer();
        Replay.events(capture, options, catalog -> {
            try {
                OutputFormat lines = OutputFormat.compile(format, catalog);
                return event -> {
                    if (lines.write(event, out)) {
                        out.append('\n');
                    }
                };
            } catch (FormatException e) {
                throw new IllegalArgumentException(e.render(), e);
            }
        });
        return out.toString();
    }

    private static String expected(String file) throws IOException {
        assumeTrue(Replay.isPossible(), "no captures at " + Replay.folder());
        Path path = Replay.folder().resolve("expected").resolve(file);
        return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample", "syscall",
            "test_ipv6_client", "write_tmp_test", "empty-1", "empty-2"})
    void defaultLines(String capture) throws IOException {
        String expected = expected(capture + ".default.txt");
        assertThat(print(capture, StandardFormats.DEFAULT, TextOptions.DEFAULT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = "curl_google_comments")
    void optionsBehindEventsChangeNothing(String capture) throws IOException {
        String expected = expected("curl_google.default.txt");
        assertThat(print(capture, StandardFormats.DEFAULT, TextOptions.DEFAULT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample", "syscall",
            "test_ipv6_client", "write_tmp_test"})
    void linesOnlyWhereAllFieldsHaveValues(String capture) throws IOException {
        String expected = expected(capture + ".fields.txt");
        TextOptions verbose = new TextOptions(TextOptions.DEFAULT.buffers(), 0, null);
        assertThat(print(capture, FIELDS, verbose)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample", "syscall",
            "test_ipv6_client", "write_tmp_test"})
    void stateBehindTheEvents(String capture) throws IOException {
        String expected = expected(capture + ".state.txt");
        assertThat(print(capture, STATE, TextOptions.DEFAULT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl_google", "cat_write", "connect_localhost", "open-multiple-files", "sample", "syscall",
            "test_ipv6_client", "write_tmp_test"})
    void jsonObjects(String capture) throws IOException {
        String expected = expected(capture + ".json");
        TextOptions whole = new TextOptions(TextOptions.DEFAULT.buffers(), 0, null);
        OutputBuffer out = new OutputBuffer();
        Replay.events(capture, whole, catalog -> {
            try {
                JsonFormat json = new JsonFormat(OutputFormat.compile(StandardFormats.DEFAULT, catalog));
                return event -> {
                    json.write(event, out);
                    out.append('\n');
                };
            } catch (FormatException e) {
                throw new IllegalArgumentException(e.render(), e);
            }
        });
        ObjectMapper mapper = new ObjectMapper();
        List<String> actual = out.toString().lines().collect(Collectors.toList());
        List<String> wanted = expected.lines().toList();
        assertThat(actual).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(mapper.readTree(actual.get(i))).isEqualTo(mapper.readTree(wanted.get(i)));
        }
    }
}
