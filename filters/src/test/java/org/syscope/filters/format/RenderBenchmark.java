package org.syscope.filters.format;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.text.EventBytes;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TestState;

/** What an event costs from its bytes to its line: state, fields and rendering; with bytes allocated per event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RenderBenchmark {
    private static final int EVENTS = 8;

    /** What is written. */
    @Param({"line", "json", "nothing"})
    public String sink;

    private final SystemState state = TestState.create();
    private final CurrentEvent current = new CurrentEvent(state);
    private final OutputBuffer out = new OutputBuffer();
    private final List<Event> events = new ArrayList<>();
    private OutputFormat lines;
    private JsonFormat json;

    /** Starts the benchmarks with the profiler that counts allocated bytes. */
    public static void main(String[] arguments) throws Exception {
        new Runner(new OptionsBuilder().include(RenderBenchmark.class.getName()).addProfiler(GCProfiler.class)
                .build()).run();
    }

    /** Compiles the default format and makes events as a shell's children cause them. */
    @Setup
    public void compile() throws FormatException {
        FieldCatalog catalog = StandardFields.catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC));
        lines = OutputFormat.compile(StandardFormats.DEFAULT, catalog);
        json = new JsonFormat(lines);
        for (int i = 0; i < EVENTS / 4; i++) {
            events.add(EventBytes.event(EventCodes.PPME_SYSCALL_READ_X, TestState.CAT, EventBytes.i64(80),
                    new byte[80], EventBytes.i64(3), EventBytes.i32(4096)));
            events.add(EventBytes.event(EventCodes.PPME_SYSCALL_OPENAT_2_X, TestState.CAT, EventBytes.i64(-2),
                    EventBytes.i64(-100), EventBytes.text("/etc/ld.so.preload"), EventBytes.i32(4097), EventBytes.i32(0),
                    EventBytes.i32(0), EventBytes.i64(0)));
            events.add(EventBytes.event(EventCodes.PPME_SOCKET_SENDTO_X, TestState.CAT, EventBytes.i64(40), new byte[40],
                    EventBytes.i64(4), EventBytes.i32(40), new byte[0]));
            events.add(EventBytes.event(EventCodes.PPME_SYSCALL_MMAP_X, TestState.CAT, EventBytes.i64(0x7F0000000000L),
                    EventBytes.i32(4096), EventBytes.i32(512), EventBytes.i32(0), EventBytes.i64(0), EventBytes.i64(4096),
                    EventBytes.i32(3), EventBytes.i32(2), EventBytes.i64(3), EventBytes.i64(0)));
        }
    }

    /** Eight events. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int events() {
        out.clear();
        for (int i = 0; i < EVENTS; i++) {
            Event event = events.get(i);
            state.process(event);
            current.point(event);
            switch (sink) {
                case "line" -> lines.write(current, out);
                case "json" -> json.write(current, out);
                default -> out.append('.');
            }
        }
        return out.length();
    }
}
