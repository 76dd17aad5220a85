package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether blocks are copied or events are read and written, the outcome is the same: bytes, numbers and faults. */
class UnchangedBlocksTest {

    private static final int MUTATIONS = 400;

    @TempDir
    private Path folder;

    /** What became of a file that was written anew. */
    private record Outcome(long events, long unknown, String fault, long copied, byte[] bytes) {

        void isThatOf(Outcome other, String what) {
            assertThat(fault).as(what).isEqualTo(other.fault);
            assertThat(events).as(what).isEqualTo(other.events);
            assertThat(unknown).as(what).isEqualTo(other.unknown);
            assertThat(bytes).as(what).isEqualTo(other.bytes);
        }
    }

    private static Outcome rewrite(Path file, boolean copying) throws IOException {
        SystemState state = new SystemState(null);
        StalledTarget target = new StalledTarget(20_000).resume();
        UnchangedBlocks blocks = new UnchangedBlocks(code -> code != EventCodes.PPME_SYSCALL_CLOSE_X);
        long copied = 0;
        String fault = null;
        long unknown = 0;
        ScapWriter writer = null;
        try (OutputQueue queue = OutputQueue.direct(); ScapReader reader = ScapReader.open(file.toString(), state)) {
            writer = ScapWriter.create(target, queue, null, state, "test", thread -> true);
            Event event = new Event();
            try {
                while (true) {
                    copied += copying ? writer.copy(reader, blocks) : 0;
                    if (reader.next(event) != EventSource.Next.EVENT) {
                        break;
                    }
                    writer.write(event, 0);
                }
            } catch (CaptureFormatException e) {
                fault = e.getMessage();
            }
            assertThat(writer.events()).isEqualTo(reader.events());
            unknown = reader.unknownTypes();
            writer.close();
        } catch (CaptureFormatException e) {
            fault = e.getMessage();
        }
        return new Outcome(writer == null ? 0 : writer.events(), unknown, fault, copied, target.content());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat_write", "connect_localhost", "curl_google", "curl_google_comments", "empty-2",
        "open-multiple-files", "syscall", "write_tmp_test"})
    void realCapturesBecomeTheSame(String name) throws IOException {
        Path original = Captures.file(name + ".scap");
        Outcome events = rewrite(original, false);
        rewrite(original, true).isThatOf(events, name);
        Path newest = Files.write(folder.resolve("newest"), events.bytes());
        Outcome again = rewrite(newest, true);
        again.isThatOf(rewrite(newest, false), "the newest generation of " + name);
        assertThat(again.bytes()).isEqualTo(events.bytes());
        assertThat(again.copied()).isGreaterThan(again.events() / 2);
    }

    private static Bytes block(int type, int flags, byte[] event, Bytes behind) {
        Bytes body = new Bytes().u16(3);
        if (flags >= 0) {
            body.u32(flags);
        }
        return new Bytes().block(type, body.raw(event).raw(behind.array()));
    }

    private static byte[] event(int type, int length) {
        return Bytes.eventBytes(9, 1, type, new byte[length]);
    }

    /** Each of these blocks is one that a writer would write otherwise, or not at all; the ones between them it would not. */
    @Test
    void whatAWriterWouldChangeIsNotCopied() throws IOException {
        int type = EventCodes.PPME_SYSCALL_GETCWD_X;
        byte[] odd = event(type, 9);
        byte[] even = event(type, 10);
        int pad = -(10 + even.length) & 3;
        Bytes option = new Bytes().u16(2989).u16(16).u32(32473).u16(1).u16(8).u64(7);
        Bytes good = block(BlockType.EVENT_V2, -1, even, new Bytes().zeros(pad).raw(option.array()).u32(0));
        Bytes[] changed = {
            block(BlockType.EVENT_V2, -1, even, new Bytes().zeros(pad).raw(option.array())),
            block(BlockType.EVENT_V2, -1, even, new Bytes().zeros(pad).u32(0)),
            block(BlockType.EVENT_V2, -1, even, new Bytes().zeros(pad).raw(option.array()).u32(0).u32(0)),
            block(BlockType.EVENT_V2, -1, even, new Bytes().zeros(pad).u16(2989).u16(60_000).u32(32473).u32(0)),
            block(BlockType.EVENT_V2, -1, odd, new Bytes().raw(new byte[] {1, 1, 1}).zeros(4)),
            block(BlockType.EVENT_FLAGS_V2, 0, even, new Bytes().zeros(pad)),
            block(BlockType.EVENT_FLAGS_V2, 6, even, new Bytes().zeros(pad)),
            block(BlockType.EVENT_LARGE, -1, even, new Bytes().zeros(pad)),
            block(BlockType.EVENT_V2, -1, event(60_000, 10), new Bytes().zeros(pad)),
            block(BlockType.EVENT_V2, -1, event(EventCodes.PPME_SYSCALL_CLOSE_X, 10), new Bytes().zeros(pad)),
        };
        Path empty = folder.resolve("empty");
        ScapWriter.create(empty.toString(), false, new SystemState(null), "test", thread -> true, Map.of()).close();
        Bytes all = new Bytes().raw(Files.readAllBytes(empty)).raw(good.array());
        for (Bytes each : changed) {
            all.raw(each.array()).raw(good.array()).raw(good.array());
        }
        Path file = Files.write(folder.resolve("changed"), all.array());
        Outcome outcome = rewrite(file, true);
        outcome.isThatOf(rewrite(file, false), "changed blocks");
        assertThat(outcome.unknown()).isEqualTo(1);
        assertThat(outcome.events()).isEqualTo(3L * changed.length);
        // at the start there is no buffer to copy into yet
        assertThat(outcome.copied()).isEqualTo(2L * changed.length);
    }

    /** Damaged files: copying finds the same events and the same faults. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void damageIsFoundAsEver(long seed) throws IOException {
        Outcome good = rewrite(Captures.file("curl_google.scap"), false);
        Path file = folder.resolve("damaged");
        Random random = new Random(seed);
        int faults = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = good.bytes().clone();
            int count = 1 + random.nextInt(3);
            for (int each = 0; each < count; each++) {
                int at = bytes.length / 2 + random.nextInt(bytes.length / 2);
                bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) (bytes[at] + 1);
            }
            Files.write(file, bytes);
            Outcome events = rewrite(file, false);
            rewrite(file, true).isThatOf(events, "mutation " + i + " of seed " + seed);
            faults += events.fault() == null ? 0 : 1;
        }
        assertThat(faults).isBetween(MUTATIONS / 20, MUTATIONS - MUTATIONS / 20);
    }
}
