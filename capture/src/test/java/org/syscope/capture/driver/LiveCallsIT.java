package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.bpf.LiveTest;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The universal driver against a real process: {@code workload.c} makes each call and says what has to be reported of
 * it, parameter by parameter; each event is compared with that. Generic calls are made with arguments that no call can
 * mistake for sensible ones, all of which must come back under the names of the kernel's signatures.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveCallsIT {

    /** Calls of the table that cannot be made in a test, and why. */
    private static final Map<String, String> IMPOSSIBLE = Map.ofEntries(
            Map.entry("rt_sigreturn", "replaces the caller's registers"),
            Map.entry("exit", "has no exit"),
            Map.entry("exit_group", "has no exit"),
            Map.entry("pause", "never returns by itself"),
            Map.entry("vhangup", "takes the terminal away"),
            Map.entry("sync", "would wait for all disks of the machine"),
            Map.entry("uretprobe", "ends a process that calls it without a probe"),
            Map.entry("uprobe", "ends a process that calls it without a probe"),
            Map.entry("reboot", "too dangerous should a kernel not check"),
            Map.entry("set_tid_address", "the kernel writes there when the process ends"),
            Map.entry("rseq_slice_yield", "younger than the kernels at hand"));

    private final Map<String, List<Expectation>> cases = new LinkedHashMap<>();
    private final Map<String, String> unmade = new LinkedHashMap<>();
    private final Map<String, String> lines = new HashMap<>();
    private final Map<String, long[]> genericResults = new LinkedHashMap<>();
    private final Map<String, String> report = new TreeMap<>();
    private List<Seen> seen;
    private long genericPid;

    @TempDir
    private static Path folder;

    private record Value(String name, String kind, String text) {
    }

    private record Expectation(EventType type, long tid, List<Value> values) {
    }

    private record Signature(List<String> names, List<String> kinds) {
    }

    @BeforeAll
    void traceTheWorkload() throws IOException, InterruptedException {
        LiveTest.needsBpf();
        Path program = Workload.build(folder);
        Path shared = Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : folder;
        Path made = Files.createTempDirectory(shared, "syscope-it");
        Path decoded = folder.resolve("decoded");
        Path generic = folder.resolve("generic");
        Path input = folder.resolve("input");
        Files.write(input, genericLines());
        try (LiveTrace trace = start(everything())) {
            trace.run(program.toString(), "decoded", decoded.toString(), made.toString());
            trace.run(program.toString(), "generic", generic.toString(), input.toString());
            seen = trace.end();
        } finally {
            Workload.delete(made);
        }
        readExpectations(decoded);
        readLines();
        readResults(generic);
    }

    /** Traces with the driver that is tested. */
    LiveTrace start(DriverOptions options) throws IOException, InterruptedException {
        return LiveTrace.start(options);
    }

    /** File for the list of what was seen, below target. */
    String reportName() {
        return "live-report.md";
    }

    /** All exit events, all enter events, page faults. */
    private static DriverOptions everything() {
        DriverOptions defaults = DriverOptions.defaults();
        BitSet exits = defaults.exits();
        exits.set(DriverOptions.PAGE_FAULT_USER);
        exits.set(DriverOptions.PAGE_FAULT_KERNEL);
        BitSet enters = new BitSet();
        SyscallTable.all().forEach(call -> enters.set(call.code()));
        return new DriverOptions(defaults.bufferBytes(), 1, defaults.snaplen(), exits, enters, true, true, false);
    }

    @AfterAll
    void writeReport() throws IOException {
        StringBuilder text = new StringBuilder("# System calls seen live\n\n"
                + "Parameters: LiveCallsIT, a case of workload.c each. Lines: RenderedLinesIT, by rendered-lines.tsv.\n\n"
                + "| call | parameters | test | line |\n|---|---|---|---|\n");
        report.forEach((call, row) -> text.append("| ").append(call).append(" | ").append(row).append(" |\n"));
        IMPOSSIBLE.forEach((call, why) -> text.append("| ").append(call).append(" | not made: ").append(why)
                .append(" | | |\n"));
        unmade.forEach((call, why) -> text.append("| ").append(call).append(" | not made here: ").append(why)
                .append(" | | |\n"));
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", reportName()), text);
    }

    private void readExpectations(Path file) throws IOException {
        String name = "";
        long tid = 0;
        Expectation now = null;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "C" -> {
                    name = words[1];
                    tid = Long.parseLong(words[2]);
                    cases.put(name, new ArrayList<>());
                }
                case "T" -> tid = Long.parseLong(words[1]);
                case "U" -> unmade.put(name, line.substring(2));
                case "E" -> {
                    now = new Expectation(LiveTrace.type("PPME_" + words[1]), tid, new ArrayList<>());
                    cases.get(name).add(now);
                }
                case "P" -> now.values().add(new Value(words[1], words[2], words.length > 3 ? words[3] : ""));
                default -> throw new IllegalStateException(line);
            }
        }
    }

    /** The first row of each case and kind of event, for the report. */
    private void readLines() throws IOException {
        for (String row : Files.readAllLines(Path.of("src/test/resources/org/syscope/capture/driver/rendered-lines.tsv"))) {
            if (!row.startsWith("#")) {
                String[] cells = row.split("\t", 2);
                lines.putIfAbsent(cells[0] + " " + cells[1].split(" ")[0], cells[1]);
            }
        }
    }

    private void readResults(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            if (words[0].equals("C")) {
                genericPid = Long.parseLong(words[2]);
            } else {
                long[] numbers = new long[words.length - 2];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Long.parseLong(words[i + 2]);
                }
                genericResults.put(words[1], numbers);
            }
        }
    }

    private static Map<String, Signature> signatures() throws IOException {
        Map<String, Signature> result = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of("src/main/schema/signatures.tsv"))) {
            if (line.startsWith("#") || line.startsWith("name\t")) {
                continue;
            }
            String[] cells = line.split("\t");
            List<String> names = new ArrayList<>();
            List<String> kinds = new ArrayList<>();
            if (!cells[1].equals("-")) {
                for (String argument : cells[1].split(";")) {
                    names.add(argument.substring(0, argument.indexOf(':')));
                    kinds.add(argument.substring(argument.indexOf(':') + 1));
                }
            }
            result.put(cells[0], new Signature(names, kinds));
        }
        return result;
    }

    /** Arguments that make every call fail, or do nothing: no such fd, no such address, no such path. */
    private static List<String> genericLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Signature> entry : signatures().entrySet()) {
            String name = entry.getKey();
            Syscall call = SyscallTable.byName(name);
            if (call.x86Number() < 0 || IMPOSSIBLE.containsKey(name)) {
                continue;
            }
            StringBuilder line = new StringBuilder(name + " " + call.x86Number());
            List<String> kinds = entry.getValue().kinds();
            for (int i = 0; i < 6; i++) {
                line.append(' ').append(argument(name, i < kinds.size() ? kinds.get(i) : "", i));
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static String argument(String call, String kind, int at) {
        return switch (kind) {
            case "str" -> "s:/nowhere/" + call + at;
            case "ptr", "out" -> Long.toString(0x101 + 8 * at);
            case "fd" -> Integer.toString(-7 - at);
            case "pid" -> Integer.toString(0x3ffffff0 + at);
            case "size", "ulong", "off", "long" -> Long.toString(-0x1000 - at);
            case "" -> "0";
            default -> Integer.toString(0x7ffffff0 + at);
        };
    }

    @TestFactory
    Collection<DynamicTest> eachDecodedCall() {
        List<DynamicTest> tests = new ArrayList<>();
        cases.forEach((name, expectations) -> {
            if (!unmade.containsKey(name)) {
                tests.add(DynamicTest.dynamicTest(name, () -> check(name, expectations)));
            }
        });
        return tests;
    }

    private void check(String name, List<Expectation> expectations) {
        assertThat(expectations).isNotEmpty();
        for (Expectation expected : expectations) {
            String best = "no such event of thread " + expected.tid();
            int fewest = Integer.MAX_VALUE;
            for (Seen event : seen) {
                if (event.tid() != expected.tid() || event.type() != expected.type()) {
                    continue;
                }
                List<String> differences = differences(expected, event);
                if (differences.size() < fewest) {
                    fewest = differences.size();
                    best = String.join("\n", differences);
                }
            }
            assertThat(fewest).as("%s: %s:%n%s", name, expected.type(), best).isZero();
            List<String> names = expected.values().stream().map(Value::name).toList();
            report.put(expected.type().name() + " (" + expected.type().enumName().substring(5) + ")",
                    String.join(", ", names) + " | decoded: " + name + " | "
                            + lines.getOrDefault(name + " " + expected.type().name(), "").replace("|", "\\|"));
        }
    }

    private static List<String> differences(Expectation expected, Seen event) {
        List<String> differences = new ArrayList<>();
        List<Value> values = expected.values();
        if (values.size() != event.parameters().size() || values.size() != event.type().parameterCount()) {
            differences.add("parameters: expected " + values.size() + ", schema " + event.type().parameterCount()
                    + ", event " + event.parameters().size());
            return differences;
        }
        for (int i = 0; i < values.size(); i++) {
            String wrong = new ParameterCheck(event.type().parameter(i), event.parameters().get(i))
                    .difference(values.get(i).name(), values.get(i).kind(), values.get(i).text());
            if (wrong != null) {
                differences.add(wrong);
            }
        }
        return differences;
    }

    @Test
    void everyDecodedCallOfTheTableIsMade() {
        Set<String> covered = new TreeSet<>();
        cases.values().forEach(all -> all.forEach(one -> covered.add(one.type().enumName())));
        Set<String> missing = new TreeSet<>();
        int calls = 0;
        for (Syscall call : SyscallTable.all()) {
            if (call.x86Number() >= 0 && !call.generic()) {
                calls++;
                if (!covered.contains(EventType.of(call.exitType()).enumName()) && !unmade.containsKey(call.name())) {
                    missing.add(call.name());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(calls - unmade.size()).as("not made: %s", unmade).isGreaterThanOrEqualTo(154);
    }

    @Test
    void genericCallsCarryTheirArguments() throws IOException {
        Map<String, Signature> signatures = signatures();
        Map<String, Seen> events = new HashMap<>();
        for (Seen event : seen) {
            if (event.tid() == genericPid && event.generic()) {
                Syscall call = SyscallTable.byCode(event.syscall());
                // The last: what libc does before comes earlier.
                if (call != null) {
                    events.merge(call.name(), event, (one, other) -> other.better(one, genericResults.get(call.name())));
                }
            }
        }
        List<String> wrong = new ArrayList<>();
        int right = 0;
        for (Map.Entry<String, long[]> made : genericResults.entrySet()) {
            Signature signature = signatures.get(made.getKey());
            Seen event = events.get(made.getKey());
            String difference = event == null ? "no event" : event.differsFrom(made.getValue(), signature.kinds(),
                    i -> "/nowhere/" + made.getKey() + i);
            if (difference == null) {
                right++;
                report.put(made.getKey(), String.join(", ", signature.names()) + " | generic |");
            } else {
                wrong.add(made.getKey() + ": " + difference);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(right).isGreaterThanOrEqualTo(200);
    }

    @Test
    void eachCallIsEnteredBeforeItIsLeft() {
        Map<Long, Seen> entered = new HashMap<>();
        Map<Integer, Integer> enterTypes = new HashMap<>();
        SyscallTable.all().forEach(call -> enterTypes.put(call.exitType(), call.enterType()));
        Set<String> wrong = new TreeSet<>();
        int pairs = 0;
        for (Seen event : seen) {
            if (event.type().isEnter()) {
                if (enterTypes.containsValue(event.type().code())) {
                    entered.put(event.tid(), event);
                    widths(event, wrong);
                }
                continue;
            }
            Seen enter = entered.remove(event.tid());
            Integer expected = enterTypes.get(event.type().code());
            if (enter == null || expected == null) {
                continue;
            }
            // Of a new program and of a call that returns twice, the exit belongs to another thread or call.
            if (enter.type().code() == expected && enter.timestamp() <= event.timestamp()) {
                pairs++;
            } else if (!enter.type().name().startsWith("exec")) {
                wrong.add(enter.type() + " before " + event.type());
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(pairs).isGreaterThan(1000);
    }

    private static void widths(Seen event, Set<String> wrong) {
        EventType type = event.type();
        if (event.parameters().size() != type.parameterCount()) {
            wrong.add(type + " has " + event.parameters().size() + " parameters");
            return;
        }
        for (int i = 0; i < type.parameterCount(); i++) {
            int width = type.parameter(i).type().width();
            int length = event.parameters().get(i).length;
            if (width > 0 && length != width && length != 0) {
                wrong.add(type + "." + type.parameter(i).name() + " has " + length + " bytes");
            }
        }
    }

    @Test
    void aSleepTakesAsLongAsItSays() {
        long tid = cases.get("nanosleep").getFirst().tid();
        List<Seen> sleeps = seen.stream()
                .filter(event -> event.tid() == tid && event.type().enumName().equals("PPME_SYSCALL_NANOSLEEP_X")).toList();
        assertThat(sleeps).hasSize(1);
        assertThat(sleeps.getFirst().latency()).isBetween(200_000_000L, 400_000_000L);
        assertThat(sleeps.getFirst().stateLatency()).isEqualTo(sleeps.getFirst().latency());
    }

    @Test
    void nothingOfTheTracerIsSeen() {
        long own = ProcessHandle.current().pid();
        assertThat(seen).noneMatch(event -> event.tid() == own);
    }
}
