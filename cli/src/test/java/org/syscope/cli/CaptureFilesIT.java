package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Captures of this machine as they are left behind: rotated, by a program that is killed, on a disk that is full. */
class CaptureFilesIT {

    private static final String LOAD = "dd if=/dev/zero of=/dev/null bs=1 count=3000000 2> /dev/null";

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsCapabilities() throws IOException {
        RingIT.needsCapabilities();
    }

    private static List<String> tshark(Path file) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/tshark")), "tshark is not installed");
        return Launcher.shell("/usr/bin/tshark -r '" + file + "'").text().lines().toList();
    }

    private static long eventsOf(Result info) {
        return Long.parseLong(info.text().replaceFirst("(?s).*\nEvents +([0-9,]+).*", "$1").replace(",", ""));
    }

    @Test
    void aRingOfFilesByTimeHoldsTheLastOnesEachReadableByOthers() throws Exception {
        Result result = Launcher.run("-G", "1", "-W", "3", "-w", folder.resolve("r-%S.scap").toString(), "-M", "5", "--", "sh",
                "-c", "for i in 1 2 3 4 5 6; do cat /dev/null; sleep 1; done");
        assertThat(result.status()).as(result.err()).isZero();
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.sorted().toList();
        }
        assertThat(files).hasSize(3).allMatch(file -> file.getFileName().toString().matches("r-[0-5][0-9]\\.scap"));
        for (Path file : files) {
            Result read = Launcher.run("-r", file.toString(), "-p", "%proc.name", "proc.name in (sh, cat, sleep)");
            assertThat(read.err()).isEmpty();
            assertThat(read.text().lines()).isNotEmpty();
            List<String> frames = tshark(file);
            assertThat(frames).hasSize((int) eventsOf(Launcher.run("info", file.toString())))
                    .noneMatch(line -> line.toLowerCase().contains("malformed"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKilledProgramLeavesWholeBlocks(boolean gzip) throws Exception {
        Path file = folder.resolve("killed.scap");
        List<String> words = new ArrayList<>(List.of(Launcher.PROGRAM.toString(), "-w", file.toString()));
        words.addAll(gzip ? List.of("-z", "--", "sh", "-c", LOAD) : List.of("--", "sh", "-c", LOAD));
        Process process = new ProcessBuilder(words).redirectError(folder.resolve("err").toFile()).start();
        long wanted = gzip ? 200_000 : 3_000_000;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(file) || Files.size(file) < wanted) {
            assertThat(process.isAlive()).as(Files.readString(folder.resolve("err"))).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            process.waitFor(5, TimeUnit.MILLISECONDS);
        }
        List<ProcessHandle> traced = process.descendants().toList();
        process.destroyForcibly().waitFor();
        traced.forEach(ProcessHandle::destroyForcibly);
        Result info = Launcher.run("info", file.toString());
        assertThat(eventsOf(info)).isGreaterThan(10_000);
        assertThat(info.err()).matches("(?s)|syscope: [^\n]*truncated[^\n]*\n");
        assertThat(Launcher.run("-r", file.toString(), "-n", "3").text().lines()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFullDiskIsNamedAndWhatIsOnItReads(boolean gzip) throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", gzip ? "size=1m" : "size=20m", "none", disk.toString())
                .start();
        assumeTrue(mount.waitFor() == 0, "no tmpfs can be mounted here");
        try {
            Path file = disk.resolve("full.scap");
            List<String> words = new ArrayList<>(List.of("-w", file.toString()));
            words.addAll(gzip ? List.of("-z", "--", "sh", "-c", LOAD) : List.of("--", "sh", "-c", LOAD));
            Result result = Launcher.run(words.toArray(String[]::new));
            assertThat(result.status()).isEqualTo(1);
            String told = result.errorLines().getLast();
            assertThat(told).startsWith("syscope: " + file + ": No space left on device on " + disk).endsWith(" can be read");
            Result info = Launcher.run("info", file.toString());
            assertThat(info.status()).as(info.err()).isZero();
            assertThat(told).contains(": " + eventsOf(info) + " events in " + Files.size(file) + " bytes");
            assertThat(eventsOf(info)).isGreaterThan(10_000);
        } finally {
            new ProcessBuilder("umount", disk.toString()).start().waitFor();
        }
    }
}
