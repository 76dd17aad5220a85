package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A disk that stalls keeps nobody waiting while there is memory, one that fails is told of, and nobody waits for good. */
@Timeout(60)
class OutputQueueTest {

    private static final int BUFFER = 4096;
    private static final long MEMORY = 16 * BUFFER;

    @TempDir
    private Path folder;

    private final OutputQueue queue = OutputQueue.threaded(MEMORY, false);
    private long time;

    private static ScapWriter writer(BlockTarget target, OutputQueue queue) throws IOException {
        return ScapWriter.create(target, queue, null, new SystemState(null), "test", thread -> true);
    }

    /** Writes so many events of {@code size} bytes behind their headers. */
    private void write(CaptureSink sink, int count, int size) throws IOException {
        Event event = new Event();
        for (int i = 0; i < count; i++) {
            byte[] bytes = Bytes.eventBytes(++time, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[size]);
            event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, 0);
            sink.write(event, 0);
        }
    }

    /** What a writer without a queue makes of the same events. */
    private byte[] expected(int count, int size) throws IOException {
        long before = time;
        time = 0;
        StalledTarget target = new StalledTarget(BUFFER).resume();
        try (OutputQueue direct = OutputQueue.direct(); ScapWriter writer = writer(target, direct)) {
            write(writer, count, size);
        }
        time = before;
        return target.content();
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    void eventsGoOnWhileTheDiskStalls() throws Exception {
        StalledTarget target = new StalledTarget(BUFFER);
        ScapWriter writer = writer(target, queue);
        write(writer, 10, 10);
        writer.flush();
        target.awaitStall();
        write(writer, 590, 50);
        assertThat(writer.bytes()).isGreaterThan(MEMORY * 3 / 4);
        assertThat(target.content()).isEmpty();
        assertThat(queue.waitedNanos()).isZero();
        target.resume();
        writer.close();
        assertThat(writer.events()).isEqualTo(600);
        assertThat(writer.bytes()).isEqualTo(target.content().length);
        queue.close();
    }

    @Test
    void whoFindsTheMemoryUsedUpWaitsAndLosesNothing() throws Exception {
        StalledTarget target = new StalledTarget(BUFFER);
        ScapWriter writer = writer(target, queue);
        FutureTask<Void> task = new FutureTask<>(() -> {
            write(writer, 5000, 50);
            writer.close();
            return null;
        });
        Thread events = Thread.ofPlatform().start(task);
        target.awaitStall();
        awaitWaiting(events);
        assertThat(writer.bytes()).isBetween(MEMORY - BUFFER, MEMORY);
        target.resume();
        task.get();
        assertThat(queue.waitedNanos()).isPositive();
        assertThat(target.content()).isEqualTo(expected(5000, 50));
        queue.close();
    }

    /** Many small flushes during a stall use up no more memory than their bytes, and become one write. */
    @Test
    void flushesDuringAStallAreJoined() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        StalledTarget target = new StalledTarget("", BUFFER, log);
        ScapWriter writer = writer(target, queue);
        writer.flush();
        target.awaitStall();
        for (int i = 0; i < 20; i++) {
            write(writer, 1, 10);
            writer.flush();
        }
        target.resume();
        writer.close();
        assertThat(log).hasSize(4).first().isEqualTo("open ");
        assertThat(log).last().isEqualTo("close ");
        assertThat(target.content()).isEqualTo(expected(20, 10));
        queue.close();
    }

    @Test
    void aBlockLongerThanTheMemoryPasses() throws IOException {
        StalledTarget target = new StalledTarget(BUFFER).resume();
        ScapWriter writer = writer(target, queue);
        write(writer, 3, (int) MEMORY + 1000);
        write(writer, 200, 100);
        writer.close();
        byte[] content = target.content();
        queue.close();
        long total = time;
        time = 0;
        StalledTarget direct = new StalledTarget(BUFFER).resume();
        try (OutputQueue none = OutputQueue.direct(); ScapWriter other = writer(direct, none)) {
            write(other, 3, (int) MEMORY + 1000);
            write(other, 200, 100);
        }
        assertThat(time).isEqualTo(total);
        assertThat(content).isEqualTo(direct.content());
    }

    @Test
    void aFailureIsToldAtTheNextFlushAndEverAfter() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        StalledTarget target = new StalledTarget("", BUFFER, log);
        ScapWriter writer = writer(target, queue);
        write(writer, 7, 10);
        writer.flush();
        target.allow(1);
        awaitWrites(log, 1);
        write(writer, 5, 10);
        writer.flush();
        target.awaitStall();
        IOException cause = new IOException("no disk");
        target.fail(cause);
        assertThatThrownBy(() -> {
            while (true) {
                write(writer, 1, 10);
                writer.flush();
            }
        }).isSameAs(cause);
        assertThatThrownBy(() -> write(writer, 1, 10)).isSameAs(cause);
        assertThatThrownBy(writer::flush).isSameAs(cause);
        assertThat(writer.events()).isEqualTo(7);
        writer.close();
        queue.close();
        assertThat(log).last().isEqualTo("abandon ");
    }

    private static void awaitWrites(List<String> log, int count) {
        while (log.stream().filter(line -> line.startsWith("write")).count() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFailureThatNobodyWasToldOfIsToldAtTheEnd() throws Exception {
        StalledTarget target = new StalledTarget(BUFFER);
        ScapWriter writer = writer(target, queue);
        write(writer, 1, 10);
        IOException cause = new IOException("no disk");
        target.fail(cause);
        assertThatThrownBy(writer::close).isSameAs(cause);
        writer.close();
        queue.close();
    }

    @Test
    void aFailureWakesWhoWaitsForMemory() throws Exception {
        StalledTarget target = new StalledTarget(BUFFER);
        ScapWriter writer = writer(target, queue);
        FutureTask<Void> task = new FutureTask<>(() -> {
            write(writer, 5000, 50);
            return null;
        });
        Thread events = Thread.ofPlatform().start(task);
        target.awaitStall();
        awaitWaiting(events);
        IOException cause = new IOException("no disk");
        target.fail(cause);
        assertThatThrownBy(task::get).hasCause(cause);
        writer.close();
        queue.close();
    }

    @Test
    void aMistakeOfTheProgramIsToldToo() throws Exception {
        StalledTarget target = new StalledTarget(BUFFER);
        ScapWriter writer = writer(target, queue);
        target.fail(new IllegalStateException("a mistake"));
        assertThatThrownBy(writer::close).isInstanceOf(IOException.class).hasMessageContaining("a mistake");
        queue.close();
    }

    /** The first file is there, or its failure is told, before anything is written; so the user sees it at once. */
    @Test
    void theFirstFileIsCreatedBeforeAnythingElse() {
        Path missing = folder.resolve("no/where");
        assertThatThrownBy(() -> ScapWriter.create(missing.toString(), false, new SystemState(null), "test", thread -> true,
                null, queue, Map.of())).hasMessage(missing + ": no such directory");
        queue.close();
    }

    /** A file that ends and the next one keep nobody waiting either; the disk sees them one after the other. */
    @Test
    void rotationDoesNotWaitForTheDisk() throws Exception {
        List<String> log = new CopyOnWriteArrayList<>();
        List<StalledTarget> targets = new ArrayList<>();
        RotatingWriter writer = new RotatingWriter(folder.resolve("r").toString(), new Rotation(0, 0, 10, 2), ZoneOffset.UTC, 0,
                name -> {
                    targets.add(new StalledTarget(name.substring(name.length() - 1) + " ", BUFFER, log));
                    return writer(targets.getLast(), queue);
                });
        write(writer, 45, 10);
        targets.getFirst().awaitStall();
        assertThat(targets).hasSize(5);
        assertThat(log).containsExactly("open 0 ");
        targets.forEach(StalledTarget::resume);
        writer.close();
        assertThat(writer.events()).isEqualTo(45);
        assertThat(log.stream().filter(line -> !line.startsWith("write"))).containsExactly("open 0 ", "close 0 ", "open 1 ",
                "close 1 ", "open 0 ", "close 0 ", "open 1 ", "close 1 ", "open 0 ", "close 0 ");
        queue.close();
    }

    @Test
    void aLaterFileThatCannotBeCreatedIsToldAndThoseBeforeAreWhole() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        RotatingWriter writer = new RotatingWriter(inside.resolve("r").toString(), new Rotation(0, 0, 10, 0), ZoneOffset.UTC, 0,
                name -> ScapWriter.create(name, false, new SystemState(null), "test", thread -> true, null, queue, Map.of()));
        write(writer, 10, 10);
        Files.createDirectory(inside.resolve("r1"));
        assertThatThrownBy(() -> {
            while (true) {
                write(writer, 1, 10);
                writer.flush();
            }
        }).hasMessage(inside.resolve("r1") + ": is a directory");
        assertThat(writer.events()).isEqualTo(10);
        writer.close();
        queue.close();
        assertThat(eventsOf(inside.resolve("r0"))).isEqualTo(10);
    }

    private static long eventsOf(Path file) throws IOException {
        try (ScapReader reader = ScapReader.open(file.toString(), null)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                assertThat(event.length()).isPositive();
            }
            return reader.events();
        }
    }

    @Test
    void theThreadEndsWithTheQueue() throws Exception {
        StalledTarget target = new StalledTarget(BUFFER).resume();
        writer(target, queue).close();
        assertThat(target.writer()).isNotSameAs(Thread.currentThread());
        queue.close();
        assertThat(target.writer().join(Duration.ofMinutes(1))).isTrue();
    }

    /** Files, rotated ones and compressed ones are the same to the byte with and without a thread. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theFilesAreTheSame(boolean gzip) throws IOException {
        for (String name : List.of("curl_google.scap", "connect_localhost.scap", "open-multiple-files.scap")) {
            Rotation bySize = new Rotation(gzip ? 0 : 20_000, 0, 500, 3);
            for (Rotation rotation : List.of(Rotation.NONE, new Rotation(0, 0, 100, 0), bySize)) {
                Path threaded = Files.createTempDirectory(folder, "threaded");
                Path direct = Files.createTempDirectory(folder, "direct");
                try (OutputQueue own = OutputQueue.threaded(16L << 20, false)) {
                    copy(name, threaded, gzip, rotation, own);
                }
                try (OutputQueue own = OutputQueue.direct()) {
                    copy(name, direct, gzip, rotation, own);
                }
                List<String> names = names(direct);
                assertThat(names(threaded)).isEqualTo(names).isNotEmpty();
                for (String each : names) {
                    assertThat(threaded.resolve(each)).hasSameBinaryContentAs(direct.resolve(each));
                }
            }
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void copy(String name, Path directory, boolean gzip, Rotation rotation, OutputQueue queue)
            throws IOException {
        SystemState state = new SystemState(null);
        try (ScapReader reader = ScapReader.open(Captures.file(name).toString(), state);
                RotatingWriter writer = new RotatingWriter(directory.resolve("r").toString(), rotation, ZoneOffset.UTC, 0,
                        file -> ScapWriter.create(file, gzip, state, "test", thread -> true, null, queue, Map.of()))) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                writer.write(event, 0);
            }
        }
    }
}
