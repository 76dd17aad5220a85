package org.syscope.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;

/** The launcher from outside: where it may be called from, what bad input does, what exit status tells. */
class LauncherIT {

    @TempDir
    private Path folder;

    private static void failsWithOneLine(Result result, int status, String words) {
        assertThat(result.errorLines()).hasSize(1).first().asString().startsWith("syscope: ").contains(words);
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void helpFitsATerminal() throws Exception {
        Result result = Launcher.run("--help");
        assertThat(result.status()).isZero();
        assertThat(result.text().lines().count()).isLessThanOrEqualTo(60);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void calledThroughASymlinkFromElsewhereWithBlanksInThePath() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("a folder"));
        Path link = Files.createSymbolicLink(odd.resolve("my syscope"), Launcher.PROGRAM);
        Files.createSymbolicLink(odd.resolve("relative"), Path.of("my syscope"));
        Process process = new ProcessBuilder("/bin/sh", "-c", "cd / && '" + link + "' --version && cd '" + odd
                + "' && ./relative --version").redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("syscope version "));
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aBrokenStartUpCacheStopsNothing() throws Exception {
        Path cache = Path.of("target", "start.aot").toAbsolutePath();
        assertThat(Launcher.run("--version").status()).isZero();
        assertThat(cache).exists();
        long size = Files.size(cache);
        try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
            file.setLength(Math.max(1, size / 2));
        }
        try {
            Result cut = Launcher.run("--version");
            assertThat(cut.err()).isEmpty();
            assertThat(cut.status()).isZero();
            Files.writeString(cache, "not a cache at all");
            Result other = Launcher.run("--version");
            assertThat(other.err()).isEmpty();
            assertThat(other.text()).isEqualTo(cut.text());
        } finally {
            Files.delete(cache);
        }
    }

    @Test
    void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
        Result result = Launcher.run(Map.of("SYSCOPE_JAVA", "/nonexistent/java"), "--version");
        failsWithOneLine(result, 1, "/nonexistent/java");
    }

    @Test
    void aTruncatedFileShowsTheEventsBeforeTheCut() throws Exception {
        Path sample = Launcher.capture("sample.scap");
        Path cut = folder.resolve("cut.scap");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(sample), 120_010));
        Result result = Launcher.run("-r", cut.toString());
        failsWithOneLine(result, 1, "truncated");
        List<String> whole = Files.readAllLines(Launcher.capture("expected/sample.default.txt"));
        List<String> lines = result.text().lines().toList();
        assertThat(lines).isNotEmpty().isEqualTo(whole.subList(0, lines.size()));
        assertThat(lines.size()).isLessThan(whole.size());
    }

    @Test
    void whatIsNoCaptureIsRefusedWithOneLine() throws Exception {
        failsWithOneLine(Launcher.run("-r", "/nonexistent"), 1, "/nonexistent: no such file");
        failsWithOneLine(Launcher.run("-r", folder.toString()), 1, "is a directory");
        Path file = folder.resolve("file");
        Files.createFile(file);
        failsWithOneLine(Launcher.run("-r", file.toString()), 1, "is empty");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F'});
        failsWithOneLine(Launcher.run("-r", file.toString()), 1, "not a capture file");
    }

    @Test
    void aProbeThatIsNotThereIsRefusedWithOneLine() throws Exception {
        failsWithOneLine(Launcher.run("-B" + folder.resolve("none.bpf.o"), "--", "true"), 1,
                "the bpf driver cannot be used: there is no probe " + folder.resolve("none.bpf.o")
                + "; build it: syscope driver build bpf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--bogus | unknown option --bogus",
        "-n | option -n needs an argument",
        "-n 0 | is not a number of events",
        "-k http://x | Kubernetes",
        "-g config | gVisor",
        "-T | tracers are obsolete",
        "-u | ptrace",
        "-m x | Mesos",
        "-H x | plugins",
        "-B --modern-bpf | different drivers",
        "-A -X -r x | buffers have one format",
        "info | one file",
    })
    void usageErrorsAreOneLineAndStatusTwo(String arguments, String words) throws Exception {
        failsWithOneLine(Launcher.run(arguments.split(" ")), 2, words);
    }

    @Test
    void aReaderThatLeavesEarlyIsNoError() throws Exception {
        Path sample = Launcher.capture("sample.scap");
        String more = " -r '" + sample + "'";
        Result result = Launcher.shell("{ syscope" + more.repeat(40) + "; echo $? >&2; } | head -n 1");
        assertThat(result.err().lines().toList()).containsExactly("0");
        assertThat(result.text().lines()).hasSize(1);
    }

    @Test
    void standardInputIsReadLikeAFile() throws Exception {
        Path sample = Launcher.capture("sample.scap");
        Result result = Launcher.shell("cat '" + sample + "' | syscope -r -");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo(Files.readAllBytes(Launcher.capture("expected/sample.default.txt")));
    }

    /** Names come from a hosts file of the test: no network is asked. */
    @Test
    void hostsAreNamedOnRequest() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"),
                "::1 localhost\n2600:1f18:262c:6542:9aa6:df7a:9a47:d29e client.example\n");
        Path capture = Launcher.capture("curl_google.scap");
        Map<String, String> environment = Map.of("SYSCOPE_JAVA_OPTS", "-Djdk.net.hosts.file=" + hosts);
        String[] words = {"-r", capture.toString(), "-p", "%fd.name", "fd.type=ipv6 and fd.sport=80"};
        List<String> numbers = Launcher.run(environment, words).text().lines().distinct().toList();
        assertThat(numbers).isNotEmpty().allMatch(name -> name.startsWith("2600:1f18:"));
        List<String> named = new ArrayList<>(List.of(words));
        named.add(0, "-R");
        assertThat(Launcher.run(environment, named.toArray(String[]::new)).text().lines().distinct().toList())
                .hasSameSizeAs(numbers).allMatch(name -> name.startsWith("client.example:") && name.endsWith(":http"));
        named.set(named.size() - 1, "fd.cip.name=client.example and fd.sport=80");
        named.set(named.indexOf("%fd.name"), "%fd.cip.name");
        assertThat(Launcher.run(environment, named.toArray(String[]::new)).text().lines()).isNotEmpty()
                .containsOnly("client.example");
    }

    @Test
    void anInstalledProgramRunsOnItsOwn() throws Exception {
        Path prefix = folder.resolve("usr local");
        Result installed = Launcher.run("install", "--prefix", prefix.toString());
        assertThat(installed.status()).as(installed.err()).isZero();
        Path program = prefix.resolve("bin/syscope");
        assertThat(installed.text()).isEqualTo("installed: " + program + "\n");
        Path link = Files.createSymbolicLink(folder.resolve("syscope"), program);
        Result version = Launcher.shell("cd / && '" + link + "' --version");
        assertThat(version.err()).isEmpty();
        assertThat(version.text()).startsWith("syscope version ");
        Result views = Launcher.shell("'" + prefix.resolve("bin/csyscope") + "' --version");
        assertThat(views.text()).isEqualTo(version.text());
        for (String file : List.of("share/man/man8/syscope.8", "share/bash-completion/completions/syscope",
                "share/zsh/site-functions/_syscope", "share/fish/vendor_completions.d/syscope.fish",
                "share/bash-completion/completions/csyscope", "share/fish/vendor_completions.d/csyscope.fish")) {
            assertThat(prefix.resolve(file)).isNotEmptyFile();
        }
        failsWithOneLine(Launcher.run("install"), 2, "--prefix DIR");
    }

    @Test
    void withoutProcOneLineSaysWhatToMount() throws Exception {
        boolean may = new ProcessBuilder("unshare", "-m", "true").redirectErrorStream(true).start().waitFor() == 0;
        Assumptions.assumeTrue(may, "no mount namespace may be made here");
        Result result = Launcher.shell("unshare -m sh -c 'umount -l /proc; exec \"$0\" --version' '" + Launcher.PROGRAM + "'");
        failsWithOneLine(result, 1, "/proc is not mounted");
    }

    @Test
    void aFileThatCannotBeMadeIsNamedOnce() throws Exception {
        Path sample = Launcher.capture("sample.scap");
        String name = "n".repeat(300);
        Result result = Launcher.run("-r", sample.toString(), "-w", folder.resolve(name).toString());
        assertThat(result.err()).contains(name + ": File name too long").doesNotContain(name + ": " + folder);
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void aFullDiskIsNamed() throws IOException, InterruptedException {
        Path sample = Launcher.capture("sample.scap");
        Result result = Launcher.shell("syscope -r '" + sample + "' > /dev/full");
        failsWithOneLine(result, 1, "No space left on device");
    }

    @Test
    void aLocaleWithoutUtf8DoesNotLoseFileNames() throws Exception {
        Path sample = Launcher.capture("sample.scap");
        Path odd = Files.copy(sample, folder.resolve("Grüße.scap"));
        Result result = Launcher.run(Map.of("LC_ALL", "C"), "-r", odd.toString(), "-n", "1");
        assertThat(result.err()).isEmpty();
        assertThat(result.text()).isNotEmpty();
    }
}
