package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a writer leaves behind that was killed, or whose disk is full. */
class WriterSafetyIT {

    @TempDir
    private Path folder;

    /** Writes events with numbers for times until it is killed or cannot; prints what went wrong. */
    public static void main(String[] args) throws IOException {
        try (ScapWriter writer = ScapWriter.create(args[0], Boolean.parseBoolean(args[1]), new SystemState(null), "test",
                thread -> true, Map.of())) {
            Event event = new Event();
            for (long i = 1;; i++) {
                byte[] bytes = Bytes.eventBytes(i, i * 7, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[(int) (i % 50)]);
                event.wrap(MemorySegment.ofArray(bytes), 0, bytes.length, 0, 0);
                writer.write(event, 0);
            }
        } catch (CaptureWriteException e) {
            System.out.println(e.getMessage());
            System.out.println(e.safeEvents());
            System.exit(1);
        }
    }

    private static Process start(Path file, boolean gzip) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                WriterSafetyIT.class.getName(), file.toString(), Boolean.toString(gzip)).redirectErrorStream(true).start();
    }

    /** How many events are read, each the successor of the one before; the end of the file may be cut. */
    private static long read(Path file, boolean mayBeCut) throws IOException {
        try (ScapReader reader = ScapReader.open(file.toString(), null)) {
            Event event = new Event();
            try {
                while (reader.next(event) == EventSource.Next.EVENT) {
                    assertThat(event.timestamp()).isEqualTo(reader.events());
                }
            } catch (CaptureFormatException e) {
                assertThat(mayBeCut).as(e.getMessage()).isTrue();
                assertThat(e).hasMessageContaining("truncated");
            }
            return reader.events();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKilledWriterLeavesWholeBlocks(boolean gzip) throws IOException, InterruptedException {
        Path file = folder.resolve("killed");
        Process writer = start(file, gzip);
        while (writer.isAlive() && (!Files.exists(file) || Files.size(file) < (2 << 20))) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        writer.destroyForcibly().waitFor();
        assertThat(read(file, true)).isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullDiskLeavesWholeBlocksAndIsTold(boolean gzip) throws IOException, InterruptedException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=20m", "none", disk.toString()).start();
        assumeTrue(mount.waitFor() == 0, "no tmpfs can be mounted here");
        try {
            Path file = disk.resolve("full");
            Process writer = start(file, gzip);
            String[] told = new String(writer.getInputStream().readAllBytes()).split("\n");
            assertThat(writer.waitFor()).isEqualTo(1);
            assertThat(told[0]).startsWith(file + ": No space left on device on " + disk + " (none): ")
                    .endsWith(" are written and can be read");
            long events = read(file, false);
            assertThat(events).isEqualTo(Long.parseLong(told[1])).isGreaterThan(10_000);
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }
}
