package org.syscope.cli;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.state.StateSnapshot;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** A range of a capture begins and ends where it should, with the state of its first event. */
class ReplayTest {

    private String file;
    private final List<Long> times = new ArrayList<>();

    @BeforeEach
    void readAll() throws IOException {
        file = Launcher.capture("sample.scap").toString();
        try (ScapReader reader = ScapReader.open(file, null)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                times.add(event.timestamp());
            }
        }
    }

    private static CapturePlace place(String text) throws UsageException {
        return text == null ? null : CapturePlace.parse("--from", text, ZoneOffset.UTC);
    }

    private List<Long> numbers(SystemState state, List<String> files, String from, String to)
            throws IOException, UsageException {
        List<Long> numbers = new ArrayList<>();
        CaptureRange range = new CaptureRange(place(from), place(to), ZoneOffset.UTC);
        try (Replay replay = Replay.open(files, state, new Replay.Options(range, true, Map.of(), () -> false, text -> { }))) {
            Event event = new Event();
            while (replay.next(event) == EventSource.Next.EVENT) {
                state.process(event);
                numbers.add(event.number());
            }
        }
        return numbers;
    }

    private List<Long> numbers(String from, String to) throws IOException, UsageException {
        return numbers(new SystemState(null), List.of(file), from, to);
    }

    private List<Long> between(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            if (times.get(i) >= from && times.get(i) <= to) {
                numbers.add(i + 1L);
            }
        }
        return numbers;
    }

    @Test
    void numbersAreIncludedAtBothEnds() throws Exception {
        assertThat(numbers("#5", "#9")).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(numbers(null, "#2")).containsExactly(1L, 2L);
        assertThat(numbers("#" + times.size(), null)).containsExactly((long) times.size());
    }

    @Test
    void timesFromStartAndEnd() throws Exception {
        long first = times.getFirst();
        long last = times.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(numbers("+10ms", "+20ms")).isNotEmpty().isEqualTo(between(first + 10_000_000, first + 20_000_000));
        assertThat(numbers("-10ms", null)).isNotEmpty().isEqualTo(between(last - 10_000_000, last));
    }

    @Test
    void behindTheEndThereIsNothing() throws Exception {
        assertThat(numbers("#" + (times.size() + 1), null)).isEmpty();
        assertThat(numbers("#9", "#8")).isEmpty();
    }

    @Test
    void severalFilesAreOneCapture() throws Exception {
        List<String> twice = List.of(file, file);
        assertThat(numbers(new SystemState(null), twice, "#3", "#7")).containsExactly(3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void theStateIsThatOfAWholePass() throws Exception {
        SystemState whole = new SystemState(null);
        try (ScapReader reader = ScapReader.open(file, whole)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                whole.process(event);
            }
        }
        SystemState part = new SystemState(null);
        assertThat(numbers(part, List.of(file), "#400", null)).hasSize(times.size() - 399);
        assertThat(StateSnapshot.save(part)).isEqualTo(StateSnapshot.save(whole));
    }
}
