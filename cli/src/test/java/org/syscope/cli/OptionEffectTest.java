package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What each option does, on the sample capture of this project. {@link #COVERED} is the table from option to test;
 * {@link LiveIT} and {@link LiveOptionsIT} have those that only a live run shows.
 */
class OptionEffectTest {

    private static final String SAMPLE = "../samples/refused-connection/refused-connection.scap";

    /** Options whose effect a test of this class shows. */
    private static final Set<Option> COVERED = EnumSet.of(Option.READ, Option.EXCLUDE_USERS, Option.SUPPRESS_COMM,
            Option.PRINT, Option.JSON, Option.TIME, Option.VERBOSE, Option.ASCII, Option.BASE64, Option.HEX, Option.HEX_ASCII,
            Option.RESOLVE_PORTS, Option.COLOR, Option.QUIET, Option.SUMMARY, Option.PROGRESS, Option.UNBUFFERED,
            Option.DISPLAY_FILTER, Option.DEBUG, Option.LOG_LEVEL, Option.COUNT, Option.DURATION, Option.WRITE, Option.COMPRESS,
            Option.FILE_SIZE, Option.SECONDS, Option.FILE_LIMIT, Option.EVENT_LIMIT, Option.FAT_FILE, Option.FILTER_PROCLIST,
            Option.FROM, Option.TO, Option.RING, Option.DUMP_ON, Option.SANITIZE,
            Option.CHISEL, Option.CHISEL_INFO, Option.LIST_CHISELS, Option.LIST, Option.LIST_MARKDOWN, Option.LIST_EVENTS,
            Option.HELP, Option.HELP_ALL, Option.VERSION, Option.LIBS_VERSION);

    /** Options that only a live run shows. */
    private static final Set<Option> LIVE = EnumSet.of(Option.SNAPLEN, Option.DRIVER, Option.BPF, Option.MODERN_BPF,
            Option.CPUS_PER_BUFFER, Option.PID, Option.BUFFER_SIZE, Option.FAIL_ON_DROP, Option.ENTER, Option.NO_LATENCY,
            Option.PENDING, Option.LARGE_ENVIRONMENT, Option.PAGE_FAULTS, Option.WAIT_META, Option.CRI, Option.CRI_TIMEOUT);

    @TempDir
    private Path folder;

    private record Run(int status, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private static Run run(Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new Program(new StandardOutput(out), new PrintStream(err), environment).run(List.of(words));
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Run run(String... words) {
        return run(Map.of(), words);
    }

    private static Run sample(String... words) {
        Run run = run(Stream.concat(Stream.of("-r", SAMPLE), Stream.of(words)).toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private List<String> written() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyOfferedOptionIsInTheTable() {
        for (Option option : Option.all()) {
            assertThat(COVERED.contains(option) || LIVE.contains(option)).as(option.display()).isEqualTo(option.offered());
        }
    }

    @Test
    void optionsWithoutFunctionSaySoInOneLine() {
        for (Option option : Option.all()) {
            if (!option.offered()) {
                String value = option.argument() == Option.Argument.REQUIRED ? "=x" : "";
                Run run = run("-r", SAMPLE, "--" + option.longName() + value);
                assertThat(run.status()).as(option.longName()).isEqualTo(2);
                assertThat(run.err()).hasLineCount(1).contains(option.description());
                assertThat(run.out()).isEmpty();
            }
        }
    }

    @Test
    void everyRealCaptureIsTheSameAfterRewriting() throws IOException {
        Path folderOfAll = Launcher.capture("sample.scap").getParent();
        int compared = 0;
        try (Stream<Path> captures = Files.list(folderOfAll)) {
            for (Path capture : captures.filter(path -> path.toString().endsWith(".scap")).toList()) {
                Run expected = run("-r", capture.toString());
                assertThat(expected.status()).as(capture + expected.err()).isZero();
                for (String compress : List.of("-q", "-z")) {
                    String copy = folder.resolve(capture.getFileName() + compress).toString();
                    assertThat(run("-r", capture.toString(), compress, "-w", copy).status()).isZero();
                    Run read = run("-r", copy);
                    assertThat(read.out()).as(copy).isEqualTo(expected.out());
                    assertThat(read.err()).isEqualTo(expected.err());
                }
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(11);
    }

    /** Each file's processes and users are known in what is written, whether the files follow each other or overlap. */
    @Test
    void mergedFilesKeepTheirNames() {
        String[] format = {"-p", "*%evt.rawtime %proc.name %proc.pid %fd.name %evt.type %user.name"};
        for (List<String> names : List.of(List.of("curl_google", "sample"), List.of("sample", "cat_write", "curl_google"),
                List.of("sample", "sample"))) {
            List<String> words = new ArrayList<>();
            for (String name : names) {
                words.addAll(List.of("-r", Launcher.capture(name + ".scap").toString()));
            }
            words.addAll(List.of(format));
            Run merged = run(words.toArray(String[]::new));
            assertThat(merged.lines()).hasSizeGreaterThan(400);
            Path file = folder.resolve("merged");
            words.set(words.size() - 2, "-w");
            words.set(words.size() - 1, file.toString());
            assertThat(run(words.toArray(String[]::new)).status()).isZero();
            assertThat(run("-r", file.toString(), format[0], format[1]).lines()).as(names.toString())
                    .isEqualTo(merged.lines());
        }
    }

    @Test
    void filesAreReadAndSeveralMergedByTime() {
        int once = sample().lines().size();
        assertThat(once).isGreaterThan(400);
        Run twice = run("-r", SAMPLE, "-r", SAMPLE, "-p", "*%evt.rawtime");
        assertThat(twice.lines()).hasSize(2 * once).isSorted();
    }

    @Test
    void aRangeIsShownAndCountedAlone() {
        List<String> whole = sample().lines();
        Run part = sample("--from", "#20", "--to", "#29", "-v");
        assertThat(part.lines()).isEqualTo(whole.subList(19, 29));
        assertThat(part.err()).contains("10 events, 10 shown");
        assertThat(sample("--from=-1ms").lines()).isNotEmpty().isEqualTo(
                whole.subList(whole.size() - sample("--from=-1ms").lines().size(), whole.size()));
        assertThat(run("-r", SAMPLE, "--to", "never").status()).isEqualTo(2);
    }

    @Test
    void aRecorderKeepsTheNewestEventsAndWritesThemAtAMatch() {
        String file = folder.resolve("ring.scap").toString();
        List<String> times = sample("-p", "*%evt.rawtime").lines();
        Run run = sample("-w", file, "--ring", "5ms", "--dump-on", "evt.type=connect and fd.type=ipv4");
        assertThat(run.err()).contains("ring.scap: ").contains("(--dump-on)");
        List<String> kept = run("-r", file, "-p", "*%evt.rawtime").lines();
        long last = Long.parseLong(kept.getLast());
        assertThat(run("-r", file, "-p", "%fd.name", "evt.num=" + kept.size() + " and evt.type=connect").lines()).hasSize(1);
        assertThat(kept).isEqualTo(times.stream().filter(time -> Long.parseLong(time) <= last
                && Long.parseLong(time) >= last - 5_000_000).toList());
        assertThat(run("-r", SAMPLE, "-w", file, "--ring", "5").status()).isEqualTo(2);
        assertThat(run("-r", SAMPLE, "-w", file, "--dump-on", "evt.num=1").err()).contains("needs --ring");
    }

    @Test
    void aSanitizedCaptureHasNoBuffersAndNoForeignProcesses() {
        String file = folder.resolve("clean.scap").toString();
        Run run = sample("-w", file, "--sanitize", "proc.name=sed");
        assertThat(run.err()).contains("syscope: sanitized: ").contains(" taken out");
        assertThat(run("-r", file, "-p", "%evt.arg.data", "evt.is_io=true").lines()).containsOnly("NULL");
        assertThat(run("-r", file, "-p", "*%evt.rawtime %evt.type %proc.cmdline %fd.num").lines())
                .isEqualTo(sample("-p", "*%evt.rawtime %evt.type %proc.cmdline %fd.num", "proc.name=sed").lines());
        assertThat(run("-r", file, "--from", "#1", "-p", "%proc.name", "proc.name!=sed").lines()).isEmpty();
    }

    @Test
    void theFilterIsWhatIsLeftOfTheWords() {
        assertThat(sample("evt.type=connect", "and", "fd.type=ipv4").lines()).hasSize(1).first().asString()
                .contains("ECONNREFUSED");
        assertThat(run("-r", SAMPLE, "evt.type=conect").status()).isEqualTo(2);
    }

    @Test
    void printChoosesTheLine() {
        assertThat(sample("-n", "1", "-p", "%evt.num|%proc.name").lines()).containsExactly("1|bash");
        assertThat(run("-pp").out()).isEqualTo(
                "*%evt.num %evt.outputtime %evt.cpu %proc.name (%thread.tid) %evt.dir %evt.type %evt.info\n");
        assertThat(sample("-n", "1", "-pc").out()).contains("host (host) bash");
        Run wrong = run("-r", SAMPLE, "-p", "%proc.nam");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err()).contains("proc.name");
    }

    @Test
    void listsKnowTheSourcesOfEvents() {
        assertThat(run("--list=syscall").out()).isEqualTo(run("-l").out()).isNotEmpty();
        for (String option : List.of("--list=k8s", "--list-markdown=k8s")) {
            Run other = run(option);
            assertThat(other.status()).isEqualTo(2);
            assertThat(other.out()).isEmpty();
            assertThat(other.err()).contains("'k8s' is no source of events: there is only syscall");
        }
    }

    @Test
    void aFormatWithoutAStarSaysWhatItHid() {
        Run run = sample("-p", "%fd.name");
        assertThat(run.err()).contains("lines left out because %fd.name has no value there");
    }

    @Test
    void jsonIsOneObjectALine() {
        assertThat(sample("-j", "-n", "3").lines()).hasSize(3)
                .allMatch(line -> line.startsWith("{\"evt.cpu\":") && line.endsWith("}"));
    }

    @Test
    void timesHaveFiveForms() {
        String[] forms = {"h", "[0-9:]{8}\\.[0-9]{9}", "a", "[0-9]{10}\\.[0-9]{9}", "r", "0\\.0[0-9]{8}", "d", "0\\.0[0-9]{8}",
            "D", "0\\.0[0-9]{8}"};
        for (int i = 0; i < forms.length; i += 2) {
            assertThat(sample("-t", forms[i], "-p", "*%evt.outputtime", "-n", "50").lines()).as(forms[i])
                    .allMatch(("^" + forms[i + 1] + "$").transform(java.util.regex.Pattern::compile).asPredicate());
        }
    }

    @Test
    void buffersHaveFiveForms() {
        String[] filter = {"evt.type=read", "and", "fd.name", "contains", "shop.conf", "and", "evt.rawres>0", "-n", "1",
            "-p", "%evt.arg.data"};
        assertThat(buffer(filter)).isEqualTo("backend=127.0.0.1.port=5433.\n");
        assertThat(buffer(filter, "-A")).isEqualTo("\nbackend=127.0.0.1\nport=5433\n\n");
        assertThat(buffer(filter, "-b")).isEqualTo("YmFja2VuZD0xMjcuMC4wLjEKcG9ydD01NDMzCg==\n");
        assertThat(buffer(filter, "-x")).contains("0x0000: 6261 636b").doesNotContain("back");
        assertThat(buffer(filter, "-X")).contains("0x0000: 6261 636b").contains("backend=127.0.0.");
    }

    private static String buffer(String[] filter, String... more) {
        return sample(Stream.concat(Stream.of(more), Stream.of(filter)).toArray(String[]::new)).out();
    }

    @Test
    void verboseShowsWholeBuffersAndTotals() {
        String[] filter = {"evt.type=read", "and", "fd.name", "contains", "libc.so", "and", "evt.rawres>80", "-n", "1",
            "-p", "%evt.arg.data"};
        int cut = buffer(filter).length();
        Run verbose = sample(Stream.concat(Stream.of("-v"), Stream.of(filter)).toArray(String[]::new));
        assertThat(cut).isEqualTo(81);
        assertThat(verbose.out().length()).isGreaterThanOrEqualTo(cut);
        assertThat(verbose.err()).matches("(?s)syscope: [0-9,]+ events, 1 shown in .*a second\n");
        assertThat(sample("-n", "1").err()).isEmpty();
    }

    @Test
    void portsAreResolvedOnRequest() {
        assertThat(sample("-p", "%evt.arg.addr", "evt.type=connect", "and", "fd.type=ipv4").out()).isEqualTo("127.0.0.1:5433\n");
        assertThat(sample("-R", "-p", "%evt.arg.addr", "evt.type=connect", "and", "fd.type=ipv4").out())
                .endsWith(":5433\n").doesNotContain("127.0.0.1");
    }

    @Test
    void coloursOnRequest() {
        assertThat(sample("-n", "1", "--color=always").out()).contains("\u001b[01;32mbash\u001b[00m (");
        assertThat(sample("-n", "1").out()).doesNotContain("\u001b");
    }

    @Test
    void quietPrintsNothingAndTheSummaryAtTheEnd() {
        assertThat(sample("-q").out()).isEmpty();
        assertThat(sample("-q", "-S").lines().getLast()).endsWith("  total");
        assertThat(sample("-q", "-S").out()).containsPattern(" +[0-9]+ +.*  connect\n");
        assertThat(sample("-q", "-S", "proc").out()).containsPattern("  sed +read\n");
    }

    @Test
    void progressEndsAtAHundredPercent() {
        assertThat(sample("-q", "-P").err()).endsWith("\r100.00 %\n");
    }

    @Test
    void theCountEndsTheRun() {
        assertThat(sample("-n", "7", "--unbuffered").lines()).hasSize(7);
        assertThat(sample("-n", "2", "evt.type=read").lines()).hasSize(2);
    }

    @Test
    void theTimeOfTheEventsEndsTheRun() {
        List<String> all = sample("-p", "*%evt.reltime.ns").lines();
        List<String> cut = sample("-M", "0.01", "-p", "*%evt.reltime.ns").lines();
        assertThat(cut).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(Long.parseLong(cut.getLast())).isLessThan(10_000_000L);
    }

    @Test
    void theDisplayFilterChoosesLinesOnly() throws IOException {
        Path file = folder.resolve("f");
        sample("-d", "evt.type=connect", "-w", file.toString());
        assertThat(run("-r", file.toString()).lines()).isEqualTo(sample().lines());
        assertThat(sample("-d", "evt.type=connect").lines()).isEqualTo(sample("evt.type=connect").lines());
        assertThat(sample("-d", "-S", "evt.type=connect").out()).contains("  read\n");
    }

    @Test
    void suppressedProcessesAndTheirChildrenDoNotExist() {
        assertThat(sample("-U", "sed", "-p", "*%proc.name").lines()).isNotEmpty().doesNotContain("sed");
        assertThat(sample("-U", "bash").out()).isEmpty();
    }

    @Test
    void debugShowsInternalEventsAndStackTraces() {
        assertThat(run("-r", "/nonexistent").err()).hasLineCount(1);
        assertThat(run("-D", "-r", "/nonexistent").err()).contains("\tat ");
        assertThat(sample("-D").lines().size()).isGreaterThanOrEqualTo(sample().lines().size());
    }

    @Test
    void writingKeepsEveryLine() throws IOException {
        Path plain = folder.resolve("plain");
        Path gzip = folder.resolve("gzip");
        assertThat(sample("-w", plain.toString()).out()).isEmpty();
        sample("-z", "-w", gzip.toString());
        assertThat(run("-r", plain.toString()).out()).isEqualTo(sample().out());
        assertThat(run("-r", gzip.toString()).out()).isEqualTo(sample().out());
        assertThat(Files.size(gzip)).isLessThan(Files.size(plain) / 2);
        assertThat(Files.readAllBytes(gzip)).startsWith(0x1f, 0x8b);
    }

    @Test
    void filesRotateByNumberSizeAndTime() throws IOException {
        sample("-e", "100", "-W", "2", "-w", folder.resolve("e").toString());
        assertThat(written()).containsExactlyInAnyOrder("e0", "e1");
        sample("-C", "1", "-w", folder.resolve("c").toString());
        assertThat(written()).contains("c0").doesNotContain("c1");
        sample("-G", "1", "-w", folder.resolve("g").toString());
        assertThat(written()).contains("g0");
        int last = run("-r", folder.resolve("e1").toString()).lines().size();
        assertThat(last).isBetween(1, 100);
    }

    @Test
    void aFilteredFileKeepsNamesRight() throws IOException {
        Path file = folder.resolve("fat");
        sample("-F", "-w", file.toString(), "evt.type=read");
        assertThat(run("-r", file.toString(), "-p", "*%proc.name %fd.name").lines())
                .isEqualTo(sample("-p", "*%proc.name %fd.name", "evt.type=read").lines());
    }

    @Test
    void theProcessTableIsFilteredOnRequest() throws IOException {
        Path all = folder.resolve("all");
        Path few = folder.resolve("few");
        sample("-w", all.toString(), "proc.name=sed");
        sample("--filter-proclist", "-w", few.toString(), "proc.name=sed");
        assertThat(run("-r", few.toString(), "-p", "*%proc.name").lines()).isNotEmpty().containsOnly("sed");
        assertThat(Files.size(few)).isLessThan(Files.size(all));
        assertThat(run("--filter-proclist", "-r", SAMPLE, "-w", few.toString()).status()).isEqualTo(2);
    }

    @Test
    void usersAreLeftOutOnRequest() {
        String capture = Launcher.capture("curl_google.scap").toString();
        assertThat(run("-r", capture, "-p", "*%user.name").lines()).contains("ubuntu").doesNotContain("<NA>");
        assertThat(run("-E", "-r", capture, "-p", "*%user.name").lines()).contains("<NA>").doesNotContain("ubuntu");
    }

    @Test
    void chiselsRunAndAreListed() {
        assertThat(sample("-c", "topprocs_errors").out()).contains("bash");
        assertThat(run("-cl").out()).isEqualTo(run("--list-chisels").out()).contains("topfiles_bytes");
        assertThat(run("-i", "spy_port").out()).contains("host_port");
        assertThat(run("-c", "nosuch").status()).isEqualTo(2);
        assertThat(run("-r", SAMPLE, "-c", "spy_port").status()).isEqualTo(2);
    }

    @Test
    void listsAndTexts() {
        assertThat(run("-l").out()).contains("proc.name").doesNotContain("Type:");
        assertThat(run("-lv").out()).contains("Type:");
        assertThat(run("--list-markdown").out()).contains("| `proc.name` |");
        assertThat(run("-l", "-j").out()).startsWith("[\n{").endsWith("}\n]\n")
                .contains("{\"class\":\"process\",\"name\":\"proc.name\",\"argument\":\"\",\"type\":\"CHARBUF\"");
        assertThat(run("-L").out()).contains("< connect(ERRNO res, SOCKTUPLE tuple");
        assertThat(run("--help").out()).isEqualTo(Help.brief());
        assertThat(run("--help-all").out()).isEqualTo(Help.full());
        assertThat(run("--version").out()).startsWith("syscope version ");
        assertThat(run("--libs-version").out()).contains("event schema");
    }

    @Test
    void infoTellsWhatACaptureHolds() {
        Run info = run("info", SAMPLE);
        assertThat(info.status()).isZero();
        assertThat(info.out()).contains("Machine     demo, ").contains("Events      ").containsPattern(" +[0-9]+  sed \\(");
        assertThat(run("info", "/nonexistent").status()).isEqualTo(1);
    }

    @Test
    void logLevelsChooseMessages() {
        assertThat(sample("--log-level", "error", "-p", "%fd.name").err()).isEmpty();
    }

    @Test
    void theConfigurationFileGivesDefaults() throws IOException {
        Files.createDirectories(folder.resolve("syscope"));
        Files.writeString(folder.resolve("syscope/config"), "print = %evt.num");
        Run run = run(Map.of("XDG_CONFIG_HOME", folder.toString()), "-r", SAMPLE, "-n", "1");
        assertThat(run.out()).isEqualTo("1\n");
    }

    @Test
    void generatedTextsKnowTheOptions() {
        assertThat(run("generate", "man").out()).contains("\\-\\-filter\\-proclist");
        assertThat(run("generate", "bash").out()).contains("--filter-proclist").contains("proc.name").contains("openat");
        assertThat(run("generate", "zsh").out()).startsWith("#compdef syscope");
        assertThat(run("generate", "fish").out()).contains("-l filter-proclist");
        assertThat(run("generate", "csh").status()).isEqualTo(2);
    }
}
