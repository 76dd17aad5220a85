package org.syscope.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code syscope ui} for scripts, and what each of its options does; on the sample capture of this project. */
class UiCommandTest {

    private static final String SAMPLE = "../samples/refused-connection/refused-connection.scap";

    /** Options whose effect a test of this class shows. */
    private static final Set<UiOption> COVERED = EnumSet.of(UiOption.VIEW, UiOption.DELAY, UiOption.PRINT, UiOption.RAW,
            UiOption.JSON, UiOption.INTERACTIVE, UiOption.FROM, UiOption.TO, UiOption.SORTINGCOL, UiOption.ASCII,
            UiOption.HEX_ASCII, UiOption.LOGFILE, UiOption.READ, UiOption.COUNT, UiOption.LIST_VIEWS,
            UiOption.LIST, UiOption.HELP, UiOption.VERSION, UiOption.DEBUG, UiOption.FORCE_TERM_COMPAT);

    /** Options that are passed on as they are to what syscope itself does with them. */
    private static final Set<UiOption> PASSED = EnumSet.of(UiOption.SNAPLEN, UiOption.DRIVER, UiOption.MODERN_BPF, UiOption.BPF,
            UiOption.CPUS_PER_BUFFER, UiOption.LARGE_ENVIRONMENT, UiOption.CRI, UiOption.CRI_TIMEOUT, UiOption.PAGE_FAULTS,
            UiOption.RESOLVE_PORTS, UiOption.EXCLUDE_USERS, UiOption.PID, UiOption.BUFFER_SIZE);

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
        int status = new Program(new StandardOutput(out), new PrintStream(err), environment)
                .run(Stream.concat(Stream.of("ui"), Stream.of(words)).toList());
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

    private static String refused(String... words) {
        Run run = run(words);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        return run.err();
    }

