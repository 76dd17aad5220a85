package org.syscope.capture.driver;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.ErrnoException;
import org.syscope.capture.linux.Fd;
import org.syscope.capture.linux.Mapping;
import org.syscope.capture.linux.SystemCall;

import static org.assertj.core.api.Assertions.assertThat;

/** What is shared with the programs in arrays whose places several processes or threads may have to share. */
class SharedPlacesTest {

    private static final int AT_FDCWD = -100;
    private static final int O_RDWR = 2;
    private static final long ASK = 0xffffffffL;

    @TempDir
    private Path folder;

    /** Memory as a map's, of this many bytes, all 0. */
    private Mapping memory(long bytes) throws IOException {
        Path file = folder.resolve("map");
        try (RandomAccessFile empty = new RandomAccessFile(file.toFile(), "rw")) {
            empty.setLength(bytes);
        }
        try (Arena arena = Arena.ofConfined()) {
            long fd = ErrnoException.check(
                    SystemCall.OPENAT.call(AT_FDCWD, arena.allocateFrom(file.toString()).address(), O_RDWR, 0, 0, 0), "open");
            try (Fd open = new Fd((int) fd)) {
                return Mapping.of(open, 0, bytes, true);
            }
        }
    }

    private static long hint(Mapping memory, int pid) {
        return memory.segment().get(ValueLayout.JAVA_LONG, 8L * (pid & 0xffff));
    }

    @Test
    void aHintIsAProcessUntilAnotherComesOrItGoes() throws IOException {
        Mapping memory = memory(65536 * 8);
        try (TracedHints hints = new TracedHints(memory)) {
            hints.adding(4711);
            assertThat(hint(memory, 4711)).isEqualTo(4711);
            hints.adding(4712);
            hints.removing(4712);
            assertThat(hint(memory, 4712)).as("never 0 again: somebody else may belong there").isEqualTo(ASK);
            hints.adding(4711 + 65536);
            assertThat(hint(memory, 4711)).as("of two, none").isEqualTo(ASK);
            hints.removing(4711);
            assertThat(hint(memory, 4711)).isEqualTo(ASK);
            assertThat(hint(memory, 4713)).isZero();
        }
    }

    @Test
    void whoIsRemovedAndWasNotTheOneHintedAtChangesNothing() throws IOException {
        Mapping memory = memory(65536 * 8);
        try (TracedHints hints = new TracedHints(memory)) {
            hints.adding(100);
            hints.removing(100 + 65536);
            assertThat(hint(memory, 100)).isEqualTo(100);
            hints.removing(200);
            assertThat(hint(memory, 200)).isZero();
        }
    }

    @Test
    void callsInFlightAreThoseWithATime() throws IOException {
        Mapping memory = memory(65536 * 16);
        MemorySegment places = memory.segment();
        put(places, 77, 1_000, 77, 230, 222);
        put(places, 78, 0, 78, 1, 2);
        put(places, 79, 5_000, 79 + 3 * 65536, 40_000, 453);
        Map<Integer, CallInFlight> calls = new HashMap<>();
        try (EnteredCalls entered = new EnteredCalls(memory)) {
            entered.addTo(calls, 4_000);
        }
        assertThat(calls).containsOnly(
                Map.entry(77, new CallInFlight(77, 1_000, 3_000, 230, 222)),
                Map.entry(79 + 3 * 65536, new CallInFlight(79 + 3 * 65536, 5_000, 0, 40_000, 453)));
    }

    private static void put(MemorySegment places, int place, long since, int tid, int number, int code) {
        places.set(ValueLayout.JAVA_LONG, 16L * place, since);
        places.set(ValueLayout.JAVA_LONG, 16L * place + 8, tid | (long) number << 32 | (long) code << 48);
    }
}
