package org.syscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A filter shows the same live, where the kernel leaves out what it cannot match, as it does when everything was recorded
 * and the file is read: the same run of {@code restless.c} is watched by one recorder without a filter and several tracers
 * with one, and compared thread by thread.
 */
class FilteredLiveIT {

    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /**
     * Calls by which the program waits for all tracers: each of these sees another part of them. And switches: one may come
     * between what two tracers do at the end of the same call. For the same reason the number of threads is compared only where
     * none begins or ends.
     */
    private static final Pattern EACH_ITS_OWN = Pattern.compile("\\d+\\|(access|clock_nanosleep|nanosleep|switch)\\|.*");

    @TempDir
    private Path folder;

    private record Case(String filter, String format) {
        String line() {
            return "*%thread.tid|%evt.type|%evt.res|" + format;
        }
    }

    @BeforeAll
    static void privileged() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF and CAP_PERFMON").isTrue();
        }
        assumeTrue(able, "no CAP_BPF and CAP_PERFMON");
    }

    @Test
    void threadsThatChangeTheirNames() throws Exception {
        sameLiveAndRead(
                new Case("proc.name=wanted", "%proc.name|%fd.name|%proc.cwd|%proc.cmdline"),
                new Case("proc.name=wanted and evt.type=getppid", "%proc.name"),
                new Case("not proc.name in (other, restless)", "%proc.name|%fd.name|%fd.num|%proc.cwd"),
                new Case("proc.name=last", "%proc.name|%proc.pid|%proc.exepath"),
                new Case("container.id=host and proc.name startswith want", "%proc.name|%proc.pname"));
    }

    @Test
    void programsThatBecomeOthers() throws Exception {
        sameLiveAndRead(
                new Case("proc.exe=wanted", "%proc.exe|%proc.exepath|%proc.args"),
                new Case("proc.cmdline contains last", "%proc.cmdline|%proc.vpid|%thread.vtid"),
                new Case("proc.args endswith 5", "%proc.args|%proc.name"),
                new Case("proc.exepath endswith restless and proc.name=other", "%proc.name|%fd.name"),
                new Case("proc.name=wanted and (evt.type=write or fd.name contains inherited)", "%fd.name|%proc.cwd"));
    }

    @Test
    void whatOthersHaveOpened() throws Exception {
        sameLiveAndRead(
                new Case("evt.type=write and fd.name contains file", "%fd.name|%fd.num|%proc.name"),
                new Case("evt.type=write", "%fd.type|%fd.name|%proc.fdopencount|%proc.fdlimit"),
                new Case("fd.name contains inherited", "%fd.name|%proc.cwd|%proc.name|%proc.pname"),
                new Case("evt.type=pread", "%fd.name|%fd.filename|%fd.directory"),
                new Case("proc.name=wanted and evt.type in (write, pread)", "%fd.name|%fd.num|%proc.cwd"));
    }

    @Test
    void whoTheyAreAndWhereTheyWork() throws Exception {
        sameLiveAndRead(
                new Case("evt.type=getppid", "%proc.name|%proc.pname|%proc.aname[2]|%proc.ppid|%proc.cmdline"),
                new Case("evt.type=openat", "%fd.name|%proc.cwd|%evt.args|%user.uid|%group.gid"),
                new Case("user.uid=34", "%user.uid|%group.gid|%fd.name|%proc.nthreads"),
                new Case("evt.type=execve", "%proc.name|%proc.pcmdline|%proc.exepath|%proc.pid"),
                new Case("evt.type=procexit", "%proc.name|%proc.pname"));
    }

    @Test
    void socketsAndMemory() throws Exception {
        sameLiveAndRead(
                new Case("evt.type=close and fd.type in (ipv4, unix)", "%fd.name|%fd.type|%fd.l4proto"),
                new Case("evt.type in (close, shutdown) and fd.connected=true", "%fd.name|%fd.connected"),
                new Case("evt.type in (read, recvfrom) and fd.sport > 0", "%fd.name|%fd.cip|%fd.is_server"),
                new Case("evt.type=munmap", "%proc.vmsize|%thread.vmsize"),
                new Case("evt.type=dup3 or evt.type=bind", "%fd.name|%fd.num|%evt.args"));
    }

    /** Everything that is left out is said to be. */
    @Test
    void callsThatAreLeftOutAreCounted() throws Exception {
        String loop = "i=0; while [ $i -lt 100000 ]; do i=$((i+1)); [ -e /nowhere ]; done";
        Result result = Launcher.run("-v", "proc.name=nosuch", "--", "sh", "-c", loop);
        assertThat(result.text()).isEmpty();
        assertThat(result.errorLines()).last().asString()
                .matches("syscope: [0-9,]+ calls of threads that the filter cannot match left out in the kernel; "
                        + "[0-9,]+ threads? muted at the end");
        long leftOut = Long.parseLong(result.errorLines().getLast().split(" ")[1].replace(",", ""));
        assertThat(leftOut).as(result.err()).isBetween(10_000L, 200_000L);
    }

    private void sameLiveAndRead(Case... cases) throws Exception {
        String program = build();
        List<Process> tracers = new ArrayList<>();
        Process target = new ProcessBuilder(program, folder.toString()).start();
        try {
            tracers.add(tracer("all", target, "-w", folder.resolve("all.scap").toString()));
            for (int i = 0; i < cases.length; i++) {
                tracers.add(tracer("case" + i, target, "-p", cases[i].line(), cases[i].filter()));
            }
            awaitReady("all", tracers.getFirst());
            for (int i = 0; i < cases.length; i++) {
                awaitReady("case" + i, tracers.get(i + 1));
            }
            Files.createFile(folder.resolve("go"));
            assertThat(target.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (Process tracer : tracers) {
                assertThat(tracer.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
        } finally {
            target.destroyForcibly();
            tracers.forEach(Process::destroyForcibly);
        }
        for (int i = 0; i < cases.length; i++) {
            assertThat(err("case" + i)).contains(" 0 lost in ");
        }
        assertThat(err("all")).contains(" 0 lost in ");
        for (int i = 0; i < cases.length; i++) {
            Result read = Launcher.run("-r", folder.resolve("all.scap").toString(), "-p", cases[i].line(), cases[i].filter());
            assertThat(read.status()).as(read.err()).isZero();
            Map<String, List<String>> expected = byThread(read.text());
            assertThat(expected).as(cases[i].filter()).isNotEmpty();
            Map<String, List<String>> live = byThread(Files.readString(folder.resolve("case" + i + ".out")));
            assertThat(differences(live, expected)).as(cases[i].toString()).isEmpty();
        }
    }

    private String build() throws IOException, InterruptedException {
        Path source = folder.resolve("restless.c");
        Path program = folder.resolve("restless");
        try (InputStream in = FilteredLiveIT.class.getResourceAsStream("restless.c")) {
            Files.write(source, in.readAllBytes());
        }
        Process compiler = new ProcessBuilder("gcc", "-O1", "-Wall", "-pthread", "-o", program.toString(), source.toString())
                .inheritIO().start();
        assertThat(compiler.waitFor()).isZero();
        for (String link : List.of("wanted", "other", "last")) {
            Files.createSymbolicLink(folder.resolve(link), program);
        }
        return program.toString();
    }

    private Process tracer(String name, Process target, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(Launcher.PROGRAM.toString(), "-v", "--buffer-size", "32MB", "--pid",
                String.valueOf(target.pid())));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile()).start();
    }

    private String err(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".err"));
    }

    /** Once the driver runs signals are handled; totals are said by the loop that takes the events. */
    private void awaitReady(String name, Process tracer) throws Exception {
        await(name, tracer, " driver traces");
        assertThat(new ProcessBuilder("kill", "-USR1", String.valueOf(tracer.pid())).start().waitFor()).isZero();
        await(name, tracer, " lost in ");
    }

    private void await(String name, Process tracer, String text) throws Exception {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!err(name).contains(text)) {
            assertThat(tracer.isAlive()).as(err(name)).isTrue();
            assertThat(System.nanoTime()).as(err(name)).isLessThan(deadline);
            tracer.waitFor(10, TimeUnit.MILLISECONDS);
        }
    }

    /** For each thread where they part, if they do. */
    private static List<String> differences(Map<String, List<String>> live, Map<String, List<String>> read) {
        Set<String> threads = new TreeSet<>(live.keySet());
        threads.addAll(read.keySet());
        List<String> differences = new ArrayList<>();
        for (String thread : threads) {
            List<String> one = live.getOrDefault(thread, List.of());
            List<String> other = read.getOrDefault(thread, List.of());
            int at = 0;
            while (at < one.size() && at < other.size() && one.get(at).equals(other.get(at))) {
                at++;
            }
            if (at < one.size() || at < other.size()) {
                differences.add("line " + at + ", live: " + (at < one.size() ? one.get(at) : "the end") + ", read: "
                        + (at < other.size() ? other.get(at) : "the end"));
            }
        }
        return differences;
    }

    /** The lines of each thread in their order: between threads it may differ by the times of the tracers' own clocks. */
    private static Map<String, List<String>> byThread(String text) {
        Map<String, List<String>> threads = new TreeMap<>();
        for (String line : text.lines().toList()) {
            if (!EACH_ITS_OWN.matcher(line).matches()) {
                threads.computeIfAbsent(line.substring(0, line.indexOf('|')), tid -> new ArrayList<>()).add(line);
            }
        }
        return threads;
    }
}
