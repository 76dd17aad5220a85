package org.syscope.capture.scap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

import static org.assertj.core.api.Assertions.assertThat;

/** Reading from the middle is the same as reading from the start and looking at the rest only. */
class IndexedCaptureTest {

    private static final long INTERVAL = 2000;

    @TempDir
    private Path folder;

    private static IndexedCapture open(Path file, SystemState state) throws IOException {
        return IndexedCapture.open(file.toString(), state, Map.of(), 0, INTERVAL);
    }

    /** All that is known at the current event. */
    private static String line(Event event, SystemState state) {
        ThreadInfo thread = state.thread();
        FdInfo fd = state.fd();
        ThreadInfo parent = thread == null ? null : state.parent(thread);
        return event.number() + "|" + event.timestamp() + "|" + event.typeCode() + "|" + event.length() + "|"
                + (thread == null ? "" : StateText.of(thread) + thread.previousEventTime + "|" + thread.leader().tid) + "|"
                + (fd == null ? "" : fd + "|" + fd.role() + "|" + fd.cloexec()) + "|" + state.fdNumber() + "|"
                + state.latency() + "|" + state.enterTime() + "|" + (state.enterEvent() == null) + "|" + parent;
    }

    private static List<String> lines(IndexedCapture capture, SystemState state) throws IOException {
        List<String> lines = new ArrayList<>();
        Event event = new Event();
        while (capture.next(event) == EventSource.Next.EVENT) {
            state.process(event);
            if (!event.stateOnly()) {
                lines.add(line(event, state));
            }
        }
        return lines;
    }

    /** From every place: the same lines as from the start, and the same state at the end. */
    @ParameterizedTest
    @CsvSource({"cat_write", "curl_google", "open-multiple-files", "sample", "test_ipv6_client"})
    void aJumpShowsWhatAFullPassShows(String name) throws IOException {
        Path plain = folder.resolve(name);
        SystemState first = new SystemState(null);
        try (ScapReader reader = ScapReader.open(Captures.file(name + ".scap").toString(), first);
                ScapWriter writer = ScapWriter.create(plain.toString(), false, first, "test", thread -> true, Map.of())) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                writer.write(event, 0);
            }
        }
        checkJumps(plain);
    }

    /** The same in gzip: places are the starts of members. */
    @Test
    void aJumpIntoGzip() throws IOException {
        Path file = folder.resolve("members.scap.gz");
        SystemState first = new SystemState(null);
        try (ScapReader reader = ScapReader.open(Captures.file("curl_google.scap").toString(), first);
                ScapWriter writer = ScapWriter.create(file.toString(), true, first, "test", thread -> true, Map.of())) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                writer.write(event, 0);
                if (reader.events() % 100 == 0) {
                    writer.flush();
                }
            }
        }
        checkJumps(file);
    }

    private void checkJumps(Path file) throws IOException {
        SystemState state = new SystemState(null);
        List<String> all;
        try (IndexedCapture capture = open(file, state)) {
            assertThat(capture.index()).isNull();
            all = lines(capture, state);
            assertThat(capture.indexProblem()).isNull();
        }
        String end = StateText.of(state);
        int jumps = 0;
        for (int number = 1; number <= all.size(); number += 37) {
            SystemState jumped = new SystemState(null);
            try (IndexedCapture capture = open(file, jumped)) {
                assertThat(capture.index()).isNotNull();
                assertThat(capture.index().events()).isEqualTo(all.size());
                if (capture.jumpToEvent(number)) {
                    jumps++;
                }
                List<String> rest = lines(capture, jumped);
                assertThat(rest.size()).isBetween(all.size() - number + 1, all.size());
                assertThat(rest).isEqualTo(all.subList(all.size() - rest.size(), all.size()));
                assertThat(StateText.of(jumped)).isEqualTo(end);
            }
        }
        assertThat(jumps).isGreaterThan(0);
    }

    /** No event of the wanted time or later is jumped over. */
    @Test
    void aJumpToATime() throws IOException {
        Path file = Files.copy(Captures.file("sample.scap"), folder.resolve("sample.scap"));
        SystemState state = new SystemState(null);
        List<Long> times = new ArrayList<>();
        try (IndexedCapture capture = open(file, state)) {
            Event event = new Event();
            while (capture.next(event) == EventSource.Next.EVENT) {
                state.process(event);
                times.add(event.timestamp());
            }
        }
        for (long time : times) {
            try (IndexedCapture capture = open(file, new SystemState(null))) {
                capture.jumpToTime(time);
                Event event = new Event();
                long first = 0;
                while (capture.next(event) == EventSource.Next.EVENT) {
                    if (!event.stateOnly()) {
                        first = event.number();
                        break;
                    }
                }
                for (int i = 0; i < first - 1; i++) {
                    assertThat(times.get(i)).isLessThan(time);
                }
            }
        }
    }

    /** An index that does not fit is as none, whatever bit of it changed. */
    @Test
    void anIndexThatDoesNotFitIsIgnored() throws IOException {
        Path file = Files.copy(Captures.file("sample.scap"), folder.resolve("sample.scap"));
        file.toFile().setWritable(true);
        try (IndexedCapture capture = open(file, new SystemState(null))) {
            Event event = new Event();
            while (capture.next(event) == EventSource.Next.EVENT) {
                assertThat(event.number()).isPositive();
            }
        }
        assertThat(CaptureIndex.load(file)).isNotNull();
        Path index = CaptureIndex.fileOf(file);
        byte[] whole = Files.readAllBytes(index);
        for (int i = whole.length - 200; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 4;
            Files.write(index, damaged);
            assertThat(CaptureIndex.load(file)).isNull();
        }
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(index, Arrays.copyOf(whole, length));
            assertThat(CaptureIndex.load(file)).isNull();
        }
        Files.write(index, whole);
        assertThat(CaptureIndex.load(file)).isNotNull();
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write(new byte[12]);
        }
        assertThat(CaptureIndex.load(file)).isNull();
    }

    /** A pass that does not reach the end leaves nothing behind. */
    @Test
    void anUnfinishedIndexIsDropped() throws IOException {
        Path file = Files.copy(Captures.file("sample.scap"), folder.resolve("sample.scap"));
        try (IndexedCapture capture = open(file, new SystemState(null))) {
            Event event = new Event();
            for (int i = 0; i < 400; i++) {
                capture.next(event);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
