package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.state.FdInfo;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** A recorder's files hold the newest events, and show them as the whole capture does. */
class FlightRecorderTest {

    private static final int EVENTS = 1536;

    @TempDir
    private Path folder;
    private final List<String> said = new ArrayList<>();
    private String base;
    private boolean signalled;

    @BeforeEach
    void name() {
        base = folder.resolve("ring.scap").toString();
    }

    /** Whose event it is and on what; not on unnamed fds, of which a process list can know more than events tell. */
    private static String line(Event event, SystemState state) {
        FdInfo fd = state.fd();
        return event.timestamp() + " " + event.typeCode() + " " + event.tid() + " "
                + (state.thread() == null ? "" : state.thread().comm) + " "
                + (fd == null || fd.name.isEmpty() ? "" : fd.name);
    }

    private static List<String> lines(String file) throws IOException {
        SystemState state = new SystemState(null);
        List<String> lines = new ArrayList<>();
        try (ScapReader reader = ScapReader.open(file, state)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                state.process(event);
                if (!event.stateOnly()) {
                    lines.add(line(event, state));
                }
            }
        }
        return lines;
    }

    private void record(RingSize size, int files, EventLoop.EventTest filter, EventLoop.EventTest trigger) throws IOException {
        SystemState state = new SystemState(null);
        FlightRecorder recorder = new FlightRecorder(new FlightRecorder.Options(size, base, files, trigger, () -> signalled),
                state, (name, past, threads) -> ScapWriter.create(name, false, past, "test", thread -> true, Map.of()),
                said::add);
        Totals totals = new Totals();
        try (ScapReader reader = ScapReader.open(capture(), state)) {
            recorder.open();
            new EventLoop(state, new CurrentEvent(state), new EventLoop.Options(filter, null, true, Long.MAX_VALUE,
                    Long.MAX_VALUE, false), List.of(recorder), new Interrupts(), totals).run(reader, () -> { });
        } finally {
            recorder.close();
        }
    }

    private static String capture() {
        return Launcher.capture("curl_google.scap").toString();
    }

    private static long time(String line) {
        return Long.parseLong(line.substring(0, line.indexOf(' ')));
    }

    private static List<String> until(List<String> whole, int last, long nanos) {
        long end = time(whole.get(last - 1));
        return whole.subList(0, last).stream().filter(line -> time(line) >= end - nanos).toList();
    }

    @Test
    void atTheEndTheNewestEventsAreWrittenWithTheirProcessesAndFiles() throws Exception {
        List<String> whole = lines(capture());
        assertThat(whole).hasSize(EVENTS);
        record(RingSize.parse("5s"), 0, null, null);
        assertThat(lines(base)).hasSizeBetween(10, EVENTS - 1).isEqualTo(until(whole, EVENTS, 5_000_000_000L));
        assertThat(said).hasSize(1).first().asString().contains("ring.scap: ").endsWith("(the end)");
    }

    @Test
    void memoryLimitsToo() throws Exception {
        List<String> whole = lines(capture());
        record(new RingSize(Long.MAX_VALUE, 20_000, true), 0, null, null);
        List<String> lines = lines(base);
        assertThat(lines).hasSizeBetween(50, 700).isEqualTo(whole.subList(EVENTS - lines.size(), EVENTS));
        assertThat(lines).anyMatch(line -> line.contains(" curl "));
    }

    @Test
    void aMatchWritesWhatWasBeforeItAndNothingElse() throws Exception {
        List<String> whole = lines(capture());
        record(RingSize.parse("10ms"), 0, null, context -> context.event().number() == 1000);
        assertThat(lines(base)).hasSizeGreaterThan(10).isEqualTo(until(whole, 1000, 10_000_000L));
        assertThat(folder.toFile().list()).containsExactly("ring.scap");
    }

    @Test
    void manyMatchesShareAFileEachSecondAndTheOldestGo() throws Exception {
        record(RingSize.parse("1m"), 0, null, context -> true);
        int all = folder.toFile().list().length;
        assertThat(all).isBetween(3, 10).isEqualTo(said.size());
        assertThat(lines(base)).hasSize(1);
        assertThat(lines(base + (all - 1))).as("the last match is in the last file").hasSize(EVENTS);
        for (String name : folder.toFile().list()) {
            Files.delete(folder.resolve(name));
        }
        record(RingSize.parse("1m"), 2, null, context -> true);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("ring.scap" + (all - 1), "ring.scap" + (all - 2));
    }

    @Test
    void whatTheFilterRefusesIsKeptForTheStateOnly() throws Exception {
        List<String> whole = lines(capture());
        record(RingSize.parse("1m"), 0, context -> context.event().number() % 3 == 0, null);
        List<String> expected = new ArrayList<>();
        for (int i = 3; i <= EVENTS; i += 3) {
            expected.add(whole.get(i - 1));
        }
        // an exit event without its enter event does not tell its fd
        assertThat(lines(base).stream().map(FlightRecorderTest::process).toList()).isEqualTo(
                expected.stream().map(FlightRecorderTest::process).toList());
    }

    private static String process(String line) {
        return String.join(" ", List.of(line.split(" ", -1)).subList(0, 4));
    }

    @Test
    void withoutAMatchThereIsNoFileUnlessASignalEndsTheRun() throws Exception {
        record(RingSize.parse("1m"), 0, null, context -> false);
        assertThat(folder.toFile().list()).isEmpty();
        assertThat(said).containsExactly("no event matched --dump-on: " + base + " was not written");
        signalled = true;
        record(RingSize.parse("1m"), 0, null, context -> false);
        assertThat(lines(base)).hasSize(EVENTS);
    }
}
