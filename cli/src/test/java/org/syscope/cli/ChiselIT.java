package org.syscope.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** Chisels from the command line: lists, runs over a real capture, scripts of one's own, and what goes wrong. */
class ChiselIT {

    @TempDir
    private Path folder;
    private String capture;

    @BeforeEach
    void findCapture() {
        capture = Launcher.capture("curl_google.scap").toString();
    }

    private static void failsWithOneLine(Result result, int status, String words) {
        assertThat(result.errorLines()).hasSize(1).first().asString().startsWith("syscope: ").contains(words);
        assertThat(result.status()).isEqualTo(status);
    }

    private String script(String body) throws Exception {
        Path file = folder.resolve("mine.lua");
        Files.writeString(file, "description = 'd' short_description = 's' category = 'c' args = {}\n" + body);
        return file.toString();
    }

    @Test
    void listsAndDescribes() throws Exception {
        Result list = Launcher.run("-cl");
        assertThat(list.text()).startsWith("\nCategory: Application\n").contains("\nCategory: Net\n", "\ntopprocs_net ");
        assertThat(list.err()).isEmpty();
        assertThat(Launcher.run("--list-chisels").text()).isEqualTo(list.text());
        assertThat(Launcher.run("-i", "fileslower").text()).contains("[int] min_ms - ", "[string] disable_color - ");
    }

    @Test
    void printsTheTableOfAFile() throws Exception {
        Result result = Launcher.run("-r", capture, "-c", "topprocs_net");
        assertThat(result.text().lines()).hasSize(3).last().isEqualTo("11.40KB             curl                17497");
        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
    }

    @Test
    void filtersArgumentsSeveralChiselsAndJsonGoTogether() throws Exception {
        Result result = Launcher.run("-r", capture, "-j", "-c", "fdbytes_by", "proc.name", "-c", "topports_server",
                "fd.sport=53");
        assertThat(result.text().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"ts\":") && line.contains("92]"));
    }

    @Test
    void eventsAroundMatchesAreWrittenByASecondRun() throws Exception {
        Path file = folder.resolve("around.scap");
        Result result = Launcher.run("-r", capture, "-c", "around", file + " 1", "evt.type=connect and evt.dir=<");
        assertThat(result.status()).isZero();
        assertThat(result.text()).contains("Saving events around 4 syslog entries");
        long shown = Launcher.run("-r", file.toString()).text().lines().count();
        assertThat(shown).isBetween(10L, 1000L);
    }

    @Test
    void dataOfUdpSocketsGoesIntoFiles() throws Exception {
        Result result = Launcher.shell("cd '" + folder + "' && syscope -r '" + capture + "' -c udp_extract");
        assertThat(result.err()).isEmpty();
        assertThat(result.text()).isEmpty();
        try (Stream<Path> files = Files.list(folder.resolve("udp_dump_files"))) {
            List<Path> written = files.toList();
            assertThat(written).hasSize(1);
            assertThat(written.getFirst().getFileName().toString()).endsWith("-2001_4860_4860__8888_53");
            assertThat(new String(Files.readAllBytes(written.getFirst()), StandardCharsets.ISO_8859_1))
                    .contains("\3www\6google\3com");
        }
    }

    @Test
    void scriptsOfOnesOwnAreFoundByPathAndVariable() throws Exception {
        String own = script("function on_capture_end() print('done', sysdig.get_evtsource_name() ~= '') end");
        assertThat(Launcher.run("-r", capture, "-c", own).text()).isEqualTo("done\ttrue\n");
        assertThat(Launcher.run(Map.of("SYSDIG_CHISEL_DIR", folder.toString()), "-r", capture, "-c", "mine").text())
                .isEqualTo("done\ttrue\n");
    }

    @Test
    void whatIsWrongIsSaidInOneLine() throws Exception {
        failsWithOneLine(Launcher.run("-r", capture, "-c", "nosuch"), 2, "chisel nosuch not found - use -cl to list them");
        failsWithOneLine(Launcher.run("-i", "nosuch"), 2, "chisel nosuch not found");
        failsWithOneLine(Launcher.run("-r", capture, "-c", "fileslower"), 2, "missing arguments for chisel fileslower");
        failsWithOneLine(Launcher.run("-r", capture, "-c", script("x = = 1")), 1, "mine.lua:2: unexpected symbol near '='");
        failsWithOneLine(Launcher.run("-r", capture, "-c", script("function on_event() x.y = 1 end")), 1,
                "mine.lua:2: attempt to index global 'x' (a nil value)");
        failsWithOneLine(Launcher.run("-r", capture, "-c", "fdbytes_by", "proc.nam"), 1, "proc.name");
    }

    @Test
    void aScriptEndsTheToolWithTheStatusItWants() throws Exception {
        Result result = Launcher.run("-r", capture, "-c", script("function on_event() print('out') os.exit(3) end"));
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.text()).isEqualTo("out\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void anEndlessLoopEndsOnInterrupt() throws Exception {
        String loop = script("function on_event() io.stderr:write('looping\\n') while true do end end");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(Launcher.PROGRAM.toString(), "-r", capture, "-c", loop)
                .redirectError(err.toFile()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.readString(err).contains("looping") && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(err)).endsWith("error in on_event(): interrupted\n");
    }
}
