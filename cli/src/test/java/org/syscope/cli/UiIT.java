package org.syscope.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code syscope ui} as a person uses it: in a terminal, with keys, looked at. */
class UiIT {

    private static final int COLUMNS = 100;
    private static final int ROWS = 26;
    /** Views about what no capture of ours has; an installed sysdig brings some of them. */
    private static final Pattern OTHERS = Pattern.compile("^(K8s|Marathon|Mesos|Spans|Traces|Docker)");

    private Path curl;
    private Tmux terminal;

    @BeforeEach
    void begin() throws Exception {
        curl = Launcher.capture("curl_google.scap");
        terminal = new Tmux(COLUMNS, ROWS, Map.of("SYSCOPE", Launcher.PROGRAM.toString()));
    }

    @AfterEach
    void end() throws Exception {
        if (terminal != null) {
            terminal.close();
        }
    }

    private void start(String arguments) throws IOException, InterruptedException {
        terminal.command("echo before; $SYSCOPE ui " + arguments + "; echo status=$?");
        terminal.await("Viewing: ", "Source: ", "Filter: ");
    }

    /** What the shell's screen is after the UI has ended. */
    private String ended(int status) throws IOException, InterruptedException {
        String screen = terminal.await(each -> each.contains("status=" + status) && each.contains("before"));
        assertThat(terminal.state("#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{mouse_sgr_flag} #{wrap_flag}"))
                .as("screen, cursor, mouse and line wrapping are as before").isEqualTo("0 1 0 0 1");
        terminal.command("stty -a | tr ' ;' '\\n\\n' | grep -xE -e '-?(icanon|echo|isig|icrnl|ixon)' | sort | tr '\\n' ' '");
        terminal.await("echo icanon icrnl isig ixon");
        return screen;
    }

    private String awaitView(String name) throws IOException, InterruptedException {
        return terminal.await(screen -> screen.startsWith("Viewing: " + name + "  ") && !screen.contains("reading ")
                && !screen.contains("Reading ..."));
    }

    private void choose(String view) throws IOException, InterruptedException {
        terminal.keys("F2");
        terminal.await("Select View");
        terminal.type(view);
        terminal.keys("Enter");
    }

    private static List<String> rows(String screen) {
        return Arrays.stream(screen.split("\n")).skip(3).limit(ROWS - 5).filter(line -> !line.isBlank()).toList();
    }

    @Test
    void everyViewOpens() throws Exception {
        List<String> empty = List.of("Containers", "Containers Errors", "New Connections", "Socket Queues", "Slow File I/O",
                "Spy Syslog", "Pending");
        start("-r " + curl);
        awaitView("Processes");
        Result listed = Launcher.run("ui", "--list-views");
        String[] views = listed.text().split("\\{\"appliesTo\":\\[\"\"");
        int opened = 0;
        for (String view : Arrays.asList(views).subList(1, views.length)) {
            String name = view.replaceAll("(?s).*?\"name\":\"([^\"]*)\".*", "$1");
            if (view.contains("\"nocsysdig\"") || OTHERS.matcher(name).find()) {
                continue;
            }
            choose(name);
            String screen = awaitView(name);
            assertThat(screen).as(name).contains("F1Help", "F10Quit");
            if (!empty.contains(name)) {
                assertThat(rows(screen)).as(name).isNotEmpty();
                assertThat(screen).as(name).doesNotContain("Nothing of this kind");
            }
            opened++;
        }
        assertThat(opened).isGreaterThan(15);
        terminal.keys("q");
        assertThat(ended(0)).doesNotContain("Viewing:");
    }

