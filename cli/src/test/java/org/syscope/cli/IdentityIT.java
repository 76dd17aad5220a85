package org.syscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
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
 * A call is told of the thread that makes it, although threads come, go and are killed in their calls: each writes who it is.
 * Next to them the same is done by processes that are not traced.
 */
class IdentityIT {

    private static final Pattern LINE = Pattern.compile("(\\d+) traced (\\d+)");

    @TempDir
    private static Path folder;
    private static String program;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF and CAP_PERFMON").isTrue();
        }
        assumeTrue(able, "no CAP_BPF and CAP_PERFMON");
        Path source = folder.resolve("identity.c");
        program = folder.resolve("identity").toString();
        try (InputStream in = IdentityIT.class.getResourceAsStream("identity.c")) {
            Files.write(source, in.readAllBytes());
        }
        Process compiler = new ProcessBuilder("gcc", "-O1", "-Wall", "-pthread", "-o", program, source.toString()).inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();
    }

    @Test
    void eachCallIsToldOfWhoMakesIt() throws Exception {
        calls();
    }

    /** Without latency nothing is remembered of the entry of a call. */
    @Test
    void alsoWhereItsEntryIsNotRemembered() throws Exception {
        calls("--no-latency");
    }

    private static void calls(String... options) throws Exception {
        Process neighbour = new ProcessBuilder("/bin/sh", "-c", "while " + program + " neighbour 100; do :; done")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            List<String> words = new ArrayList<>(List.of(options));
            words.addAll(List.of("-p", "%thread.tid %evt.arg.data", "evt.type=write and fd.name=/dev/null", "--", program,
                    "traced", "1000"));
            Result result = Launcher.run(words.toArray(String[]::new));
            assertThat(result.err()).contains(" 0 lost in ");
            List<String> lines = result.text().lines().filter(line -> line.indexOf(' ') > 0).toList();
            String written = result.text().lines().filter(line -> line.indexOf(' ') < 0).findFirst().orElseThrow();
            assertThat(lines).hasSize(Integer.parseInt(written)).allMatch(line -> {
                Matcher parts = LINE.matcher(line);
                return parts.matches() && parts.group(1).equals(parts.group(2));
            });
        } finally {
            neighbour.descendants().forEach(ProcessHandle::destroyForcibly);
            neighbour.destroyForcibly();
            assertThat(neighbour.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }
}
