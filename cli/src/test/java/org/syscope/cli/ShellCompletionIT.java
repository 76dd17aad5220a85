package org.syscope.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The completion scripts at work in the shells themselves, and the manual page as man shows it. */
class ShellCompletionIT {

    private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final String KILL_LINE = "\u0015";

    /** What is typed before the tabulator, and what the line begins with then. */
    private static final Map<String, String> COMPLETED = Map.ofEntries(
            Map.entry("syscope --fro", "syscope --from"),
            Map.entry("syscope -c spy_u", "syscope -c spy_users"),
            Map.entry("syscope -p %proc.nam", "syscope -p %proc.name"),
            Map.entry("syscope -p '%evt.num %proc.nam", "syscope -p '%evt.num %proc.name"),
            Map.entry("syscope evt.type=open_b", "syscope evt.type=open_by_handle_at"),
            Map.entry("syscope 'proc.name=x and evt.type in (read, open_b",
                    "syscope 'proc.name=x and evt.type in (read, open_by_handle_at"),
            Map.entry("syscope -r captu", "syscope -r capture.scap"),
            Map.entry("syscope --color al", "syscope --color always"),
            Map.entry("syscope --log-level fat", "syscope --log-level fatal"),
            Map.entry("syscope generate zs", "syscope generate zsh"),
            Map.entry("syscope info captu", "syscope info capture.scap"),
            Map.entry("syscope -q -- mkfif", "syscope -q -- mkfifo"),
            Map.entry("syscope -q -- cat captu", "syscope -q -- cat capture.scap"),
            Map.entry("syscope gener", "syscope generate"),
            Map.entry("syscope ui --dela", "syscope ui --delay"),
            Map.entry("syscope ui -r captu", "syscope ui -r capture.scap"),
            Map.entry("syscope ui --driver univ", "syscope ui --driver universal"),
            Map.entry("syscope ui -v spectro_f", "syscope ui -v spectro_file"),
            Map.entry("syscope ui evt.type=open_b", "syscope ui evt.type=open_by_handle_at"),
            Map.entry("syscope ui -- mkfif", "syscope ui -- mkfifo"),
            Map.entry("csyscope --sortin", "csyscope --sortingcol"),
            Map.entry("syscope driver sta", "syscope driver status"),
            Map.entry("syscope driver build km", "syscope driver build kmod"),
            Map.entry("syscope driver build --kern", "syscope driver build --kernel-dir"),
            Map.entry("syscope driver build kmod -o captu", "syscope driver build kmod -o capture.scap"),
            Map.entry("syscope driver load captu", "syscope driver load capture.scap"));

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createFile(folder.resolve("capture.scap"));
        Files.createSymbolicLink(Files.createDirectory(folder.resolve("bin")).resolve("syscope"), Launcher.PROGRAM);
        Files.createSymbolicLink(folder.resolve("bin").resolve("csyscope"), Launcher.PROGRAM.resolveSibling("csyscope"));
    }

    private static void needs(String program) {
        boolean there = Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
        if (!there && "true".equals(System.getenv("CI"))) {
            Assertions.fail("CI=true and no " + program + ": its test must run");
        }
        Assumptions.assumeTrue(there, "no " + program + " here");
    }

    private void script(String shell, String file) throws Exception {
        Launcher.Result result = Launcher.run("generate", shell);
        assertThat(result.status()).as(result.err()).isZero();
        Files.write(folder.resolve(file), result.out());
    }

    private ProcessBuilder in(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("TERM", "dumb", "PS1", "$ ", "HOME", folder.toString(), "PATH",
                folder.resolve("bin") + ":" + System.getenv("PATH")));
        return builder;
    }

    /** Types on a terminal of a shell, and looks for what should appear. */
    private void onATerminal(String shell, String setUp) throws Exception {
        Path seen = folder.resolve("seen");
        Process process = in(List.of("script", "-qfc", shell, "/dev/null")).redirectOutput(seen.toFile()).start();
        try (OutputStream keys = process.getOutputStream()) {
            type(keys, setUp + "; echo rea''dy\n");
            await(seen, "ready");
            for (Map.Entry<String, String> each : COMPLETED.entrySet()) {
                type(keys, KILL_LINE + each.getKey() + "\t");
                await(seen, each.getValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    private static void await(Path seen, String text) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (!Files.readString(seen, StandardCharsets.ISO_8859_1).contains(text)) {
            assertThat(System.nanoTime()).as(text + " in " + Files.readString(seen, StandardCharsets.ISO_8859_1))
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void bashCompletes() throws Exception {
        needs("bash");
        script("bash", "syscope.bash");
        onATerminal("bash --norc --noprofile -i", "source ./syscope.bash");
    }

    @Test
    void zshCompletes() throws Exception {
        needs("zsh");
        script("zsh", "_syscope");
        onATerminal("zsh -f -i", "fpath=($PWD $fpath); autoload -U compinit; compinit -u -d $PWD/dump");
    }

    @Test
    void fishCompletes() throws Exception {
        needs("fish");
        script("fish", "syscope.fish");
        for (Map.Entry<String, String> each : COMPLETED.entrySet()) {
            String line = each.getKey().replace("'", "\\'");
            Process process = in(List.of("fish", "--no-config", "-c", "source syscope.fish; complete -C '" + line + "'")).start();
            String offered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(offered).isZero();
            String wanted = each.getValue().substring(each.getKey().lastIndexOf(each.getKey().contains("'") ? "'" : " ") + 1);
            assertThat(offered.lines().map(found -> found.split("\t")[0])).as(each.getKey()).contains(wanted);
        }
    }

    @Test
    void manShowsThePageWithoutComplaints() throws Exception {
        needs("man");
        Launcher.Result page = Launcher.run("generate", "man");
        Path file = Files.write(folder.resolve("syscope.8"), page.out());
        ProcessBuilder builder = in(List.of("man", "--warnings", "-l", file.toString()));
        builder.environment().putAll(Map.of("MANWIDTH", "80", "LC_ALL", "C.UTF-8"));
        Process process = builder.redirectError(folder.resolve("complaints").toFile()).redirectErrorStream(false).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("complaints")).isEmptyFile();
        assertThat(text).contains("SYSCOPE(8)").contains("--readfile=FILE").contains("EXIT STATUS");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }
}
