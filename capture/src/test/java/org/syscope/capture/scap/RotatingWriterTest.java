package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;
import org.syscope.capture.state.ThreadInfo;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that follow each other: when they change, how they are called, and that each opens on its own. */
class RotatingWriterTest {

    private static final long SECOND = 1_000_000_000;
    /** 2021-03-04 05:06:07 UTC, a Thursday. */
    private static final long TIME = 1_614_834_367L * SECOND;

    @TempDir
    private Path folder;

    private final SystemState state = new SystemState(null);

    private RotatingWriter writer(String base, Rotation rotation) throws IOException {
        return new RotatingWriter(folder.resolve(base).toString(), rotation, ZoneOffset.UTC, TIME,
                name -> ScapWriter.create(name, false, state, "test", thread -> true, Map.of()));
    }

    private static Event event(long time) throws IOException {
        byte[] bytes = Bytes.eventBytes(time, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8]);
        Event event = new Event();
        event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, 0);
        return event;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private long eventsOf(String name) throws IOException {
        try (ScapReader reader = ScapReader.open(folder.resolve(name).toString(), null)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                assertThat(event.number()).isPositive();
            }
            return reader.events();
        }
    }

    @Test
    void withoutLimitsTheNameIsAsGiven() throws IOException {
        try (RotatingWriter writer = writer("a%S.scap", Rotation.NONE)) {
            writer.write(event(TIME), 0);
        }
        assertThat(names()).containsExactly("a%S.scap");
    }

    @Test
    void aNewFileAfterSoManyEvents() throws IOException {
        try (RotatingWriter writer = writer("e", new Rotation(0, 0, 3, 0))) {
            for (int i = 0; i < 7; i++) {
                writer.write(event(TIME + i), 0);
            }
            assertThat(writer.events()).isEqualTo(7);
        }
        assertThat(names()).containsExactly("e0", "e1", "e2");
        assertThat(eventsOf("e0")).isEqualTo(3);
        assertThat(eventsOf("e1")).isEqualTo(3);
        assertThat(eventsOf("e2")).isEqualTo(1);
    }

    /** The counter is as wide as the number of files, and wraps: the oldest file is overwritten. */
    @Test
    void aRingOfFiles() throws IOException {
        try (RotatingWriter writer = writer("r", new Rotation(0, 0, 1, 10))) {
            for (int i = 0; i < 12; i++) {
                writer.write(event(TIME + i), 0);
            }
        }
        assertThat(names()).hasSize(10).startsWith("r00", "r01").endsWith("r09");
        assertThat(eventsOf("r11".replace("11", "01"))).isEqualTo(1);
    }

    @Test
    void aNewFileByTime() throws IOException {
        try (RotatingWriter writer = writer("t-%H%M%S.scap", new Rotation(0, 2, 0, 3))) {
            for (int i = 0; i < 10; i++) {
                writer.write(event(TIME + i * SECOND), 0);
            }
        }
        assertThat(names()).containsExactly("t-050611.scap", "t-050613.scap", "t-050615.scap");
        assertThat(eventsOf("t-050611.scap")).isEqualTo(2);
    }

    /** A name that comes again is the newest file then, not the oldest. */
    @Test
    void namesThatComeAgain() throws IOException {
        List<String> kept = new ArrayList<>();
        try (RotatingWriter writer = writer("s-%S", new Rotation(0, 30, 0, 3))) {
            for (int i = 0; i < 6; i++) {
                writer.write(event(TIME + i * 30 * SECOND), 0);
            }
            writer.files().forEach(kept::add);
        }
        assertThat(names()).containsExactly("s-07", "s-37");
        assertThat(kept).hasSize(2);
    }

    @Test
    void aNewFileByTimeWithoutTimeInTheName() throws IOException {
        try (RotatingWriter writer = writer("t", new Rotation(0, 1, 0, 0))) {
            for (int i = 0; i < 3; i++) {
                writer.write(event(TIME + i * SECOND), 0);
            }
        }
        assertThat(names()).containsExactly("t0", "t1", "t2");
    }

    /** The time's name, then the counter. */
    @Test
    void byTimeAndSize() throws IOException {
        try (RotatingWriter writer = writer("b-%S-", new Rotation(1000, 3600, 0, 0))) {
            for (int i = 0; i < 40; i++) {
                writer.write(event(TIME), 0);
            }
        }
        assertThat(names()).startsWith("b-07-0", "b-07-1");
        for (String name : names()) {
            assertThat(Files.size(folder.resolve(name))).isLessThan(1000 + 100);
        }
    }

    /** Each file has the process table of its own moment. */
    @Test
    void eachFileOpensOnItsOwn() throws IOException {
        try (RotatingWriter writer = writer("p", new Rotation(0, 0, 1, 0))) {
            writer.write(event(TIME), 0);
            ThreadInfo thread = new ThreadInfo(42);
            thread.pid = 42;
            state.threads().add(thread);
            writer.write(event(TIME), 0);
        }
        for (int i = 0; i < 2; i++) {
            SystemState read = new SystemState(null);
            ScapReader.open(folder.resolve("p" + i).toString(), read).close();
            assertThat(read.threads().get(42) != null).isEqualTo(i == 1);
        }
    }

    /** As date(1) prints the same time with LC_ALL=C TZ=UTC. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"%Y-%m-%d|2021-03-04", "%F|2021-03-04", "%T|05:06:07", "%j|063",
        "%a %A|Thu Thursday",
        "%b %B %h|Mar March Mar", "%e|' 4'", "%I%p|05AM", "%s|1614834367", "%y %C|21 20", "%u %w|4 4",
        "%U %V %W %G|09 09 09 2021",
        "%c|Thu Mar  4 05:06:07 2021", "%D %R|03/04/21 05:06", "%r|05:06:07 AM", "%k|' 5'", "%z|+0000", "%%|%", "%Q|%Q"})
    void timesInNames(String format, String expected) {
        assertThat(new FileNames(format, new Rotation(0, 1, 0, 0), ZoneOffset.UTC).next(TIME)).isEqualTo(expected);
    }
}
