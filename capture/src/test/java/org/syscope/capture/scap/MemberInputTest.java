package org.syscope.capture.scap;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** Members inflated at the same time give what one after the other gives, whatever is wrong with the file. */
class MemberInputTest {

    @TempDir
    private Path folder;
    private Path file;
    private byte[] whole;

    /** A capture in members of a hundred events each. */
    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("members.scap.gz");
        try (ScapReader reader = ScapReader.open(Captures.file("curl_google.scap").toString(), null);
                ScapWriter writer = ScapWriter.create(file.toString(), true, new SystemState(null), "test", thread -> true,
                        Map.of())) {
            Event event = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                writer.write(event, 0);
                if (reader.events() % 100 == 0) {
                    writer.flush();
                }
            }
        }
        whole = Files.readAllBytes(file);
    }

    /** Each event, and how the reading ended. */
    private static List<String> lines(ScapReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        Event event = new Event();
        try {
            while (reader.next(event) == EventSource.Next.EVENT) {
                lines.add(event.number() + " " + event.timestamp() + " " + event.typeCode() + " " + event.length() + " "
                        + reader.eventOffset());
            }
            lines.add("end");
        } catch (CaptureFormatException e) {
            lines.add(e.getMessage());
        }
        return lines;
    }

    private List<String> atOnce() throws IOException {
        try (ScapReader reader = ScapReader.open(file.toString(), null)) {
            return lines(reader);
        } catch (CaptureFormatException e) {
            return List.of(e.getMessage());
        }
    }

    private List<String> inOrder() throws IOException {
        GzipSource source = new GzipSource(new PlainSource(new FileInputStream(file.toFile()), ByteBuffer.allocate(0)));
        try (ScapReader reader = ScapReader.open(file.toString(), source, false, null)) {
            return lines(reader);
        } catch (CaptureFormatException e) {
            return List.of(e.getMessage());
        }
    }

    private void same() throws IOException {
        assertThat(atOnce()).isEqualTo(inOrder());
    }

    @Test
    void allEventsComeInOrder() throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            assertThat(MemberInput.begins((FileChannel) channel)).isTrue();
        }
        List<String> lines = atOnce();
        assertThat(lines).hasSizeGreaterThan(1000).endsWith("end").isEqualTo(inOrder());
    }

    @Test
    void whatIsCutOffIsTold() throws IOException {
        for (int length = whole.length - 1; length > 20; length -= 331) {
            Files.write(file, Arrays.copyOf(whole, length));
            same();
        }
    }

    @Test
    void whatIsDamagedIsTold() throws IOException {
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(2, whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            same();
        }
    }

    @Test
    void membersOfOthersMayFollow() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(whole);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new Bytes().section().event(7, 1, 3, new byte[8]).array());
        }
        Files.write(file, bytes.toByteArray());
        assertThat(atOnce()).endsWith("end").isEqualTo(inOrder());
        bytes.write(new byte[50]);
        Files.write(file, bytes.toByteArray());
        assertThat(atOnce()).endsWith("end").isEqualTo(inOrder());
        bytes.write('x');
        Files.write(file, bytes.toByteArray());
        same();
    }

    /** A reader at the end of a file that grows by a member goes on. */
    @Test
    void aFileMayGrow() throws IOException {
        int half = 0;
        ByteBuffer header = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        while (half < whole.length / 2) {
            half += (int) GzipMember.memberLength(header.slice(half, GzipMember.HEADER).order(header.order()));
        }
        List<String> expected = inOrder();
        Files.write(file, Arrays.copyOf(whole, half));
        try (ScapReader reader = ScapReader.open(file.toString(), null)) {
            List<String> lines = lines(reader);
            assertThat(lines).endsWith("end");
            Files.write(file, whole);
            lines.removeLast();
            lines.addAll(lines(reader));
            assertThat(lines).isEqualTo(expected);
        }
    }
}
