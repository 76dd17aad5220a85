package org.syscope.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource.Next;
import org.syscope.capture.scap.ScapReader;
import org.syscope.capture.scap.ScapWriter;
import org.syscope.capture.state.SystemState;

/** Makes a long capture of a short one: the same events over and over, each round later than the one before. */
final class LongCapture {

    private static final int ALIGN = 8;
    private static final long ROOM = 64 << 20;

    private LongCapture() {
    }

    /**
     * Writes one.
     *
     * @param count how many events it has at least
     */
    static void write(Path from, Path to, long count) throws IOException {
        SystemState state = new SystemState(null);
        try (Arena arena = Arena.ofConfined(); ScapReader reader = ScapReader.open(from.toString(), state);
                ScapWriter writer = ScapWriter.create(to.toString(), false, state, "test", thread -> true, Map.of())) {
            MemorySegment memory = arena.allocate(ROOM, ALIGN);
            Event event = new Event();
            long end = 0;
            long first = 0;
            long last = 0;
            while (reader.next(event) == Next.EVENT) {
                int length = event.length() + event.optionsLength();
                memory.set(ValueLayout.JAVA_INT, end, length);
                memory.set(ValueLayout.JAVA_INT, end + 4, event.cpu());
                MemorySegment.copy(event.segment(), event.offset(), memory, end + ALIGN, length);
                end += ALIGN + (length + ALIGN - 1 & -ALIGN);
                first = first == 0 ? event.timestamp() : first;
                last = Math.max(last, event.timestamp());
            }
            for (long written = 0, round = 0; written < count; round++) {
                long shift = round == 0 ? 0 : last - first + 1_000_000;
                for (long at = 0; at < end;) {
                    int length = memory.get(ValueLayout.JAVA_INT, at);
                    long time = memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at + ALIGN);
                    memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at + ALIGN, time + shift);
                    event.wrap(memory, at + ALIGN, length, memory.get(ValueLayout.JAVA_INT, at + 4), 0);
                    writer.write(event, 0);
                    written++;
                    at += ALIGN + (length + ALIGN - 1 & -ALIGN);
                }
            }
        }
    }
}