    @Test
    void sortSearchAndFilter() throws Exception {
        start("-r " + curl + " -v syscalls");
        awaitView("System Calls");
        terminal.keys("F9");
        terminal.await("Sort by");
        terminal.keys("End", "Enter");
        List<String> names = rows(terminal.await("SYSCALL▲")).stream().map(line -> line.strip().replaceAll(".* ", "")).toList();
        assertThat(names).isNotEmpty().isSorted();
        terminal.type("$");
        terminal.await("SYSCALL▼");
        terminal.type("/");
        terminal.type("mprotect");
        terminal.await("Search: mprotect");
        terminal.keys("Enter");
        awaitSelected("mprotect");
        terminal.type("\\");
        terminal.type("mmap");
        terminal.await(screen -> rows(screen).size() == 1 && rows(screen).getFirst().contains("mmap"));
        terminal.keys("C-u", "Enter");
        terminal.await(screen -> rows(screen).size() > 5);
        terminal.type("=");
        terminal.await("Filter: syscall.type exists");
        terminal.keys("C-u");
        terminal.type("evt.type=bogus.");
        terminal.keys("Enter");
        terminal.await("bogus");
        terminal.keys("C-u");
        terminal.type("evt.type=close");
        terminal.keys("Enter");
        terminal.await(screen -> screen.contains("Filter: evt.type=close") && rows(screen).size() == 1
                && rows(screen).getFirst().contains("close"));
    }

    /** The text of the selected row: that with a background from its first cell on. */
    private String selected() throws IOException, InterruptedException {
        return Arrays.stream(terminal.colored().split("\n")).skip(3).filter(line -> line.startsWith("\033[38;5;16m\033[48;5;80m"))
                .findFirst().orElse("").replaceAll("\033\\[[0-9;]*m", "");
    }

