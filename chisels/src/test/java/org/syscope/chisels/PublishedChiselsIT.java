package org.syscope.chisels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The scripts that the sysdig package installs run here unchanged, and where the program itself is installed, our chisels
 * print what it prints for the same file, in whatever order.
 */
class PublishedChiselsIT {
    private static final Path SCRIPTS = Path.of("/usr/share/sysdig/chisels");
    private static final Path SYSDIG = Path.of("/usr/bin/sysdig");
    private static final Path CAPTURES = Path.of(
            System.getenv().getOrDefault("SYSCOPE_CAPTURES", "../../shared/captures"));
    private static final TimeZone ZONE = TimeZone.getDefault();

    private static final Map<String, String> ARGUMENTS = Map.of("fdbytes_by", "proc.name", "fdcount_by", "proc.name",
            "fdtime_by", "proc.name", "fileslower", "0", "netlower", "0", "scallslower", "0", "spy_ip", "127.0.0.1",
            "spy_port", "80", "around", "never-written.scap", "table_generator", "proc.name name evt.count n '' 10 none");
    /** Helper modules: not chisels. */
    private static final Set<String> MODULES = Set.of("ansiterminal", "common", "dkjson", "http", "statsd");
    /** What must fail, and why: no terminal, a field that this kind of field list never had, a live source wanted. */
    private static final Map<String, String> REFUSED = Map.of("spectrogram", "init() for chisel spectrogram failed",
            "subsecoffset", "init() for chisel subsecoffset failed", "around", "init() for chisel around failed",
            "shellshock_detect", "evt.arg.environment");
    /** Ours differ on purpose: faults of the originals are not kept. The rest of a line tells which. */
    private static final Map<String, String> IMPROVED = Map.of(
            "list_login_shells", "each shell once", "shellshock_detect", "runs", "spectrogram", "falls back to ASCII",
            "subsecoffset", "falls back to ASCII", "spy_port", "a size for each message",
            "fdcount_by", "names of sockets as sysdig 0.36 knows them");

    /** Tables that end, or whose keys come, within rows of equal values: only the values are compared. */
    private static final Set<String> TIES = Set.of("topfiles_bytes", "topprocs_cpu", "topscalls", "topscalls_time");
    private static final int COLUMN = 20;

    @BeforeAll
    static void useUniversalTime() {
        assumeTrue(Files.isDirectory(CAPTURES), "no captures in " + CAPTURES);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterAll
    static void useLocalTimeAgain() {
        TimeZone.setDefault(ZONE);
    }

    private static List<String> published() throws IOException {
        if (!Files.isDirectory(SCRIPTS)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString().replaceAll("\\.lua$", ""))
                    .filter(name -> !name.startsWith("v_")).sorted().toList();
        }
    }

    @Test
    void everyPublishedScriptLoadsAndRuns() throws Exception {
        List<String> names = published();
        assumeTrue(!names.isEmpty(), "no published chisels in " + SCRIPTS + ": apt-get install sysdig");
        ChiselPath path = new ChiselPath(List.of(SCRIPTS), List.of());
        Map<String, String> failures = new TreeMap<>();
        int ran = 0;
        for (String name : names) {
            if (MODULES.contains(name) || name.equals("udp_extract") || name.equals("tracers_2_statsd")) {
                continue;
            }
            ran++;
            try {
                new CaptureRun(CAPTURES.resolve("curl_google.scap").toString()).run(path, name, ARGUMENTS.get(name));
            } catch (ChiselException e) {
                if (!e.getMessage().contains(REFUSED.getOrDefault(name, "\0"))) {
                    failures.put(name, e.getMessage());
                }
            }
        }
        assertThat(failures).isEmpty();
        assertThat(ran).isGreaterThan(45);
    }

    static Stream<String> comparable() throws IOException {
        assumeTrue(Files.isExecutable(SYSDIG), "no " + SYSDIG + ": apt-get install sysdig");
        Set<String> without = Set.of("around", "flame", "table_generator", "tracers_2_statsd", "udp_extract", "wsysdig_summary");
        return published().stream().filter(name -> !MODULES.contains(name) && !without.contains(name)
                && !IMPROVED.containsKey(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("comparable")
    void oursPrintWhatSysdigPrints(String name) throws Exception {
        String file = CAPTURES.resolve("curl_google.scap").toString();
        List<String> theirs = sysdig(file, name).lines().toList();
        List<String> ours = new CaptureRun(file).run(new ChiselPath(List.of(), List.of()), name, ARGUMENTS.get(name))
                .lines().toList();
        if (!TIES.contains(name)) {
            assertThat(ours.stream().sorted()).containsExactlyElementsOf(theirs.stream().sorted().toList());
            return;
        }
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i).substring(0, COLUMN)).isEqualTo(theirs.get(i).substring(0, COLUMN));
        }
    }

    private static String sysdig(String file, String name) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(SYSDIG.toString(), "-r", file, "-c", name));
        if (ARGUMENTS.containsKey(name)) {
            words.add(ARGUMENTS.get(name));
        }
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("TZ", "UTC");
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
