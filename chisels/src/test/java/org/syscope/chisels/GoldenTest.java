package org.syscope.chisels;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Our chisels on real captures: what they print equals files made once, looked through, and held against sysdig 0.29.3.
 * The cases are the lines of {@code golden/cases.tsv}: name, capture, chisel, arguments, filter, options (c for -pc, j for
 * -j).
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final Path CAPTURES = Path.of(
            System.getenv().getOrDefault("SYSCOPE_CAPTURES", "../../shared/captures"));
    private static final TimeZone ZONE = TimeZone.getDefault();

    record Case(String name, String capture, String chisel, String arguments, String filter, String options) {
        static Case of(String line) {
            String[] cells = line.split("\t", -1);
            return new Case(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5]);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void useUniversalTime() {
        assumeTrue(Files.isDirectory(CAPTURES), "no captures in " + CAPTURES);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    @AfterAll
    static void useLocalTimeAgain() {
        TimeZone.setDefault(ZONE);
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(GOLDEN.resolve("cases.tsv")).stream().map(Case::of);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void printsWhatItPrinted(Case c) throws Exception {
        CaptureRun run = new CaptureRun(CAPTURES.resolve(c.capture() + ".scap").toString()).showing(c.filter());
        if (c.options().contains("c")) {
            run.withContainers();
        }
        if (c.options().contains("j")) {
            run.asJson();
        }
        String printed = run.run(new ChiselPath(List.of(), List.of()), c.chisel(),
                c.arguments().isEmpty() ? null : c.arguments());
        assertThat(printed).isEqualTo(Files.readString(GOLDEN.resolve(c.name() + ".txt"), StandardCharsets.UTF_8));
    }

    @Test
    void everyChiselHasACase() throws Exception {
        List<String> tried = cases().map(Case::chisel).toList();
        List<String> listed = new ChiselLibrary(new ChiselPath(List.of(), List.of())).list(problem -> {
        }).stream().filter(chisel -> !chisel.hidden()).map(ChiselInfo::name).toList();
        assertThat(tried).containsAll(listed.stream().filter(name -> !name.equals("udp_extract")).toList());
    }
}
