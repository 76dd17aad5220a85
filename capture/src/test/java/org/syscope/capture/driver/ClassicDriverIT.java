package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.bpf.BpfException;
import org.syscope.capture.bpf.BpfObject;
import org.syscope.capture.bpf.LiveTest;
import org.syscope.capture.bpf.OldVerifier;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.SyscallTable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The classic probe: what Linux 4.14 would forbid is not in it; losses are counted to the event; what is asked is loaded. */
class ClassicDriverIT {

    /** Helpers of Linux 4.14, by number (there: include/uapi/linux/bpf.h, up to 53). */
    private static final Set<Integer> OLD_HELPERS = Set.of(1, 2, 3, 4, 5, 8, 12, 14, 25, 35, 45);
    /** Those that take their place where the headers have them: ktime_get_boot_ns, probe_read_user and its like. */
    private static final Set<Integer> NEW_HELPERS = Set.of(1, 2, 3, 8, 12, 14, 25, 35, 112, 113, 114, 115, 125);

    @TempDir
    private static Path folder;
    private static String program;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        LiveTest.needsBpf();
        program = Workload.build(folder).toString();
    }

    private static BpfObject object(Path probe) throws IOException, BpfException {
        return BpfObject.parse("syscope", Files.readAllBytes(probe));
    }

    @Test
    void linux414WouldForbidNothing() throws Exception {
        Path types = TestProbe.types(folder);
        Path old = new ProbeBuilder(types, folder.resolve("old.o"), System.getenv()).force("PROBE_READ_USER", false)
                .force("KTIME_BOOT", false).force("RAW_TRACEPOINT", false).build();
        assertThat(OldVerifier.complaints(object(old), OLD_HELPERS)).isEmpty();
        assertThat(OldVerifier.longest(object(old))).isBetween(1000, 4096);
        assertThat(ClassicProbe.read(old).says("clock")).isEqualTo("monotonic");
        assertThat(Path.of(old + ".log")).as("warnings").doesNotExist();
        BpfObject now = TestProbe.forThisKernel().object();
        assertThat(OldVerifier.complaints(now, NEW_HELPERS)).isEmpty();
        assertThat(OldVerifier.longest(now)).isBetween(1000, 4096);
    }

    @Test
    void noProgramIsTooLongForTheVerifier() throws Exception {
        Map<String, Integer> walked = OldVerifier.walked(TestProbe.forThisKernel().object());
        System.out.println("instructions walked: " + walked.values().stream().mapToInt(Integer::intValue).sum() + " for "
                + walked.size() + " programs, at most " + walked.values().stream().max(Integer::compare).orElse(0));
        assertThat(walked).hasSizeGreaterThan(200);
        assertThat(walked.values()).allSatisfy(instructions -> assertThat(instructions).isLessThan(131_072));
    }

    /** Nothing but getppid, so that each event can be accounted for. */
    private static DriverOptions onlyGetppid(int bufferBytes) {
        BitSet exits = new BitSet();
        exits.set(SyscallTable.byName("getppid").code());
        return new DriverOptions(bufferBytes, 1, 80, exits, new BitSet(), true, true, false);
    }

    @Test
    void lossesAreCountedToTheEventAndShownWhereTheyAre() throws Exception {
        long made = 400_000;
        try (LiveTrace trace = LiveTrace.classic(onlyGetppid(64 << 10), TestProbe.forThisKernel())) {
            Process loop = LiveTrace.start(program, "loop", Long.toString(made));
            assertThat(loop.waitFor(60, TimeUnit.SECONDS)).isTrue();
            trace.take();
            // The next events come behind the hole, on the same CPUs or on others.
            trace.run(program, "loop", "1000");
            List<Seen> seen = trace.end();
            long calls = seen.stream().filter(Seen::generic).count();
            DriverStatistics statistics = trace.driver().statistics();
            assertThat(statistics.ringFull()).isPositive();
            assertThat(statistics.lost()).isEqualTo(statistics.ringFull());
            assertThat(statistics.seen()).isEqualTo(made + 1000);
            assertThat(calls + statistics.lost()).isEqualTo(made + 1000);
            assertThat(statistics.sent()).isEqualTo(calls);
            assertThat(seen.stream().mapToLong(Seen::lost).sum()).isEqualTo(statistics.lost());
            assertThat(((ClassicDriver) trace.driver()).lost(EventCodes.PPME_GENERIC_X)).isEqualTo(statistics.lost());
            assertThat(Arrays.stream(statistics.perCpu()).sum()).isEqualTo(statistics.lost());
            assertThat(seen).isSortedAccordingTo((one, other) -> Long.compare(one.timestamp(), other.timestamp()));
        }
    }

    @Test
    void onlyTheTracedAndTheirChildrenAreSeen() throws Exception {
        try (ClassicDriver driver = ClassicDriver.open(onlyTraced(), TestProbe.forThisKernel())) {
            int mine = (int) ProcessHandle.current().pid();
            assertThat(driver.tracesAny()).isFalse();
            assertThat(driver.traces(mine)).isFalse();
            driver.trace(mine);
            assertThat(driver.tracesAny()).isTrue();
            assertThat(driver.traces(mine)).isTrue();
            driver.forget(mine);
            assertThat(driver.tracesAny()).isFalse();
        }
    }

    @Test
    void processesThatAreTooManyAreLostAndSaid() throws Exception {
        ClassicProbe probe = TestProbe.forThisKernel();
        probe.object().map("traced").maxEntries(2);
        try (LiveTrace trace = LiveTrace.classic(onlyGetppid(1 << 20), probe)) {
            LiveTrace.overflow(trace);
            assertThat(((ClassicDriver) trace.driver()).lost(EventCodes.PPME_SYSCALL_CLONE_20_X)).isEqualTo(5);
        }
    }

    private static DriverOptions onlyTraced() {
        DriverOptions calls = onlyGetppid(1 << 16);
        return new DriverOptions(calls.bufferBytes(), 4, 80, calls.exits(), calls.enters(), true, true, true);
    }

    @Test
    void ringsAreNeverShared() throws Exception {
        try (ClassicDriver driver = ClassicDriver.open(onlyTraced(), TestProbe.forThisKernel())) {
            assertThat(driver.leftOut()).containsExactly("left out: rings shared by CPUs: a perf ring belongs to one CPU");
        }
    }

    @Test
    void aProbeOfOtherSourcesIsRefused() throws Exception {
        Path other = folder.resolve("other.o");
        byte[] bytes = Files.readAllBytes(TestProbe.forThisKernel().file());
        String all = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[all.indexOf(ProbeSources.identity())] ^= 1;
        Files.write(other, bytes);
        assertThatThrownBy(() -> ClassicProbe.find(other, Map.of())).isInstanceOf(DriverException.class)
                .hasMessage("bpf driver: " + other + " was built by another version of syscope");
    }
}
