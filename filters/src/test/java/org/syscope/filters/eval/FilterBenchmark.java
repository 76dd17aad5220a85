package org.syscope.filters.eval;

import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** What a filter costs for each event, over fields that cost a hash look-up; with bytes allocated per event. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FilterBenchmark {
    private static final int EVENTS = 8;

    /** The filter. */
    @Param({
        "proc.name=cat and evt.type in (open,openat)",
        "fd.name startswith /etc",
        "proc.aname=sshd and fd.sip=10.0.0.1",
        "fd.name glob /etc/*.conf",
        "fd.name pmatch (/etc, /usr, /var/log)",
        "fd.name regex '/(etc|usr)/.*conf'",
        "100 names",
        "100 terms"
    })
    public String filter;

    private Filter compiled;
    private final FakeEvent[] events = new FakeEvent[EVENTS];

    /** Starts the benchmarks with the profiler that counts allocated bytes. */
    public static void main(String[] arguments) throws Exception {
        new Runner(new OptionsBuilder().include(FilterBenchmark.class.getName()).addProfiler(GCProfiler.class)
                .build()).run();
    }

    /** Compiles the filter and makes events of which some match. */
    @Setup
    public void compile() throws Exception {
        String text = switch (filter) {
            case "100 names" -> IntStream.range(0, 100).mapToObj(i -> "proc.name=name" + i)
                    .collect(Collectors.joining(" or "));
            case "100 terms" -> IntStream.range(0, 50).mapToObj(i -> "(fd.name contains x" + i + " and fd.num>" + i + ")")
                    .collect(Collectors.joining(" or "));
            default -> filter;
        };
        compiled = new FilterCompiler(FakeFields.catalog()).compile(text);
        String[] names = {"cat", "bash", "name42", "sshd"};
        String[] paths = {"/etc/ld.so.conf", "/usr/lib/x86_64-linux-gnu/libc.so.6", "/dev/pts/0", "/proc/self/stat"};
        for (int i = 0; i < EVENTS; i++) {
            events[i] = FakeEvent.of("proc.name:" + names[i % 4] + ";fd.name:" + paths[i / 2] + ";fd.num:" + i
                    + ";evt.code:" + (2 + i) + ";proc.aname:bash|sshd|systemd;fd.sip:10.0.0." + i);
        }
    }

    /** Asks the filter about each event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int match() {
        int matched = 0;
        for (FakeEvent event : events) {
            if (compiled.matches(event)) {
                matched++;
            }
        }
        return matched;
    }
}
