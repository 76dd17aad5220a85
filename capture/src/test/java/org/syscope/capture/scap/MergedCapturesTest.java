package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several files come as one, in order of time. */
class MergedCapturesTest {

    @TempDir
    private Path folder;

    private final SystemState state = new SystemState(null);

    /** A capture that lists one thread, with an event at each time. */
    private String file(String name, long tid, long... times) throws IOException {
        Bytes bytes = new Bytes().section().block(BlockType.PROCESSES_V1, new Bytes().u64(tid).u64(tid).u64(1)
                .string("c" + tid).string("exe").string("").string("/").u64(0).u32(0).u32(0).u32(0));
        for (long time : times) {
            bytes.event(time, tid, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8]);
        }
        return Files.write(folder.resolve(name), bytes.array()).toString();
    }

    private List<Long> times(MergedCaptures captures) throws IOException {
        List<Long> times = new ArrayList<>();
        Event event = new Event();
        while (captures.next(event) == EventSource.Next.EVENT) {
            times.add(event.timestamp());
            assertThat(event.number()).isEqualTo(times.size());
            assertThat(state.threads().get(event.tid())).as("thread of the event at %d", event.timestamp()).isNotNull();
        }
        return times;
    }

    @Test
    void filesThatOverlapAreMerged() throws IOException {
        try (MergedCaptures captures = new MergedCaptures(
                List.of(file("b", 2, 12, 14, 30), file("a", 1, 10, 13, 40)), state)) {
            assertThat(times(captures)).containsExactly(10L, 12L, 13L, 14L, 30L, 40L);
            assertThat(state.threads().get(1)).isNotNull();
            assertThat(state.threads().get(2)).isNotNull();
        }
    }

    /** As after rotation: whichever way they are named, and each with its own lists only. */
    @Test
    void filesThatFollowEachOther() throws IOException {
        try (MergedCaptures captures = new MergedCaptures(
                List.of(file("c", 3, 50, 60), file("a", 1, 10, 20), file("b", 2, 30, 40)), state)) {
            assertThat(times(captures)).containsExactly(10L, 20L, 30L, 40L, 50L, 60L);
            assertThat(state.threads().tids()).containsExactly(3);
        }
    }

    /** Events without a time stay behind those that were recorded before them. */
    @Test
    void eventsWithoutATime() throws IOException {
        try (MergedCaptures captures = new MergedCaptures(
                List.of(file("a", 1, 0, 10, -1, 20), file("b", 2, 15, 25), file("c", 3)), state)) {
            assertThat(times(captures)).containsExactly(0L, 10L, -1L, 15L, 20L, 25L);
        }
    }

    /** The others go on where one is damaged; then the fault is told. */
    @Test
    void aDamagedFileEndsAlone() throws IOException {
        String cut = file("a", 1, 10, 20, 30);
        byte[] bytes = Files.readAllBytes(Path.of(cut));
        Files.write(Path.of(cut), Arrays.copyOf(bytes, bytes.length - 10));
        try (MergedCaptures captures = new MergedCaptures(List.of(cut, file("b", 2, 15, 40)), state)) {
            Event event = new Event();
            List<Long> seen = new ArrayList<>();
            assertThatThrownBy(() -> {
                while (captures.next(event) == EventSource.Next.EVENT) {
                    seen.add(event.timestamp());
                }
            }).isInstanceOf(CaptureFormatException.class).hasMessageContaining("truncated");
            assertThat(seen).containsExactly(10L, 15L, 20L, 40L);
        }
    }

    @Test
    void whatIsNoCaptureIsToldAtOnce() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "hello world");
        assertThatThrownBy(() -> new MergedCaptures(List.of(file("a", 1, 1), text.toString()), state))
                .hasMessageContaining("not a capture file");
        assertThatThrownBy(() -> new MergedCaptures(List.of(file("a", 1, 1), "-"), state))
                .hasMessageContaining("standard input");
    }
}
