package org.syscope.chisels.views;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every stock view on real captures: its rows equal files made once, looked through, and held against csysdig 0.29.3. That
 * counts accounts of threads as events, we do not; its latencies in captures without enter events are 0.
 */
class ViewGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/views");
    private static final List<String> CAPTURES = List.of("sample", "curl_google");
    /** What these two captures have nothing of: containers, pods, servers, logs, agents' events. */
    private static final Set<String> EMPTY = Set.of("backlog", "containers", "containers_errors", "docker_events",
            "incoming_connections", "kubernetes_controllers", "kubernetes_deployments", "kubernetes_namespaces",
            "kubernetes_pods", "kubernetes_replicasets", "kubernetes_services", "notifications", "port_bindings", "slow_io",
            "spy_syslog");

    private record Case(String capture, String view) {
        @Override
        public String toString() {
            return capture + "." + view;
        }
    }

    @BeforeAll
    static void findCaptures() {
        assumeTrue(Files.isDirectory(FileRun.CAPTURES), "no captures in " + FileRun.CAPTURES);
    }

    static Stream<Case> cases() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (ViewDefinition view : FileRun.stock(false).all()) {
            CAPTURES.forEach(capture -> cases.add(new Case(capture, view.id())));
        }
        return cases.stream();
    }

    private static String text(Case c) throws Exception {
        FileRun run = new FileRun(FileRun.CAPTURES.resolve(c.capture() + ".scap"), "", false).begin(c.view());
        Sample sample = run.shown().sample();
        assertThat(run.shown().notice()).isEmpty();
        StringBuilder text = new StringBuilder();
        for (SampleRow row : sample.rows()) {
            text.append(row.key());
            for (int i = 0; i < sample.columns().size(); i++) {
                text.append('\t').append(sample.text(row, i));
            }
            text.append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void showsWhatItShowed(Case c) throws Exception {
        Path expected = GOLDEN.resolve(c + ".txt");
        assertThat(text(c)).isEqualTo(Files.exists(expected) ? Files.readString(expected) : "");
    }

    @Test
    void everyViewHasRowsInOneCapture() throws IOException {
        Set<String> filled = new HashSet<>();
        try (Stream<Path> files = Files.list(GOLDEN)) {
            files.map(file -> file.getFileName().toString().split("\\.")[1]).forEach(filled::add);
        }
        filled.addAll(EMPTY);
        assertThat(filled).containsExactlyInAnyOrderElementsOf(ids());
    }

    private static List<String> ids() {
        try {
            return FileRun.stock(false).all().stream().map(ViewDefinition::id).toList();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
