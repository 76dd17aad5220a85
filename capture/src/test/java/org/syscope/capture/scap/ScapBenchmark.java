package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;
import org.syscope.capture.state.SystemState;

/**
 * How fast a file is passed over when only event headers are looked at, and how fast it is written anew. Run by hand:
 * {@code java -cp target/classes:target/test-classes org.syscope.capture.scap.ScapBenchmark FILE [PASSES [COPY [gzip]]]}.
 * The first pass is what a user waits for; later ones show the compiled code.
 */
final class ScapBenchmark {

    private ScapBenchmark() {
    }

    /** Passes over the file and prints a line for each pass. */
    public static void main(String[] args) throws IOException {
        int passes = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Files.size(Path.of(args[0]));
        for (int pass = 1; pass <= passes; pass++) {
            long allocated = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            long sum = 0;
            long events;
            SystemState state = new SystemState(null);
            try (ScapReader reader = ScapReader.open(args[0], state);
                    ScapWriter writer = args.length > 2 ? ScapWriter.create(args[2], args.length > 3, state, "benchmark",
                            thread -> true, Map.of()) : null) {
                Event event = new Event();
                while (reader.next(event) == EventSource.Next.EVENT) {
                    sum += event.timestamp() ^ event.typeCode();
                    if (writer != null) {
                        writer.write(event, 0);
                    }
                }
                events = reader.events();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
            System.out.printf("pass %d: %d events in %.3f s: %.1f M events/s, %.0f MB/s, %.4f bytes allocated/event (%x)%n",
                    pass, events, seconds, events / seconds / 1e6, bytes / seconds / 1e6, (double) allocated / events, sum);
        }
    }
}
