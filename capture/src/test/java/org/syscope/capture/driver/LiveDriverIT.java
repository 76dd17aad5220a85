package org.syscope.capture.driver;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.LiveTest;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.linux.Cpus;
import org.syscope.capture.linux.SystemCall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Losses, shared rings, CPUs that come later, sets of traced processes, and what is left after SIGKILL. */
class LiveDriverIT {

    private static final int PROG_GET_NEXT_ID = 11;
    private static final int MAP_GET_NEXT_ID = 12;
    private static final int LINK_GET_NEXT_ID = 31;
    private static final int STARTS = 20;

    @TempDir
    private static Path folder;
    private static String program;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        LiveTest.needsBpf();
        program = Workload.build(folder).toString();
    }

    /** Nothing but getppid, so that each event can be accounted for. */
    private static DriverOptions onlyGetppid(int bufferBytes, int cpusPerBuffer) {
        BitSet exits = new BitSet();
        exits.set(SyscallTable.byName("getppid").code());
        return new DriverOptions(bufferBytes, cpusPerBuffer, 80, exits, new BitSet(), true, true, false);
    }

    private static long calls(List<Seen> seen) {
        return seen.stream().filter(Seen::generic).count();
    }

    private static long notified(List<Seen> seen) {
        return seen.stream().mapToLong(Seen::lost).sum();
    }

    /** Where the programs write their own rings, and where they leave it to the kernel's: the one costs half of the other. */
    @ParameterizedTest
    @CsvSource({"65536,1,65535", "67108864,1,67108863", "65536,2,0", "536870912,1,0"})
    void ringsAreTheirOwnWhereTheyCanBe(int bytes, int cpus, long mask) throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86_64 keeps the order of writes");
        DriverOptions wish = DriverOptions.defaults();
        BpfObject object = UniversalDriver.object();
        DriverOptions options = new DriverOptions(bytes, cpus, 80, wish.exits(), wish.enters(), true, true, true);
        try (UniversalDriver driver = UniversalDriver.open(options, object, new int[] {Cpus.online()[0]})) {
            assertThat(driver.leftOut()).isEmpty();
            assertThat(object.variable("own_ring_mask").get()).isEqualTo(mask);
        }
    }

    /** Whoever asks for more processes than can be followed is told so; it is no event that is lost. */
    @Test
    void moreProcessesThanCanBeFollowedAreRefused() throws Exception {
        try (LiveTrace trace = LiveTrace.small(DriverOptions.defaults(), 8)) {
            assertThatThrownBy(() -> {
                for (int pid = 1; pid < 1000; pid++) {
                    trace.driver().trace(pid);
                }
            }).isInstanceOf(DriverException.class).hasMessageContaining("cannot be traced, as 8 are");
        }
    }

    @Test
    void lossesAreCountedToTheEventAndShownWhereTheyAre() throws Exception {
        long made = 400_000;
        try (LiveTrace trace = LiveTrace.start(onlyGetppid(64 << 10, 1))) {
            Process loop = LiveTrace.start(program, "loop", Long.toString(made));
            assertThat(loop.waitFor(60, TimeUnit.SECONDS)).isTrue();
            trace.take();
            // The next events come behind the hole, on the same CPUs or on others.
            trace.run(program, "loop", "1000");
            List<Seen> seen = trace.end();
            DriverStatistics statistics = trace.driver().statistics();
            assertThat(statistics.ringFull()).isPositive();
            assertThat(statistics.lost()).isEqualTo(statistics.ringFull());
            assertThat(statistics.seen()).isEqualTo(made + 1000);
            assertThat(calls(seen) + statistics.lost()).isEqualTo(made + 1000);
            assertThat(statistics.sent()).isEqualTo(calls(seen));
            assertThat(notified(seen)).isEqualTo(statistics.lost());
            assertThat(((UniversalDriver) trace.driver()).lost(EventCodes.PPME_GENERIC_X)).isEqualTo(statistics.lost());
            assertThat(Arrays.stream(statistics.perCpu()).sum()).isEqualTo(statistics.lost());
            assertThat(seen).isSortedAccordingTo((one, other) -> Long.compare(one.timestamp(), other.timestamp()));
        }
    }

    /** One CPU to a ring, which the programs write themselves, and all CPUs to one, which is the kernel's. */
    @ParameterizedTest
    @CsvSource({"65536, 1", "65536, 65536", "8388608, 1"})
    void recordsAreWholeHoweverFullTheRingIs(int bufferBytes, int cpusPerBuffer) throws Exception {
        int rounds = 40_000;
        BitSet exits = new BitSet();
        for (String call : List.of("read", "write", "dup2", "lseek", "getpriority")) {
            exits.set(SyscallTable.byName(call).code());
        }
        DriverOptions wish = new DriverOptions(bufferBytes, cpusPerBuffer, 80, exits, new BitSet(), true, true, false);
        try (LiveTrace trace = LiveTrace.start(wish)) {
            // Java's children do things of their own before they exec; those of a shell do not.
            Process shell = LiveTrace.start("sh", "-c", "\"$0\" mixed " + rounds + "; true", program);
            trace.finish(shell);
            List<Seen> seen = trace.end();
            DriverStatistics statistics = trace.driver().statistics();
            assertThat(calls(seen)).isPositive();
            assertThat(statistics.sent()).isEqualTo(seen.stream().filter(event -> event.lost() == 0).count());
            assertThat(statistics.seen()).isEqualTo(statistics.sent() + statistics.lost());
            assertThat(notified(seen)).isEqualTo(statistics.lost());
            assertThat(seen).isSortedAccordingTo((one, other) -> Long.compare(one.timestamp(), other.timestamp()));
            MixedRounds check = new MixedRounds();
            seen.stream().filter(event -> event.tid() > 0 && event.tid() != shell.pid()).forEach(check::take);
            // What could not be read counts also where the event was lost then.
            assertThat(check.unreadable()).isPositive().isLessThanOrEqualTo(statistics.unreadable());
            if (statistics.lost() == 0) {
                assertThat(check.unreadable()).isEqualTo(statistics.unreadable());
                assertThat(check.lasts()).containsOnly(rounds - 1L);
            }
        }
    }

    @Test
    void eventsOfASharedRingKnowTheirCpu() throws Exception {
        int[] cpus = Cpus.online();
        LiveTest.need(cpus.length > 1, "one CPU only");
        try (LiveTrace trace = LiveTrace.start(onlyGetppid(1 << 20, 1 << 16))) {
            List<Seen> seen = List.of();
            for (int i = 0; i < 2; i++) {
                trace.run("taskset", "-c", Integer.toString(cpus[i]), program, "loop", "500");
            }
            seen = trace.end();
            assertThat(calls(seen)).isEqualTo(1000);
            for (int i = 0; i < 2; i++) {
                int cpu = cpus[i];
                assertThat(seen.stream().filter(event -> event.cpu() == cpu).count()).as("CPU %d", cpu).isEqualTo(500);
            }
        }
    }

    @Test
    void aCpuThatComesLaterGetsItsRing() throws Exception {
        int[] cpus = Cpus.online();
        LiveTest.need(cpus.length > 1, "one CPU only");
        String late = Integer.toString(cpus[1]);
        DriverOptions wish = onlyGetppid(1 << 20, 1);
        try (LiveTrace trace = LiveTrace.of(wish, new int[] {cpus[0]})) {
            trace.driver().trace((int) ProcessHandle.current().pid());
            Process early = LiveTrace.start("taskset", "-c", late, program, "loop", "100");
            assertThat(early.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(trace.driver().statistics().noRing()).isEqualTo(100);
            trace.take();
            trace.run("taskset", "-c", late, program, "loop", "100");
            List<Seen> seen = trace.end();
            assertThat(calls(seen)).isEqualTo(100);
            assertThat(notified(seen)).isEqualTo(100);
            assertThat(seen.getFirst().lost()).as("the hole comes first").isEqualTo(100);
            assertThat(trace.driver().statistics().noRing()).isEqualTo(100);
        }
    }

    @Test
    void processesThatAreTooManyAreLostAndSaid() throws Exception {
        try (LiveTrace trace = LiveTrace.small(onlyGetppid(1 << 20, 1), 2)) {
            LiveTrace.overflow(trace);
            assertThat(((UniversalDriver) trace.driver()).lost(EventCodes.PPME_SYSCALL_CLONE_20_X)).isEqualTo(5);
        }
    }

    @Test
    void theSetOfTracedProcessesFollowsChildrenThreadsAndOrphans() throws Exception {
        Path file = folder.resolve("family");
        try (LiveTrace trace = LiveTrace.of(onlyGetppid(1 << 20, 1), Cpus.online())) {
            assertThat(trace.driver().tracesAny()).isFalse();
            // It waits for a line, so that it is known before it starts.
            Process leader = new ProcessBuilder("sh", "-c", "read go; exec \"$@\"", "sh", program, "family", file.toString())
                    .start();
            trace.driver().trace((int) leader.pid());
            assertThat(trace.driver().tracesAny()).isTrue();
            Process neighbour = LiveTrace.start(program, "loop", "100");
            try (var writer = leader.outputWriter()) {
                writer.write("go\n");
            }
            trace.finish(leader);
            trace.finish(neighbour);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (trace.driver().tracesAny() && System.nanoTime() < end) {
                trace.take();
            }
            assertThat(trace.driver().tracesAny()).as("the set is empty when all have ended").isFalse();
            List<Seen> seen = trace.end();
            Map<String, Long> family = new HashMap<>();
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                family.put(words[1], Long.parseLong(words[2]));
            }
            assertThat(family).containsOnlyKeys("leader", "thread", "child", "orphan");
            for (String member : List.of("thread", "child", "orphan")) {
                assertThat(seen.stream().filter(event -> event.tid() == family.get(member)).count()).as(member)
                        .isEqualTo(1);
            }
            assertThat(seen).noneMatch(event -> event.tid() == neighbour.pid());
            // The shell asks for its parent, too.
            assertThat(seen.stream().filter(event -> event.tid() != leader.pid() && event.generic()).count()).isEqualTo(3);
        }
    }

    /** Run as a process of its own: opens the driver, says so, and waits to be killed. */
    static final class Victim {
        private Victim() {
        }

        public static void main(String[] arguments) throws Exception {
            try (UniversalDriver driver = UniversalDriver.open(DriverOptions.defaults())) {
                System.out.println("open");
                Thread.sleep(60_000);
                driver.stop();
            }
        }
    }

    @Test
    void nothingStaysAfterManySigkills() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            Process victim = new ProcessBuilder(java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
                    System.getProperty("java.class.path"), Victim.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (var lines = victim.inputReader()) {
                assertThat(lines.readLine()).isEqualTo("open");
                List<String> held = objectsOf(victim.pid());
                assertThat(held).filteredOn(object -> object.startsWith("prog")).hasSizeGreaterThan(15);
                assertThat(held).filteredOn(object -> object.startsWith("map")).hasSizeGreaterThan(9);
                assertThat(held).filteredOn(object -> object.startsWith("link")).hasSizeGreaterThan(3);
                assertThat(held).allMatch(LiveDriverIT::exists);
                objects.addAll(held);
            } finally {
                victim.destroyForcibly();
            }
            assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
        // The kernel frees after a grace period, so it is asked until then, for ten seconds at most.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (objects.stream().anyMatch(LiveDriverIT::exists) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(objects.stream().filter(LiveDriverIT::exists)).isEmpty();
    }

    /** The programs, maps and links behind the descriptors of a process, from its fdinfo: prog 7, map 8, link 9. */
    private static List<String> objectsOf(long pid) throws IOException {
        List<String> objects = new ArrayList<>();
        try (var infos = Files.list(Path.of("/proc", Long.toString(pid), "fdinfo"))) {
            for (Path info : infos.toList()) {
                String text = Files.readString(info);
                String kind = text.contains("link_id:") ? "link" : text.contains("map_id:") ? "map" : "prog";
                int at = text.indexOf(kind + "_id:");
                if (at >= 0) {
                    objects.add(kind + " " + text.substring(at + kind.length() + 4).lines().findFirst().orElseThrow().strip());
                }
            }
        }
        return objects;
    }

    private static boolean exists(String object) {
        String[] words = object.split(" ");
        int id = Integer.parseInt(words[1]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocateFrom(ValueLayout.JAVA_INT, id - 1, 0, 0, 0);
            int command = switch (words[0]) {
                case "map" -> MAP_GET_NEXT_ID;
                case "prog" -> PROG_GET_NEXT_ID;
                default -> LINK_GET_NEXT_ID;
            };
            long result = SystemCall.BPF.call(command, attribute.address(), attribute.byteSize());
            return result == 0 && attribute.getAtIndex(ValueLayout.JAVA_INT, 1) == id;
        }
    }
}