    private String awaitSelected(String text) throws IOException, InterruptedException {
        String[] selected = new String[1];
        terminal.await(screen -> {
            try {
                selected[0] = selected();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
            return selected[0].contains(text);
        });
        return selected[0];
    }

    @Test
    void drillDownThreeLevelsAndBack() throws Exception {
        start("-r " + curl);
        awaitView("Processes");
        terminal.type("/");
        terminal.type("curl -6");
        terminal.keys("Enter", "Enter");
        String threads = awaitView("Threads");
        assertThat(threads).contains("› proc.pid=");
        terminal.keys("Enter");
        awaitView("Files");
        terminal.type("/");
        terminal.type("libc.so");
        terminal.keys("Enter");
        String file = awaitSelected("libc.so");
        terminal.keys("Enter");
        String third = awaitView("Processes");
        assertThat(third.lines().findFirst().orElseThrow()).contains("fd.name=");
        assertThat(rows(third)).hasSize(1);
        terminal.keys("BSpace");
        awaitView("Files");
        assertThat(awaitSelected("libc.so")).as("the row is still selected").isEqualTo(file);
        terminal.keys("BSpace");
        awaitView("Threads");
        terminal.keys("BSpace");
        assertThat(awaitView("Processes").lines().findFirst().orElseThrow()).doesNotContain("›");
        terminal.keys("BSpace");
        terminal.await("this is where you began");
    }

    @Test
    void digEchoAndSpectrogram() throws Exception {
        start("-r " + curl);
        awaitView("Processes");
        terminal.type("/");
        terminal.type("curl -6");
        terminal.keys("Enter", "F6");
        String dig = awaitView("Events");
        assertThat(rows(dig)).isNotEmpty().allMatch(line -> line.matches("\\d+ \\d\\d:\\d\\d:.* curl \\(\\d+\\).*"));
        terminal.keys("C-f");
        terminal.type("connect");
        terminal.keys("Enter");
        terminal.await("> connect");
        terminal.keys("q");
        awaitView("Processes");
        terminal.keys("F5");
        String echo = awaitView("I/O");
        assertThat(echo).contains("curl");
        terminal.keys("F2");
        terminal.await("Show data as");
        terminal.keys("End", "Enter");
        terminal.await(screen -> screen.lines().anyMatch(line -> line.matches(".*0x0000: [0-9a-f]{4} [0-9a-f]{4}.*")));
        terminal.keys("BSpace");
        awaitView("Processes");
        terminal.keys("F12");
        String spectrogram = awaitView("Spectrogram-All");
        assertThat(spectrogram).contains("LATENCY", "100us", "few", "many");
        terminal.keys("Up", "Home", "Space", "End");
        terminal.await("Enter shows its events");
        terminal.keys("Enter");
        assertThat(rows(awaitView("Events"))).isNotEmpty();
    }

    @Test
    void actionWithConfirmation() throws Exception {
        Process victim = new ProcessBuilder("sleep", "300").start();
        try {
            Path views = Files.createDirectory(terminal.folder().resolve("chisels"));
            Path view = views.resolve("v_one.lua");
            Files.writeString(view, """
                    view_info = { id = "one", name = "One", description = "one", applies_to = {""}, is_root = true,
                      use_defaults = true, columns = { { name = "NA", field = "proc.pid", is_key = true },
                        { name = "PID", field = "proc.pid", colsize = 8, is_sorting = true } },
                      actions = { { hotkey = "k", command = "kill PID; echo %proc.pid > done", description = "kill",
                        ask_confirmation = true, wait_finish = false },
                        { hotkey = "u", command = "echo the terminal is mine", description = "say something" } } }
                    """.replace("PID;", victim.pid() + ";"));
            start("-r " + curl + " -v one");
            awaitView("One");
            terminal.type("k");
            terminal.await("Run 'kill " + victim.pid(), "(y/n)");
            terminal.type("n");
            terminal.await("not done");
            assertThat(victim.isAlive()).isTrue();
            terminal.keys("F8");
            terminal.await("Actions", "k  kill", "Asks first.");
            terminal.type("k");
            terminal.await("(y/n)");
            terminal.type("y");
            assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
            terminal.await(": done");
            terminal.type("u");
            terminal.await("the terminal is mine", "press Enter");
            assertThat(terminal.state("#{alternate_on}")).isEqualTo("0");
            terminal.keys("Enter");
            awaitView("One");
            terminal.keys("F10");
            ended(0);
            assertThat(terminal.folder().resolve("done")).exists();
            Files.delete(terminal.folder().resolve("done"));
            Files.delete(view);
            Files.delete(views);
        } finally {
            victim.destroyForcibly();
        }
    }

    @Test
    void helpLegendAndCommandLine() throws Exception {
        start("-r " + curl + " -v files");
        awaitView("Files");
        terminal.keys("F1");
        terminal.await("\nHelp", "drill down", "Backspace");
        terminal.keys("Escape");
        terminal.keys("F7");
        terminal.await("\nLegend", "Columns");
        terminal.keys("Escape");
        terminal.keys("F11");
        terminal.await("Command Line", "syscope ui", "-r");
        terminal.keys("Escape");
        awaitView("Files");
    }

    /** Without them the first picture takes twice as long. */
    @Test
    void theStartUpCacheHasTheClassesOfTheUi() throws Exception {
        Path loaded = terminal.folder().resolve("loaded");
        terminal.command("SYSCOPE_JAVA_OPTS=-Xlog:class+load:file=" + loaded + " $SYSCOPE ui -r " + curl);
        awaitView("Processes");
        terminal.keys("q");
        terminal.await(screen -> !screen.contains("Viewing:"));
        List<String> lines = Files.readAllLines(loaded);
        for (String name : List.of("ui.UiLoop", "ui.TablePane", "ui.terminal.TerminalDevice", "ui.terminal.ScreenUpdate")) {
            assertThat(lines.stream().filter(line -> line.contains(" org.syscope.cli." + name + " "))).as(name).hasSize(1)
                    .allMatch(line -> line.contains("shared objects file"));
        }
    }

    @Test
    void resize() throws Exception {
        start("-r " + curl);
        awaitView("Processes");
        terminal.resize(60, 15);
        String small = terminal.await(screen -> screen.lines().count() <= 15 && screen.contains("F10Quit")
                && screen.startsWith("Viewing: Processes"));
        assertThat(small.lines()).allMatch(line -> line.length() <= 60);
        assertThat(rows(small)).hasSizeGreaterThanOrEqualTo(9);
        terminal.resize(200, 60);
        String large = terminal.await(screen -> screen.startsWith("Viewing: Processes") && screen.contains("S Save")
                && screen.lines().count() >= 59);
        assertThat(large.lines().filter(line -> line.contains("curl"))).isNotEmpty();
        terminal.keys("q");
        ended(0);
    }

    @Test
    void restoredAfterTerm() throws Exception {
        start("-r " + curl);
        awaitView("Processes");
        signal("TERM");
        ended(0);
    }

    @Test
    void restoredAfterAnErrorThatNobodyCaught() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        terminal.command("echo before; " + java + " --enable-native-access=ALL-UNNAMED -cp '"
                + System.getProperty("java.class.path") + "' org.syscope.cli.ui.CrashingUi; echo status=$?");
        terminal.await("Viewing: Processes", "redis-server");
        terminal.type("p");
        assertThat(ended(1)).contains("an error nobody thought of");
    }

