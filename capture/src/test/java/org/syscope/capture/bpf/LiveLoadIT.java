package org.syscope.capture.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.capture.linux.Epoll;
import org.syscope.capture.linux.Mapping;
import org.syscope.capture.linux.SystemCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The running kernel takes what this loader makes, and the programs do what their C source says. */
class LiveLoadIT {
    private static final int CALLS = 1000;
    private static final int PAYLOAD = 24;

    private BpfObject object;

    @BeforeAll
    static void privileged() throws IOException {
        LiveTest.needsBpf();
    }

    @BeforeEach
    void read() throws BpfException {
        object = TestObjects.parse("live");
        object.variable("traced").set(ProcessHandle.current().pid());
        object.map("ring").maxEntries(1 << 20);
    }

    private static void marker(int times) {
        for (int i = 0; i < times; i++) {
            SystemCall.GETPPID.call();
        }
    }

    private static long result(LoadedObject loaded, long key) throws BpfException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_LONG);
            assertThat(loaded.map("results").lookup(arena.allocateFrom(ValueLayout.JAVA_LONG, key), value))
                    .as("result %d", key).isTrue();
            return value.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    @Test
    void everythingIsTaken() throws BpfException {
        try (LoadedObject loaded = LoadedObject.load(object)) {
            assertThat(loaded.refused()).isEmpty();
            assertThat(loaded.programs()).containsOnlyKeys("count_exits", "send_exits", "jump", "tail_one", "tail_two",
                    "typed");
        }
    }

    @Test
    void callsAreCountedPerCpuAndInAVariable() throws BpfException {
        object.variable("wide").set(1L << 40);
        try (LoadedObject loaded = LoadedObject.load(object); Arena arena = Arena.ofConfined();
                Mapping variables = loaded.map(".bss").mapped(false)) {
            BpfMap counts = loaded.map("counts");
            MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment value = arena.allocate(counts.valueBytes(), 8);
            assertThat(counts.valueBytes()).isEqualTo(8 * loaded.possibleCpus());
            assertThat(counts.lookup(key, value)).isTrue();
            assertThat(value.toArray(ValueLayout.JAVA_LONG)).containsOnly(0);
            try (BpfLink link = loaded.attach("count_exits")) {
                assertThat(link.target()).isEqualTo("sys_exit");
                marker(CALLS);
            }
            counts.lookup(key, value);
            long sum = 0;
            for (long one : value.toArray(ValueLayout.JAVA_LONG)) {
                sum += one;
            }
            assertThat(sum).isGreaterThanOrEqualTo(CALLS);
            assertThat(variables.segment().get(ValueLayout.JAVA_LONG, object.variable("seen").offset()) >>> 40)
                    .isBetween((long) CALLS, sum);
            marker(CALLS);
            MemorySegment later = arena.allocate(counts.valueBytes(), 8);
            counts.lookup(key, later);
            assertThat(later.mismatch(value)).as("detached").isEqualTo(-1);
        }
    }

    @Test
    void theRingIsReadInPlaceOverItsEndAndWakesASleeper() throws BpfException, IOException {
        object.map("ring").maxEntries(20_000);
        try (LoadedObject loaded = LoadedObject.load(object); RingBuffer ring = new RingBuffer(loaded.map("ring"));
                Epoll epoll = new Epoll(1)) {
            assertThat(ring.size()).isEqualTo(32_768);
            assertThat(ring.next()).isEqualTo(-1);
            epoll.add(ring.fd(), 7);
            loaded.attach("send_exits");
            int markers = 0;
            // Asked once: it makes the marker call itself.
            long parent = ProcessHandle.current().parent().orElseThrow().pid();
            for (long at = ring.next(); at >= 0; at = ring.next()) {
                ring.consume();
            }
            for (int round = 0; round < 40; round++) {
                marker(200);
                assertThat(epoll.await(5000)).isEqualTo(1);
                assertThat(epoll.token(0)).isEqualTo(7);
                for (long at = ring.next(); at >= 0; at = ring.next()) {
                    assertThat(ring.next()).as("the same until it is taken").isEqualTo(at);
                    assertThat(ring.length()).isEqualTo(PAYLOAD);
                    MemorySegment event = ring.data().asSlice(at, PAYLOAD);
                    int number = event.get(ValueLayout.JAVA_INT, 20);
                    if (number == SystemCall.GETPPID.number()) {
                        markers++;
                        assertThat(event.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(parent);
                    }
                    ring.take();
                }
                ring.release();
            }
            assertThat(markers).isEqualTo(40 * 200);
        }
    }

    @Test
    void discardedRecordsAreNotSeen() throws BpfException {
        LiveTest.need("amd64".equals(System.getProperty("os.arch")), "call numbers of x86_64");
        try (LoadedObject loaded = LoadedObject.load(object); RingBuffer ring = new RingBuffer(loaded.map("ring"))) {
            loaded.attach("send_exits");
            for (int i = 0; i < 100; i++) {
                SystemCall.GETPPID.call();
                getgid();
            }
            Map<Integer, Integer> numbers = new HashMap<>();
            for (long at = ring.next(); at >= 0; at = ring.next()) {
                numbers.merge(ring.data().get(ValueLayout.JAVA_INT, at + 20), 1, Integer::sum);
                ring.consume();
            }
            assertThat(numbers).containsEntry(110, 100).doesNotContainKey(104);
        }
    }

    private static void getgid() {
        try {
            new ProcessIds().getgid();
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void aRingPerCpuInAMapOfMaps() throws BpfException {
        object.variable("narrow").set(0, new byte[] {50, 51, 52, 53});
        object.map("rings").inner().maxEntries(1 << 18);
        try (LoadedObject loaded = LoadedObject.load(object)) {
            List<RingBuffer> rings = new ArrayList<>();
            for (int cpu = 0; cpu < Math.min(64, loaded.possibleCpus()); cpu++) {
                BpfMap inner = loaded.createInner("rings", "ring" + cpu);
                loaded.map("rings").put(cpu, inner.fd());
                rings.add(new RingBuffer(inner));
            }
            loaded.attach("send_exits");
            marker(CALLS);
            int events = 0;
            for (int cpu = 0; cpu < rings.size(); cpu++) {
                RingBuffer ring = rings.get(cpu);
                assertThat(ring.size()).isEqualTo(1 << 18);
                for (long at = ring.next(); at >= 0; at = ring.next()) {
                    assertThat(ring.data().get(ValueLayout.JAVA_INT, at + 16)).isEqualTo(cpu);
                    assertThat(ring.data().get(ValueLayout.JAVA_LONG, at + 8)).as("constant that was set")
                            .isEqualTo(50 + (cpu & 3));
                    assertThat((char) ring.data().get(ValueLayout.JAVA_INT, at + 20)).as("static constant")
                            .isEqualTo("text in rodata".charAt(cpu & 7));
                    events++;
                    ring.consume();
                }
                ring.close();
            }
            assertThat(events).isGreaterThanOrEqualTo(CALLS);
        }
    }

    @Test
    void tailCallsThroughSlotsThatTheObjectFills() throws BpfException {
        try (LoadedObject loaded = LoadedObject.load(object); Arena arena = Arena.ofConfined()) {
            loaded.attach("jump");
            marker(1);
            assertThat(result(loaded, 1)).as("a variable with a first value").isEqualTo(7);
            assertThat(result(loaded, 2)).as("task->real_parent->tgid")
                    .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
            MemorySegment key = arena.allocate(ValueLayout.JAVA_LONG);
            List<Long> keys = new ArrayList<>();
            for (boolean more = loaded.map("results").nextKey(null, key); more;
                    more = loaded.map("results").nextKey(key, key)) {
                keys.add(key.get(ValueLayout.JAVA_LONG, 0));
            }
            assertThat(keys).containsExactlyInAnyOrder(1L, 2L);
            assertThat(loaded.map("tails").remove(3)).isTrue();
            assertThat(loaded.map("tails").remove(3)).isFalse();
            assertThat(loaded.map("results").delete(arena.allocateFrom(ValueLayout.JAVA_LONG, 2))).isTrue();
            marker(1);
            assertThat(loaded.map("results").lookup(arena.allocateFrom(ValueLayout.JAVA_LONG, 2), key)).isFalse();
            loaded.map("tails").put(3, loaded.program("tail_two").fd());
            marker(1);
            assertThat(result(loaded, 2)).isPositive();
        }
    }

    @Test
    void typedTracepointWithTaskStorageAndACallback() throws BpfException {
        try (LoadedObject loaded = LoadedObject.load(object); Arena arena = Arena.ofConfined()) {
            BpfMap results = loaded.map("results");
            results.update(arena.allocateFrom(ValueLayout.JAVA_LONG, 100), arena.allocateFrom(ValueLayout.JAVA_LONG, 42),
                    BpfMap.ONLY_NEW);
            loaded.attach("typed");
            marker(1);
            assertThat(result(loaded, 4)).isEqualTo(ProcessHandle.current().pid());
            assertThat(result(loaded, 3)).as("sum of all values").isGreaterThanOrEqualTo(42);
        }
    }

    @Test
    void aRefusalCostsOneProgramAndBringsTheVerifiersWords() throws BpfException {
        object.program("refused").wanted(true);
        object.program("absent").wanted(true);
        object.program("nowhere").wanted(true);
        object.program("typed_nowhere").wanted(true);
        try (LoadedObject loaded = LoadedObject.load(object)) {
            assertThat(loaded.refused()).containsOnlyKeys("refused", "absent", "typed_nowhere");
            assertThat(loaded.programs()).containsKeys("count_exits", "typed", "nowhere");
            BpfException refused = loaded.refused().get("refused");
            assertThat(refused.kind()).isEqualTo(BpfException.Kind.PROGRAM_REFUSED);
            assertThat(refused).hasMessageStartingWith("program refused was refused by the kernel: EACCES: ")
                    .hasMessageContaining("map_value_or_null").hasMessageNotContaining("\n");
            assertThat(refused.log()).contains("map_value_or_null").contains("live.c").contains("processed ");
            BpfException absent = loaded.refused().get("absent");
            assertThat(absent).hasMessageContaining("needs struct task_struct___gone.no_such_field, which this kernel");
            assertThat(loaded.refused().get("typed_nowhere").kind()).isEqualTo(BpfException.Kind.ATTACH);
            assertThatThrownBy(() -> loaded.attach("nowhere"))
                    .hasMessage("program nowhere: this kernel has no tracepoint no_such_tracepoint");
            assertThatThrownBy(() -> loaded.program("refused")).isSameAs(refused);
            assertThatThrownBy(() -> loaded.program("switches")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theClassicTracepointNeedsTracefs() throws BpfException, IOException, InterruptedException {
        object.program("switches").wanted(true);
        try (LoadedObject loaded = LoadedObject.load(object)) {
            boolean mounted = LiveTest.run("test", "-e", "/sys/kernel/tracing/events").status() == 0
                    || LiveTest.run("test", "-e", "/sys/kernel/debug/tracing/events").status() == 0;
            if (!mounted) {
                assertThatThrownBy(() -> loaded.attach("switches")).isInstanceOfSatisfying(BpfException.class,
                        failed -> assertThat(failed.hint()).contains("mount -t tracefs"));
                assertThat(LiveTest.run("mount", "-t", "tracefs", "nodev", "/sys/kernel/tracing").status()).isZero();
            }
            try (BpfLink link = loaded.attach("switches"); Arena arena = Arena.ofConfined()) {
                BpfMap counts = loaded.map("counts");
                MemorySegment value = arena.allocate(counts.valueBytes(), 8);
                LiveTest.run("sleep", "0.05");
                counts.lookup(arena.allocateFrom(ValueLayout.JAVA_INT, 1), value);
                assertThat(LongStream.of(value.toArray(ValueLayout.JAVA_LONG)).sum()).as(link.target())
                        .isPositive();
            } finally {
                if (!mounted) {
                    LiveTest.run("umount", "/sys/kernel/tracing");
                }
            }
        }
    }

    @Test
    void constantsCannotBeChangedLater() throws BpfException {
        try (LoadedObject loaded = LoadedObject.load(object); Arena arena = Arena.ofConfined()) {
            BpfMap constants = loaded.map(".rodata");
            MemorySegment value = arena.allocate(constants.valueBytes(), 8);
            MemorySegment key = arena.allocate(ValueLayout.JAVA_INT);
            assertThat(constants.lookup(key, value)).isTrue();
            assertThat(value.get(ValueLayout.JAVA_INT, object.variable("traced").offset()))
                    .isEqualTo((int) ProcessHandle.current().pid());
            assertThatThrownBy(() -> constants.update(key, value, BpfMap.ANY)).isInstanceOf(BpfException.class);
        }
    }

    @Test
    void wrongSizesNeverReachTheKernel() throws BpfException {
        try (LoadedObject loaded = LoadedObject.load(object); Arena arena = Arena.ofConfined()) {
            BpfMap results = loaded.map("results");
            MemorySegment small = arena.allocate(4);
            MemorySegment large = arena.allocate(8);
            assertThatThrownBy(() -> results.lookup(small, large)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> results.lookup(large, small)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> results.update(large, small, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> results.lookup(MemorySegment.ofArray(new byte[8]), large))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
