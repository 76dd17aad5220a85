package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What this project writes, with tags behind every event, is read by tshark and by sysdig as if they were not there. */
class OtherReadersIT {

    private static final String CAPTURES =
            "cat_write,connect_localhost,curl_google,curl_google_comments,empty-1,empty-2,open-multiple-files,sample,syscall,"
            + "test_ipv6_client,write_tmp_test";

    @TempDir
    private Path folder;

    /** Writes the capture anew with a latency behind each event; how many events it has. */
    private long rewrite(Path original, Path copy, boolean gzip) throws IOException {
        SystemState state = new SystemState(null);
        byte[] tags = new Bytes().u16(EventOptions.LATENCY).u16(8).u64(4711).u16(EventOptions.LOSS).u16(3).u32(1).array();
        try (ScapReader reader = ScapReader.open(original.toString(), state);
                ScapWriter writer = ScapWriter.create(copy.toString(), gzip, state, "test", thread -> true, Map.of())) {
            Event event = new Event();
            Event tagged = new Event();
            while (reader.next(event) == EventSource.Next.EVENT) {
                int length = event.length() + 3 & ~3;
                byte[] record = new byte[length + tags.length];
                MemorySegment.copy(event.segment(), ValueLayout.JAVA_BYTE, event.offset(), record, 0, event.length());
                System.arraycopy(tags, 0, record, length, tags.length);
                tagged.wrap(MemorySegment.ofArray(record), 0, record.length, event.cpu(), 0);
                writer.write(tagged, 0);
            }
            return writer.events();
        }
    }

    private static List<String> run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.waitFor();
        return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
    }

    private static boolean installed(String name) {
        return Files.isExecutable(Path.of("/usr/bin", name));
    }

    @Test
    void tsharkShowsAFrameForEachEvent() throws IOException, InterruptedException {
        assumeTrue(installed("tshark"), "tshark is not installed");
        for (String name : CAPTURES.split(",")) {
            for (boolean gzip : new boolean[] {false, true}) {
                Path copy = folder.resolve(name + gzip);
                long events = rewrite(Captures.file(name + ".scap"), copy, gzip);
                List<String> lines = run(folder.resolve("out"), "/usr/bin/tshark", "-r", copy.toString());
                assertThat(lines).as(name).hasSize((int) events);
                assertThat(lines).noneMatch(line -> line.toLowerCase().contains("malformed"));
            }
        }
    }

    @Test
    void sysdigPrintsTheSameLines() throws IOException, InterruptedException {
        assumeTrue(installed("sysdig"), "sysdig is not installed");
        int compared = 0;
        for (String name : CAPTURES.split(",")) {
            Path original = Captures.file(name + ".scap");
            List<String> expected = run(folder.resolve("out"), "/usr/bin/sysdig", "-r", original.toString(), "-p",
                    "*%evt.num %evt.rawtime %evt.type %proc.name %fd.name %user.name %proc.cwd");
            if (expected.isEmpty()) {
                continue;
            }
            compared++;
            for (boolean gzip : new boolean[] {false, true}) {
                Path copy = folder.resolve(name + gzip);
                rewrite(original, copy, gzip);
                assertThat(run(folder.resolve("out"), "/usr/bin/sysdig", "-r", copy.toString(), "-p",
                        "*%evt.num %evt.rawtime %evt.type %proc.name %fd.name %user.name %proc.cwd")).as(name)
                        .isEqualTo(expected);
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(8);
    }
}
