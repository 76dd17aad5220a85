package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** Captures that other tools recorded from 2016 to 2023 read as those tools read them. */
class RealCapturesTest {

    @ParameterizedTest
    @CsvSource({"cat_write,345", "connect_localhost,374", "curl_google,1536", "curl_google_comments,1536", "empty-1,143",
        "empty-2,83", "open-multiple-files,1272", "sample,572", "syscall,368", "test_ipv6_client,326", "write_tmp_test,229"})
    void everyEventIsGivenOut(String name, long expected) throws IOException {
        SystemState state = new SystemState(null);
        long count = 0;
        try (ScapReader reader = ScapReader.open(Captures.file(name + ".scap").toString(), state)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                count++;
                assertThat(event.number()).isEqualTo(count);
            }
            assertThat(reader.unknownBlocks()).isZero();
            assertThat(reader.unknownTypes()).isZero();
            assertThat(reader.fdsOfUnknownThreads()).isZero();
        }
        assertThat(count).isEqualTo(expected);
        assertThat(state.threads().size()).isPositive();
        assertThat(state.machine().cpus()).isPositive();
    }

    /** Number, time, CPU, tid and type of each line that another tool printed are those of our event of that number. */
    @ParameterizedTest
    @CsvSource({"cat_write", "connect_localhost", "curl_google", "open-multiple-files", "sample", "syscall",
        "test_ipv6_client", "write_tmp_test"})
    void eventsAreThoseThatOthersPrint(String name) throws IOException {
        Path expected = Captures.folder().resolve("expected").resolve(name + ".default.txt");
        List<String> lines = Files.readAllLines(expected, StandardCharsets.ISO_8859_1);
        int at = 0;
        try (ScapReader reader = ScapReader.open(Captures.file(name + ".scap").toString(), new SystemState(null))) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                if (at < lines.size() && lines.get(at).startsWith(event.number() + " ")) {
                    String[] words = lines.get(at).split(" ");
                    LocalTime time = LocalTime.ofInstant(Instant.ofEpochSecond(0, event.timestamp()), ZoneOffset.UTC);
                    assertThat(LocalTime.parse(words[1])).isEqualTo(time);
                    assertThat(words[2]).isEqualTo(Integer.toString(event.cpu()));
                    assertThat(lines.get(at)).contains(" (" + event.tid() + ") " + (event.type().isEnter() ? "> " : "< "));
                    at++;
                }
            }
        }
        assertThat(at).isEqualTo(lines.size());
    }

    /** Wireshark's tools put comments into the blocks; nothing else differs. */
    @Test
    void aRewrittenCaptureHasTheSameEvents() throws IOException {
        Event left = new Event();
        Event right = new Event();
        try (ScapReader plain = ScapReader.open(Captures.file("curl_google.scap").toString(), null);
                ScapReader rewritten = ScapReader.open(Captures.file("curl_google_comments.scap").toString(), null)) {
            while (plain.next(left) == EventSource.Next.EVENT) {
                assertThat(rewritten.next(right)).isEqualTo(EventSource.Next.EVENT);
                assertThat(right.segment().asSlice(right.offset(), right.length())
                        .mismatch(left.segment().asSlice(left.offset(), left.length()))).isEqualTo(-1);
                assertThat(right.cpu()).isEqualTo(left.cpu());
            }
            assertThat(rewritten.next(right)).isEqualTo(EventSource.Next.END);
        }
    }
}
