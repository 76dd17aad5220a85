package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** An index that was made behind the writer is the one that a pass over the file makes. */
class BackgroundIndexerTest {

    private static final long INTERVAL = 2000;

    @TempDir
    private Path folder;

    private static ScapWriter create(Path file, boolean gzip, BackgroundIndexer indexer) throws IOException {
        return ScapWriter.create(file.toString(), gzip, new SystemState(null), "test", thread -> true, indexer, Map.of());
    }

    /** Writes the events of a capture, letting out a part of them now and then. */
    private static void copy(String name, CaptureSink sink) throws IOException {
        try (ScapReader reader = ScapReader.open(Captures.file(name).toString(), null)) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                sink.write(event, 0);
                if (reader.events() % 100 == 0) {
                    sink.flush();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsThatOfAPass(boolean gzip) throws IOException {
        Path file = folder.resolve("written.scap");
        try (BackgroundIndexer indexer = new BackgroundIndexer(Map.of(), 4096, INTERVAL)) {
            try (ScapWriter writer = create(file, gzip, indexer)) {
                copy("curl_google.scap", writer);
            }
        }
        byte[] behind = Files.readAllBytes(CaptureIndex.fileOf(file));
        assertThat(CaptureIndex.load(file)).isNotNull();
        assertThat(CaptureIndex.load(file).size()).isGreaterThan(3);
        CaptureIndex.delete(file);
        SystemState state = new SystemState(null);
        try (IndexedCapture pass = IndexedCapture.open(file.toString(), state, Map.of(), 0, INTERVAL)) {
            assertThat(pass.index()).isNull();
            Event event = new Event();
            while (pass.next(event) == EventSource.Next.EVENT) {
                state.process(event);
            }
        }
        assertThat(Files.readAllBytes(CaptureIndex.fileOf(file))).isEqualTo(behind);
    }

    @Test
    void smallFilesHaveNone() throws IOException {
        Path file = folder.resolve("small.scap");
        try (BackgroundIndexer indexer = new BackgroundIndexer(Map.of()); ScapWriter writer = create(file, false, indexer)) {
            copy("sample.scap", writer);
        }
        assertThat(folder.toFile().list()).containsExactly("small.scap");
    }

    @Test
    void rotatedFilesTakeTheirIndexWithThem() throws IOException {
        String base = folder.resolve("r").toString();
        try (BackgroundIndexer indexer = new BackgroundIndexer(Map.of(), 4096, INTERVAL)) {
            try (RotatingWriter writer = new RotatingWriter(base, new Rotation(0, 0, 500, 2), ZoneOffset.UTC, 0,
                    name -> create(Path.of(name), false, indexer))) {
                copy("curl_google.scap", writer);
            }
        }
        assertThat(folder.toFile().list()).containsOnlyOnce("r0", "r1").doesNotContain("r2", "r2.idx")
                .allMatch(name -> name.matches("r[01](\\.idx)?"));
        assertThat(CaptureIndex.load(folder.resolve("r0"))).isNotNull();
    }

    @Test
    void aNewCaptureDropsTheIndexOfTheOldOne() throws IOException {
        Path file = folder.resolve("again.scap");
        try (BackgroundIndexer indexer = new BackgroundIndexer(Map.of(), 4096, INTERVAL)) {
            try (ScapWriter writer = create(file, false, indexer)) {
                copy("curl_google.scap", writer);
            }
        }
        assertThat(CaptureIndex.fileOf(file)).exists();
        create(file, false, null).close();
        assertThat(CaptureIndex.fileOf(file)).doesNotExist();
        Path foreign = Files.writeString(CaptureIndex.fileOf(file), "no index at all");
        create(file, false, null).close();
        assertThat(foreign).exists();
    }
}
