package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.EventType;
import org.syscope.capture.event.Syscall;
import org.syscope.capture.event.SyscallTable;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The line of every decoded event: the workload of the driver's live tests makes each call, and what a user sees of it is
 * compared with {@code rendered-lines.tsv}, which says how its rows are read. What varies from run to run is compared with what
 * the workload says of the same event.
 */
class RenderedLinesIT {

    private static final Path RESOURCES = Path.of("..", "capture", "src", "test", "resources", "org", "syscope", "capture",
            "driver");
    private static final Pattern HOLE = Pattern.compile("(?:([A-Za-z0-9_]+)=)?\\{([a-z]*)\\}");

    private static final List<Expectation> EXPECTED = new ArrayList<>();
    private static final List<String[]> ROWS = new ArrayList<>();
    private static final Set<String> UNMADE = new HashSet<>();
    private static final Map<String, List<String>> LINES = new HashMap<>();

    @TempDir
    private static Path folder;

    /** An event that the workload has caused: of a case, whose process is pid, by a thread; kind and text by parameter. */
    private record Expectation(String name, String pid, String tid, String type, Map<String, String[]> values) {
    }

    @BeforeAll
    static void traceTheWorkload() throws IOException, InterruptedException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF and CAP_PERFMON").isTrue();
        }
        assumeTrue(able, "no CAP_BPF and CAP_PERFMON");
        Path program = folder.toRealPath().resolve("workload");
        Process compiler = new ProcessBuilder("gcc", "-O1", "-w", "-o", program.toString(),
                RESOURCES.resolve("workload.c").toString()).inheritIO().start();
        assertThat(compiler.waitFor()).isZero();
        Path shared = Files.isWritable(Path.of("/dev/shm")) ? Path.of("/dev/shm") : folder;
        Path made = Files.createTempDirectory(shared.toRealPath(), "syscope-it");
        try {
            Result result = Launcher.run("--page-faults", "-p", "*%thread.tid %evt.type %evt.args", "--", program.toString(),
                    "decoded", folder.resolve("told").toString(), made.toString());
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.err()).contains(" 0 lost");
            for (String line : new String(result.out(), StandardCharsets.ISO_8859_1).split("\n")) {
                int blank = line.indexOf(' ');
                LINES.computeIfAbsent(line.substring(0, blank), tid -> new ArrayList<>()).add(line.substring(blank + 1).strip());
            }
        } finally {
            delete(made);
        }
        readExpectations(folder.resolve("told"));
        for (String row : Files.readAllLines(RESOURCES.resolve("rendered-lines.tsv"))) {
            if (!row.startsWith("#")) {
                String line = row.replace("{made}", made.toString()).replace("{program}", program.toString());
                ROWS.add(line.split("\t", 2));
            }
        }
    }

    private static void delete(Path made) throws IOException {
        try (var all = Files.walk(made)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static void readExpectations(Path told) throws IOException {
        String name = "";
        String pid = "";
        String tid = "";
        for (String line : Files.readAllLines(told)) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "C" -> {
                    name = words[1];
                    pid = words[2];
                    tid = pid;
                }
                case "T" -> tid = words[1];
                case "U" -> UNMADE.add(name);
                case "E" -> EXPECTED.add(new Expectation(name, pid, tid, words[1], new HashMap<>()));
                case "P" -> EXPECTED.getLast().values().put(words[1],
                        new String[] {words[2], words.length > 3 ? words[3] : ""});
                default -> throw new IllegalStateException(line);
            }
        }
    }

    @TestFactory
    Collection<DynamicTest> everyDecodedEvent() {
        List<DynamicTest> tests = new ArrayList<>();
        int row = 0;
        for (Expectation expected : EXPECTED) {
            while (row < ROWS.size() && !ROWS.get(row)[0].equals(expected.name()) && UNMADE.contains(ROWS.get(row)[0])) {
                row++;
            }
            String[] cells = row < ROWS.size() ? ROWS.get(row++) : new String[] {"no row", ""};
            tests.add(DynamicTest.dynamicTest(expected.name() + " " + expected.type(), () -> {
                assertThat(cells[0]).as("case of the row").isEqualTo(expected.name());
                String kind = cells[1].split(" ", 2)[0];
                List<String> lines = LINES.getOrDefault(expected.tid(), List.of()).stream()
                        .filter(line -> line.startsWith(kind + " ") || line.equals(kind)).toList();
                assertThat(lines).as("lines of thread %s", expected.tid())
                        .anyMatch(line -> pattern(cells[1], expected).matcher(line).matches());
            }));
        }
        return tests;
    }

    private static Pattern pattern(String row, Expectation expected) {
        StringBuilder regex = new StringBuilder();
        Matcher hole = HOLE.matcher(row);
        int done = 0;
        while (hole.find()) {
            regex.append(Pattern.quote(row.substring(done, hole.start())));
            if (hole.group(1) != null) {
                regex.append(hole.group(1)).append('=');
            }
            regex.append(switch (hole.group(2)) {
                case "pid" -> expected.pid();
                case "n" -> "-?[0-9]+";
                case "x" -> "[0-9A-Fa-f]+";
                case "text" -> ".*";
                case "" -> value(expected.values().get(hole.group(1)));
                default -> throw new IllegalStateException(row);
            });
            done = hole.end();
        }
        return Pattern.compile(regex.append(Pattern.quote(row.substring(done))).toString());
    }

    /** What a parameter's number can look like; anything where the workload does not know it as one number. */
    private static String value(String[] told) {
        if (!told[0].equals("i")) {
            return "[^ (]*";
        }
        long number = Long.parseLong(told[1]);
        return "(?:" + number + "|" + Long.toHexString(number).toUpperCase() + "|0" + Long.toOctalString(number) + "|"
                + Integer.toHexString((int) number).toUpperCase() + ")";
    }

    @Test
    void noDecodedCallIsMissing() {
        Set<String> shown = new HashSet<>();
        EXPECTED.forEach(expected -> shown.add("PPME_" + expected.type()));
        Set<String> missing = new TreeSet<>();
        int calls = 0;
        for (Syscall call : SyscallTable.all()) {
            if (call.x86Number() >= 0 && !call.generic()) {
                calls++;
                if (!shown.contains(EventType.of(call.exitType()).enumName()) && !UNMADE.contains(call.name())) {
                    missing.add(call.name());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(calls).isGreaterThanOrEqualTo(154);
        assertThat(ROWS).hasSizeGreaterThanOrEqualTo(EXPECTED.size());
    }
}
