package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Lines of a live trace of a shell, whose files, ids and results the test knows; latencies, live and replayed. */
class LiveLinesIT {

    @TempDir
    private Path folder;

    @BeforeAll
    static void privileged() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF and CAP_PERFMON").isTrue();
        }
        assumeTrue(able, "no CAP_BPF and CAP_PERFMON");
    }

    private static String only(List<String> lines, String start) {
        List<String> found = lines.stream().filter(line -> line.startsWith(start)).toList();
        assertThat(found).as("lines with %s", start).hasSize(1);
        return found.getFirst();
    }

    @Test
    void linesOfCallsWithTheirFilesAndIds() throws Exception {
        String at = folder.toRealPath().toString();
        Result result = Launcher.run("-p", "%evt.type %evt.args", "not evt.type in (switch, signaldeliver)", "--", "sh",
                "-c", "cd " + at + "; umask 027; echo hello > made; mkdir dir; ln -s made link; mv link moved; rm moved; "
                        + "kill -0 $$; echo $$ > id; exit 3");
        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).contains(" 0 lost");
        List<String> lines = result.text().lines().map(String::strip).toList();
        Object inode = Files.getAttribute(folder.resolve("made"), "unix:ino");
        String pid = Files.readString(folder.resolve("id")).strip();
        String opened = only(lines.stream().filter(line -> line.contains("name=made(")).toList(), "openat");
        assertThat(opened).startsWith("openat fd=3(<f>" + at + "/made) dirfd=-100(AT_FDCWD) name=made(" + at + "/made) flags=")
                .contains("(O_TRUNC|O_CREAT|O_WRONLY|O_F_CREATED").contains(" mode=0666 dev=").endsWith(" ino=" + inode);
        assertThat(lines).contains(
                "chdir res=0 path=" + at,
                "umask res=18 mask=027",
                "write res=6 data=hello. fd=1(<f>" + at + "/made) size=6",
                "mkdir res=0 path=dir(" + at + "/dir) mode=1FF",
                "symlinkat res=0 target=made linkdirfd=-100(AT_FDCWD) linkpath=link(" + at + "/link)",
                "unlinkat res=0 dirfd=-100(AT_FDCWD) name=moved(" + at + "/moved) flags=0",
                "kill res=0 pid=" + pid + "(sh) sig=0",
                "procexit status=768 ret=3 sig=0 core=0 reaper_tid=0");
        assertThat(only(lines, "renameat2")).startsWith("renameat2 res=0 olddirfd=-100(AT_FDCWD) oldpath=link(" + at
                + "/link) newdirfd=-100(AT_FDCWD) newpath=moved(" + at + "/moved)");
    }

    @Test
    void whatAFilterCannotMatchIsNotSentAndNothingElseIsMissing() throws Exception {
        String dd = "dd if=/dev/zero of=/dev/null bs=1 count=100000 2> /dev/null";
        Result unwanted = Launcher.run("proc.name=nosuchprocess", "--", "sh", "-c", dd.replace("100000", "1000000"));
        assertThat(unwanted.text()).isEmpty();
        assertThat(events(unwanted)).as("of two million: " + unwanted.err()).isLessThan(500_000);
        Result wanted = Launcher.run("-p", "%evt.type", "proc.name=dd and evt.type=write and fd.num=1", "--", "sh", "-c", dd);
        assertThat(wanted.err()).contains(" 0 lost");
        assertThat(wanted.text().lines().filter("write"::equals)).hasSize(100_000);
        // each cat begins as a thread that is unwanted and becomes wanted with its execve, which nobody waits for
        Path data = Files.writeString(folder.toRealPath().resolve("data"), "to be read");
        Result cats = Launcher.run("-p", "%evt.type %evt.args", "proc.name=cat", "--", "sh", "-c",
                "i=0; while [ $i -lt 100 ]; do cat " + data + "; i=$((i + 1)); done > /dev/null");
        assertThat(cats.err()).contains(" 0 lost");
        assertThat(cats.text().lines().filter(line -> line.startsWith("execve res=0"))).hasSize(100);
        assertThat(cats.text().lines().filter(line -> line.startsWith("read res=") && line.contains("<f>" + data)))
                .hasSize(200);
        assertThat(cats.text().lines().filter(line -> line.startsWith("close res=0 fd=1("))).hasSize(100);
    }

    /** How many events came, as the totals say. */
    private static long events(Result result) {
        String line = result.errorLines().getLast();
        return Long.parseLong(line.substring("syscope: ".length(), line.indexOf(" events")).replace(",", ""));
    }

    @Test
    void aSleepTakesAsLongAsItSaysLiveAndReplayed() throws Exception {
        String filter = "evt.type in (nanosleep, clock_nanosleep)";
        Result live = Launcher.run("-p", "%evt.latency", filter, "--", "sleep", "0.2");
        assertThat(Long.parseLong(live.text().strip())).isBetween(200_000_000L, 600_000_000L);
        String file = folder.resolve("sleep.scap").toString();
        assertThat(Launcher.run("-q", "-w", file, "--", "sleep", "0.2").status()).isZero();
        Result replayed = Launcher.run("-r", file, "-p", "%evt.latency", filter);
        assertThat(Long.parseLong(replayed.text().strip())).isBetween(200_000_000L, 600_000_000L);
    }
}
