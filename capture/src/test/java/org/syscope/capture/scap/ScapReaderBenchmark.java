package org.syscope.capture.scap;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventSource;

/**
 * How fast a file is passed over when only event headers are looked at. Run by hand: {@code java -cp
 * target/classes:target/test-classes org.syscope.capture.scap.ScapReaderBenchmark FILE [PASSES]}. The first pass is what
 * a user waits for; later ones show the compiled code.
 */
final class ScapReaderBenchmark {

    private ScapReaderBenchmark() {
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
            try (ScapReader reader = ScapReader.open(args[0], null)) {
                Event event = new Event();
                while (reader.next(event) == EventSource.Next.EVENT) {
                    sum += event.timestamp() ^ event.typeCode();
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
