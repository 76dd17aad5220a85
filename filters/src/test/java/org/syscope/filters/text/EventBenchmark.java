package org.syscope.filters.text;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;

/** What it costs to point the view at the next event of a buffer, and to read its parameters; events a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EventBenchmark {
    private static final int EVENTS = 1024;

    private final Event event = new Event();
    private final int[] lengths = new int[EVENTS];
    private MemorySegment buffer;

    /** Lays reads and failed opens one behind the other, as in a file. */
    @Setup
    public void fill() {
        Event read = EventBytes.event(EventCodes.PPME_SYSCALL_READ_X, TestState.CAT, EventBytes.i64(80), new byte[80],
                EventBytes.i64(3), EventBytes.i32(4096));
        Event open = EventBytes.event(EventCodes.PPME_SYSCALL_OPENAT_2_X, TestState.CAT, EventBytes.i64(-2),
                EventBytes.i64(-100), EventBytes.text("/etc/ld.so.preload"), EventBytes.i32(4097), EventBytes.i32(0),
                EventBytes.i32(0), EventBytes.i64(0));
        byte[] bytes = new byte[EVENTS * Math.max(read.length(), open.length())];
        int position = 0;
        for (int i = 0; i < EVENTS; i++) {
            Event one = i % 2 == 0 ? read : open;
            MemorySegment.copy(one.segment(), ValueLayout.JAVA_BYTE, one.offset(), bytes, position, one.length());
            lengths[i] = one.length();
            position += one.length();
        }
        buffer = MemorySegment.ofArray(bytes);
    }

    /** Headers only. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long headers() throws IOException {
        long sum = 0;
        long position = 0;
        for (int i = 0; i < EVENTS; i++) {
            event.wrap(buffer, position, lengths[i], 0, 0);
            sum += event.timestamp() ^ event.typeCode();
            position += lengths[i];
        }
        return sum;
    }

    /** Headers, and every parameter as a number. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long parameters() throws IOException {
        long sum = 0;
        long position = 0;
        for (int i = 0; i < EVENTS; i++) {
            event.wrap(buffer, position, lengths[i], 0, 0);
            for (int p = 0; p < event.parameterCount(); p++) {
                sum += event.signed(p, 0);
            }
            position += lengths[i];
        }
        return sum;
    }
}