    /** A serial line would be hung up by a speed of 0. */
    @Test
    void onlyTheModesOfTheLineChange() throws Exception {
        start("-r " + curl);
        awaitView("Processes");
        Process stty = new ProcessBuilder("stty", "-F", terminal.state("#{pane_tty}"), "-a").start();
        assertThat(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                .contains("speed 38400 baud").contains("-icanon").contains("-echo ").contains("-isig");
        terminal.keys("q");
        ended(0);
    }

    @Test
    void savesTheSelection() throws Exception {
        Path saved = terminal.folder().resolve("curl.scap");
        start("-r " + curl);
        awaitView("Processes");
        terminal.type("/");
        terminal.type("curl -6");
        terminal.keys("Enter", "Enter");
        awaitView("Threads");
        terminal.type("S");
        terminal.await("Save the selection as: selection.scap");
        terminal.keys("C-u");
        terminal.type(saved.getFileName().toString());
        terminal.keys("Enter");
        terminal.await("events written to curl.scap");
        List<String> lines = Launcher.run("-r", saved.toString(), "-p", "*%proc.pid %proc.name").text().lines().distinct()
                .toList();
        assertThat(lines).hasSize(1).first().asString().endsWith(" curl");
        terminal.type("S");
        terminal.keys("C-u");
        terminal.type("curl.scap");
        terminal.keys("Enter");
        terminal.await("Write over curl.scap?");
        terminal.type("n");
        terminal.type("S");
        terminal.keys("C-u");
        terminal.type(curl.toString());
        terminal.keys("Enter");
        terminal.await("Write over");
        terminal.type("y");
        terminal.await("is the capture that is read");
        terminal.type("S");
        terminal.keys("C-u");
        terminal.type("no/such/folder.scap");
        terminal.keys("Enter");
        terminal.await("no such");
        terminal.keys("q");
        ended(0);
    }

    /** A capture from another machine, through a pipe: the keys come from the terminal all the same. */
    @Test
    void standardInputIsTheCapture() throws Exception {
        Path temporary = Files.createDirectory(terminal.folder().resolve("tmp"));
        terminal.command("echo before; cat " + curl + " | TMPDIR=" + temporary + " $SYSCOPE ui -r -; echo status=$?");
        awaitView("Processes");
        terminal.await("Source: standard input, ");
        terminal.type("/");
        terminal.type("curl -6");
        terminal.keys("Enter", "Enter");
        awaitView("Threads");
        terminal.keys("F11");
        terminal.await("-v threads -r - ");
        terminal.keys("F10", "F10");
        ended(0);
        assertThat(temporary).isEmptyDirectory();
        Files.delete(temporary);
    }

    @Test
    void shiftF12ShowsFilesOnly() throws Exception {
        start("-r " + curl);
        awaitView("Processes");
        terminal.keys("S-F12");
        awaitView("Spectrogram-File");
        terminal.keys("BSpace");
        awaitView("Processes");
    }

    /** Only its processes are there, its output does not get between the picture, and it does not outlive the UI. */
    @Test
    void aCommandAndNothingElse() throws Exception {
        start("-- sh -c 'while :; do echo this is no picture; cat; sleep 0.1; done'");
        terminal.await(screen -> rows(screen).stream().anyMatch(line -> line.contains("sleep 0.1")));
        for (int i = 0; i < 3; i++) {
            assertThat(rows(terminal.screen())).isNotEmpty()
                    .allMatch(line -> line.endsWith("sleep 0.1") || line.endsWith("cat") || line.contains("sh -c while "));
            terminal.keys("Down");
            TimeUnit.SECONDS.sleep(1);
        }
        terminal.type("S");
        terminal.keys("C-u");
        terminal.type("live.scap");
        terminal.keys("Enter");
        terminal.await("until S is pressed again");
        Path live = terminal.folder().resolve("live.scap");
        terminal.await(screen -> Files.exists(live) && commands(live).contains("sleep"));
        terminal.type("S");
        terminal.await("written to live.scap");
        terminal.keys("q");
        ended(0);
        terminal.await(screen -> children("sh -c while").isEmpty());
        assertThat(commands(live)).contains("sleep").isSubsetOf("sh", "sleep", "cat");
    }

    /** Whose events a capture has so far. */
    private static Set<String> commands(Path capture) {
        try {
            return Launcher.run("-r", capture.toString(), "-p", "%proc.name").text().lines().collect(Collectors.toSet());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** What a short command did can be looked at when it is over. */
    @Test
    void theEndOfTheCommandIsNotThatOfTheUi() throws Exception {
        start("-v syscalls -- sh -c 'sleep 0.3; exit 3'");
        String screen = terminal.await("the command has ended", "openat");
        assertThat(rows(screen)).hasSizeGreaterThan(5);
        terminal.type("/");
        terminal.type("clock_nanosleep");
        terminal.keys("Enter");
        awaitSelected("clock_nanosleep");
        terminal.keys("F10");
        ended(0);
    }

    @Test
    void aRunningProcessAndNothingElse() throws Exception {
        Process looked = new ProcessBuilder("sh", "-c", "while :; do sleep 0.1; done").start();
        try {
            start("--pid " + looked.pid() + " --buffer-size 1M");
            terminal.await(screen -> screen.startsWith("Viewing: Processes  For: process " + looked.pid())
                    && rows(screen).stream().anyMatch(line -> line.contains("sleep 0.1")));
            assertThat(rows(terminal.screen())).isNotEmpty()
                    .allMatch(line -> line.endsWith("sleep 0.1") || line.contains("sh -c while "));
            looked.destroy();
            looked.waitFor();
            terminal.await("all that was traced has ended");
            terminal.keys("q");
            ended(0);
        } finally {
            looked.destroyForcibly();
        }
    }

    private static List<String> children(String commandLine) {
        return ProcessHandle.allProcesses().map(each -> each.info().commandLine().orElse(""))
                .filter(each -> each.contains(commandLine) && each.contains("this is no picture") && !each.contains("java"))
                .toList();
    }

    @Test
    void restoredWhenTheProgramEndsItself() throws Exception {
        // two signals: the second one ends the process at once
        start("-r " + curl);
        awaitView("Processes");
        long pid = terminal.java();
        new ProcessBuilder("sh", "-c", "kill -TERM " + pid + "; kill -TERM " + pid).start().waitFor();
        terminal.await(screen -> screen.contains("status=0") || screen.contains("status=143"));
        assertThat(terminal.state("#{alternate_on} #{cursor_flag} #{mouse_any_flag}")).isEqualTo("0 1 0");
    }

    @Test
    void suspendedAndContinued() throws Exception {
        terminal.command("exec bash --norc");
        terminal.await("bash");
        start("-r " + curl);
        awaitView("Processes");
        terminal.keys("C-z");
        terminal.await("Stopped");
        assertThat(terminal.state("#{alternate_on}")).isEqualTo("0");
        terminal.command("fg");
        awaitView("Processes");
        terminal.keys("Down", "q");
        terminal.await(screen -> !screen.contains("Viewing:"));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(terminal.java())).start().waitFor();
    }

    @Test
    void truncatedFileSaysSo() throws Exception {
        byte[] whole = Files.readAllBytes(curl);
        Path cut = terminal.folder().resolve("cut.scap");
        Files.write(cut, Arrays.copyOf(whole, whole.length - 1000));
        start("-r " + cut);
        String screen = awaitView("Processes");
        assertThat(rows(screen)).isNotEmpty();
        terminal.await("truncated");
        terminal.keys("q");
        ended(0);
    }

    @Test
    void timeOfACapture() throws Exception {
        start("-r " + curl + " -v syscalls");
        awaitView("System Calls");
        terminal.type("T");
        terminal.await("The whole capture");
        terminal.type("-");
        terminal.await(" From ", " to ");
        terminal.keys("Right");
        terminal.await(screen -> screen.lines().anyMatch(line -> line.contains("─=") && !line.contains("=─")));
        terminal.type("0");
        terminal.await("PLAYING 10x");
        terminal.keys("Escape");
        terminal.await(screen -> !screen.contains("PLAYING") && !screen.lines().skip(1).findFirst().orElse("").contains(" of "));
    }

    @Test
    void mouse() throws Exception {
        start("-r " + curl + " -v syscalls");
        awaitView("System Calls");
        // a click on the last heading, in the terminal's own coordinates from 1
        terminal.type("\033[<0;40;3M\033[<0;40;3m");
        terminal.await("SYSCALL▲");
        terminal.type("\033[<0;5;6M\033[<0;5;6m");
        terminal.await(screen -> true);
        assertThat(terminal.state("#{mouse_any_flag} #{mouse_sgr_flag}")).endsWith("1");
        terminal.type("\033[<0;5;6M\033[<0;5;6m");
        terminal.await("› evt.type=");
    }

    @Test
    void otherTerminals() throws Exception {
        for (String term : List.of("xterm", "linux", "vt100", "screen", "putty")) {
            terminal.command("clear; TERM=" + term + " $SYSCOPE ui -r " + curl + "; echo ended '" + term + "'");
            awaitView("Processes");
            String colored = terminal.colored();
            assertThat(colored).as(term).doesNotContain("38;5;").doesNotContain("48;5;");
            if (term.equals("vt100")) {
                assertThat(colored).contains("7m").doesNotContain("\033[30m").doesNotContain("\033[36m");
            }
            terminal.keys("q");
            terminal.await("ended " + term);
        }
    }

    @Test
    void withoutATerminal() throws Exception {
        Result result = Launcher.run("ui", "-r", curl.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errorLines()).hasSize(1).first().asString().contains("not a terminal").contains("-j");
        terminal.command("TERM=dumb $SYSCOPE ui -r " + curl + "; echo status=$?");
        terminal.await("TERM=dumb: the UI needs a terminal", "status=1");
        terminal.command("clear; $SYSCOPE ui -r " + curl + " -v nosuch; echo status=$?");
        terminal.await("nosuch", "status=2");
    }

    /** Nothing new on the screen, nothing on the line: a slow link is not kept busy. */
    @Test
    void quietWhileNothingChanges() throws Exception {
        Path sent = terminal.folder().resolve("sent");
        terminal.command("script -qfc \"$SYSCOPE ui -r " + curl + "\" " + sent);
        awaitView("Processes");
        long before = Files.size(sent);
        TimeUnit.SECONDS.sleep(2);
        assertThat(Files.size(sent) - before).isLessThan(100);
        terminal.keys("q");
        terminal.await(screen -> !screen.contains("Viewing:"));
    }
}
