package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.EventSource.Next;
import org.syscope.capture.event.EventType;
import org.syscope.capture.linux.Cpus;
import org.syscope.capture.state.SystemState;

import static org.assertj.core.api.Assertions.assertThat;

/** A live trace of the children of this process, kept in memory. */
final class LiveTrace implements AutoCloseable {

    private final Driver driver;
    private final SystemState state = new SystemState(null);
    private final EventOptions options = new EventOptions();
    private final Event event = new Event();
    private final List<Seen> seen = new ArrayList<>();

    private LiveTrace(Driver driver) {
        this.driver = driver;
    }

    /** Traces nothing but what this process starts from now on; this process itself is never traced. */
    static LiveTrace start(DriverOptions wish) throws IOException {
        LiveTrace trace = of(wish, Cpus.online());
        trace.driver.trace((int) ProcessHandle.current().pid());
        return trace;
    }

    /** Traces nothing yet; has rings for these CPUs only. */
    static LiveTrace of(DriverOptions wish, int[] cpus) throws IOException {
        UniversalDriver driver = UniversalDriver.open(onlyTraced(wish), cpus);
        assertThat(driver.leftOut()).isEmpty();
        return new LiveTrace(driver);
    }

    /** The same as {@link #start(DriverOptions)} with room for so many traced processes. */
    static LiveTrace small(DriverOptions wish, int processes) throws IOException {
        BpfObject object = UniversalDriver.object();
        object.map("traced").maxEntries(processes);
        LiveTrace trace = new LiveTrace(UniversalDriver.open(onlyTraced(wish), object, Cpus.online()));
        trace.driver.trace((int) ProcessHandle.current().pid());
        return trace;
    }

    Driver driver() {
        return driver;
    }

    /** Starts children of which the set of traced processes, which has room for this process and one more, takes none. */
    static void overflow(LiveTrace trace) throws IOException, InterruptedException {
        trace.run("sh", "-c", "for i in 1 2 3 4 5; do sleep 0.3 & done; wait");
        List<Seen> seen = trace.end();
        DriverStatistics statistics = trace.driver().statistics();
        assertThat(statistics.untraced()).isEqualTo(5);
        assertThat(statistics.lost()).isEqualTo(5);
        assertThat(statistics.seen()).isEqualTo(statistics.sent() + 5);
        assertThat(Arrays.stream(statistics.perCpu()).sum()).isEqualTo(5);
        assertThat(seen.stream().mapToLong(Seen::lost).sum()).as("notified in the stream").isEqualTo(5);
        assertThat(seen.stream().map(Seen::tid).filter(tid -> tid >= 0).distinct()).as("the shell").hasSize(1);
    }

    /** The same as {@link #start(DriverOptions)} with the classic driver. */
    static LiveTrace classic(DriverOptions wish, ClassicProbe probe) throws IOException {
        Driver driver = ClassicDriver.open(onlyTraced(wish), probe);
        assertThat(driver.leftOut()).isEmpty();
        LiveTrace trace = new LiveTrace(driver);
        driver.trace((int) ProcessHandle.current().pid());
        return trace;
    }

    private static DriverOptions onlyTraced(DriverOptions wish) {
        return new DriverOptions(wish.bufferBytes(), wish.cpusPerBuffer(), wish.snaplen(), wish.exits(), wish.enters(),
                wish.latency(), wish.arguments(), true);
    }

    /** Runs a command to its end, taking events meanwhile. */
    void run(String... command) throws IOException, InterruptedException {
        finish(start(command), command);
    }

    static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Takes events until that process has ended well. */
    void finish(Process process, String... command) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (process.isAlive() && System.nanoTime() < end) {
            take();
        }
        assertThat(process.isAlive()).as("%s hangs", String.join(" ", command)).isFalse();
        assertThat(process.exitValue()).as("status of %s", String.join(" ", command)).isZero();
    }

    /** Takes events until there is none now. */
    void take() throws IOException {
        while (driver.next(event) == Next.EVENT) {
            keep();
        }
    }

    /** Stops and takes the rest. */
    List<Seen> end() throws IOException {
        driver.stopCapture();
        Next next = driver.next(event);
        while (next != Next.END) {
            if (next == Next.EVENT) {
                keep();
            }
            next = driver.next(event);
        }
        return seen;
    }

    private void keep() {
        state.process(event);
        List<byte[]> parameters = new ArrayList<>();
        for (int i = 0; i < event.parameterCount(); i++) {
            parameters.add(event.bytes(i));
        }
        long latency = options.find(event, EventOptions.LATENCY) ? options.u64(-1) : -1;
        long result = 0;
        long[] arguments = {};
        Map<Integer, byte[]> texts = new HashMap<>();
        if (event.typeCode() == EventCodes.PPME_GENERIC_X && options.find(event, EventOptions.ARGUMENTS)) {
            result = options.u64At(0);
            int counts = options.segment().get(ValueLayout.JAVA_INT_UNALIGNED, options.offset() + 8);
            arguments = new long[counts & 0xff];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = options.u64At(12 + 8 * i);
            }
            long at = options.offset() + 12 + 8L * arguments.length;
            for (int i = 0; i < (counts >> 8 & 0xff); i++) {
                int index = options.segment().get(ValueLayout.JAVA_BYTE, at);
                int length = options.segment().get(ValueLayout.JAVA_SHORT_UNALIGNED, at + 2) & 0xffff;
                texts.put(index, options.segment().asSlice(at + 4, length)
                        .toArray(ValueLayout.JAVA_BYTE));
                at += 4 + length;
            }
        }
        long lost = options.find(event, EventOptions.LOSS) ? options.u64At(0) : 0;
        seen.add(new Seen(event.tid(), event.type(), event.timestamp(), event.cpu(), parameters, latency, state.latency(),
                result, arguments, texts, lost));
    }

    /** The event type of that name. */
    static EventType type(String enumName) {
        for (int code = 0; code < EventCodes.COUNT; code++) {
            if (EventType.of(code).enumName().equals(enumName)) {
                return EventType.of(code);
            }
        }
        throw new IllegalArgumentException(enumName);
    }

    @Override
    public void close() throws IOException {
        driver.close();
    }
}