    /** Reads JSON to its end, which fails if it is none. */
    private static void check(String json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                assertThat(parser.currentTokenLocation()).isNotNull();
            }
        }
    }

    @Test
    void everyOfferedOptionIsInTheTable() {
        for (UiOption option : UiOption.all()) {
            assertThat(COVERED.contains(option) || PASSED.contains(option)).as(option.display())
                    .isEqualTo(option.group() != UiOption.Group.ABSENT);
        }
    }

    @Test
    void whatSyscopeItselfKnowsIsPassedOn() throws UsageException {
        UiSettings settings = new UiSettings(List.of("-s", "200", "--modern-bpf", "--cpus-for-each-buffer=2", "-R",
                "--large-environment", "--cri", "/run/x.sock", "--cri-timeout", "700", "--page-faults", "-E", "proc.name=a", "--",
                "ls", "-l"));
        assertThat(settings.source().snaplen()).isEqualTo(200);
        assertThat(settings.source().cpusPerBuffer()).isEqualTo(2);
        assertThat(settings.source().values(Option.CRI)).containsExactly("/run/x.sock");
        assertThat(settings.source().command()).containsExactly("ls", "-l");
        for (Option option : List.of(Option.MODERN_BPF, Option.RESOLVE_PORTS, Option.LARGE_ENVIRONMENT, Option.PAGE_FAULTS,
                Option.EXCLUDE_USERS, Option.CRI_TIMEOUT)) {
            assertThat(settings.source().has(option)).as(option.display()).isTrue();
        }
        assertThat(settings.filter()).isEqualTo("proc.name=a");
        UiSettings process = new UiSettings(List.of("--pid", "7", "--buffer-size", "1M"));
        assertThat(process.source().pids()).containsExactly(7);
        assertThat(process.source().has(Option.BUFFER_SIZE)).isTrue();
        assertThat(new UiSettings(List.of("--driver", "universal")).source().has(Option.DRIVER)).isTrue();
    }

    @Test
    void aViewAsJsonIsCsysdigs() throws IOException {
        Run run = sample("-j", "-v", "errors");
        check(run.out());
        assertThat(run.out()).startsWith("{\"slices\": [\n{\"progress\": 0},\n{\"progress\": 100, \"data\": [\n{\"d\":[")
                .contains("{\"d\":[1,\"ECONNREFUSED\"],\"k\":\"ECONNREFUSED\"}")
                .contains("\"filterTemplate\":\"(evt.res != SUCCESS) and evt.res=\\\"@#$f1CA^&;\\\"\"").endsWith("}}\n]}\n");
        assertThat(sample("-j", "-v", "errors", "proc.name=nosuch").out()).contains("{\"progress\": 100, \"count\": 0, ");
    }

    @Test
    void rowsCanBeChosenAndSorted() {
        List<String> all = rows(sample("-j", "-v", "syscalls", "--sortingcol", "4"));
        assertThat(all).isSorted().hasSizeGreaterThan(8);
        assertThat(rows(sample("-j", "-v", "syscalls", "--sortingcol=4", "--from=2", "--to=4"))).isEqualTo(all.subList(2, 5));
        assertThat(refused("-r", SAMPLE, "-j", "--from", "5", "--to", "2"))
                .contains("'to' argument cannot be smaller than the 'from' one");
        assertThat(refused("-r", SAMPLE, "--raw", "-v", "syscalls", "--sortingcol", "9")).contains("table sorting column 9");
    }

    private static List<String> rows(Run run) {
        return run.lines().stream().filter(line -> line.startsWith("{\"d\":")).map(line -> line.replaceAll(".*\"k\":\"", ""))
                .map(line -> line.replaceAll("\"}.*", "")).toList();
    }

    @Test
    void eventsAndTheirDataAsJson() throws IOException {
        Run dig = sample("-j", "-v", "dig", "evt.type=connect and fd.type=ipv4");
        check(dig.out());
        assertThat(dig.out()).contains("\"count\": 1, \"data\": [\"").contains(" connect res=-111(ECONNREFUSED)");
        Run echo = sample("-j", "-v", "echo", "-A", "proc.name=sed");
        check(echo.out());
        assertThat(echo.out()).contains("\"d\":\"<\"").contains("\"p\":\"sed\"");
        assertThat(sample("-j", "-v", "echo", "-X", "proc.name=sed").out()).contains("0x0000: ");
        assertThat(refused("-r", SAMPLE, "-j", "-A", "-X")).contains("buffers have one format");
    }

    @Test
    void rawIsPlainText() {
        Run run = sample("--raw", "-v", "errors");
        assertThat(run.lines()).contains("         1 ECONNREFUSED ").last().asString().isEqualTo("-".repeat(22));
        assertThat(sample("--raw", "-v", "dig", "-n", "12").lines()).hasSize(12);
        assertThat(sample("--raw", "-v", "echo", "proc.name=sed").out()).startsWith("------ Read ");
        assertThat(refused("--raw", "-j")).contains("output has one form");
    }

    @Test
    void containersHaveColumnsOfTheirOwn() {
        assertThat(sample("-j", "-pc", "-v", "procs").out()).contains("\"name\":\"CONTAINER\"").contains("\"name\":\"VPID\"");
        assertThat(sample("-j", "-v", "procs").out()).doesNotContain("\"name\":\"CONTAINER\"");
        assertThat(refused("-p", "%evt.num")).contains("views know only -pc");
    }

    @Test
    void intervalsHaveALeastLength() {
        assertThat(refused("-d", "50")).contains("Period must be bigger than 100ms");
        assertThat(refused("-d", "soon")).contains("can't parse the -d argument, make sure it's a number");
        assertThat(sample("--raw", "-d", "100", "-v", "errors").lines()).hasSizeGreaterThan(1);
    }

    @Test
    void whatThereIsNotIsRefusedInOneLine() {
        assertThat(refused("-r", SAMPLE, "--raw", "-v", "nosuch")).contains("view nosuch not found");
        Run wrong = run("-r", SAMPLE, "--raw", "evt.typ=open");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.err().lines()).startsWith("syscope: filter error at position 0: filter_check called with nonexistent "
                + "field evt.typ", "  evt.typ=open", "  ^^^^^^^");
        assertThat(refused("-k", "http://x")).contains("Kubernetes");
        assertThat(refused("-T")).contains("tracers are obsolete");
        assertThat(refused("--force-term-compat", "--raw")).contains("--force-term-compat");
        assertThat(refused("--from", "3")).contains("need -j or --raw");
        Run missing = run("-r", "nosuch.scap", "--raw");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).contains("nosuch.scap").doesNotContain("\tat ");
        assertThat(run("-r", "nosuch.scap", "--raw", "--debug").err()).contains("\tat ");
    }

    @Test
    void viewsAndFieldsAreListed() throws IOException {
        Run views = run("--list-views");
        check(views.out());
        assertThat(views.out()).contains("\"id\":\"procs\"").contains("\"id\":\"pending\"").contains("\"isRoot\":true");
        assertThat(run("-l").out()).contains("evt.count");
        assertThat(run("--version").out()).isEqualTo("syscope version " + Program.version() + "\n");
        Run help = run("--help");
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        for (UiOption option : UiOption.all()) {
            assertThat(help.out().contains("--" + option.longName())).as(option.display()).isEqualTo(option.offered());
        }
    }

    @Test
    void warningsGoToTheLogFile() throws IOException {
        Files.writeString(folder.resolve("v_own.lua"), "view_info = {}");
        Path log = folder.resolve("log");
        Map<String, String> environment = Map.of("SYSDIG_CHISEL_DIR", folder.toString());
        assertThat(run(environment, "--list-views").err()).contains("v_own.lua: a view has no id");
        Run logged = run(environment, "--list-views", "--logfile", log.toString());
        assertThat(logged.err()).isEmpty();
        assertThat(Files.readString(log)).contains("v_own.lua: a view has no id");
    }

    @Test
    void aScriptCanGoThroughViews() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("""
                {"action": "drilldown", "args": {"rownum": 0}}
                {"action": "drillup"}
                {"action": "apply", "args": {"view": "nosuch"}}
                {"action": "apply", "args": {"view": "files"}}
                nonsense
                {"action": "dance"}
                {"action": "quit"}
                """.getBytes(StandardCharsets.UTF_8)));
        try {
            Run run = sample("--interactive", "-v", "errors");
            assertThat(run.lines().getFirst()).isEqualTo("ready");
            check(run.out().substring("ready\n".length()));
            assertThat(run.lines().stream().filter(line -> line.contains("\"info\": "))
                    .map(line -> line.replaceAll(".*\"drillDownKeyField\":\"([^\"]*)\".*", "$1")))
                    .containsExactly("evt.res", "proc.pid", "evt.res", "fd.name");
            assertThat(run.err()).contains("view nosuch not found").contains("unable to parse the json input")
                    .contains("invalid action: dance");
        } finally {
            System.setIn(before);
        }
    }
}
