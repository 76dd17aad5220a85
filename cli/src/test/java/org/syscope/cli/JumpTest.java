package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.scap.CaptureIndex;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** What --from shows of a long capture is what a pass over the whole shows there, with an index and without. */
class JumpTest {

    private static final String FORMAT = "*%evt.num %evt.rawtime %proc.name %proc.pname %proc.cwd %evt.type %fd.name %evt.args";
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    /** A capture one behind the other, later each time, until there are so many uncompressed bytes of events. */
    private Path repeated(String name, long bytes, boolean gzip) throws IOException {
        Path file = folder.resolve(name);
        SystemState state = new SystemState(null);
        long written = 0;
        ScapWriter writer = null;
        for (long round = 0; written < bytes; round++) {
            try (ScapReader reader = ScapReader.open(Launcher.capture(name).toString(), state)) {
                if (writer == null) {
                    writer = ScapWriter.create(file.toString(), gzip, state, "test", thread -> true, Map.of());
                }
                Event event = new Event();
                Event later = new Event();
                while (reader.next(event) == EventSource.Next.EVENT) {
                    byte[] copy = event.segment().asSlice(event.offset(), event.length()).toArray(ValueLayout.JAVA_BYTE);
                    MemorySegment segment = MemorySegment.ofArray(copy);
                    segment.set(ValueLayout.JAVA_LONG_UNALIGNED, 0, event.timestamp() + round * 100 * SECOND);
                    later.wrap(segment, 0, copy.length, event.cpu(), 0);
                    writer.write(later, 0);
                    written += copy.length;
                }
            }
        }
        writer.close();
        return file;
    }

    private static List<String> lines(Path file, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 24);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = new String[4 + more.length];
        System.arraycopy(new String[] {"-r", file.toString(), "-p", FORMAT}, 0, words, 0, 4);
        System.arraycopy(more, 0, words, 4, more.length);
        int status = new Program(new StandardOutput(out), new PrintStream(err), Map.of()).run(List.of(words));
        assertThat(status).as(err.toString()).isZero();
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @CsvSource({"curl_google.scap,true,10", "sample.scap,true,10", "test_ipv6_client.scap,true,10", "cat_write.scap,false,34"})
    void theLinesAreThoseOfAFullPass(String name, boolean gzip, long megabytes) throws IOException {
        Path file = repeated(name, megabytes << 20, gzip);
        List<String> whole = lines(file);
        assertThat(CaptureIndex.load(file)).isNotNull();
        assertThat(CaptureIndex.load(file).size()).isPositive();
        for (int share = 45; share < 100; share += 18) {
            String line = whole.get(whole.size() / 100 * share);
            List<String> expected = whole.subList(whole.indexOf(line), whole.size());
            String number = line.substring(0, line.indexOf(' '));
            assertThat(lines(file, "--from", "#" + number)).isEqualTo(expected);
            CaptureIndex.delete(file);
            assertThat(lines(file, "--from", "#" + number)).isEqualTo(expected);
        }
        assertThat(CaptureIndex.load(file)).as("a pass with --from makes one, too").isNotNull();
    }
}
