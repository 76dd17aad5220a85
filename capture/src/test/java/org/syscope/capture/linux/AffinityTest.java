package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Threads are where they are wanted; those that have nothing to do with it stay where they were. */
class AffinityTest {

    /** The CPUs that threads of this process have, as the kernel says, by name. */
    private static TreeMap<String, String> allowed() throws IOException {
        TreeMap<String, String> lists = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                try {
                    String status = Files.readString(task.resolve("status"));
                    lists.put(line(status, "Name:") + " " + task.getFileName(), line(status, "Cpus_allowed_list:"));
                } catch (IOException ended) {
                    // a thread of the test engine or of the machine
                }
            }
        }
        return lists;
    }

    private static String line(String status, String start) {
        return status.lines().filter(line -> line.startsWith(start)).findFirst().orElseThrow().substring(start.length()).strip();
    }

    @Test
    void oneCpuAndAll() throws Exception {
        Affinity affinity = new Affinity();
        TreeMap<String, String> before = allowed();
        String all = before.firstEntry().getValue();
        assertThat(before.values()).as("nobody has bound threads of this process").containsOnly(all);
        assertThat(affinity.count()).isEqualTo(Cpus.parse(all, "status").length);
        String own = " " + SystemCall.GETTID.call();
        affinity.keepToOne();
        try {
            TreeMap<String, String> bound = allowed();
            assertThat(bound).allSatisfy((thread, cpus) -> {
                if (thread.endsWith(own) || thread.startsWith("VM Thread") || thread.contains("CompilerThre")) {
                    assertThat(cpus).as(thread).matches("\\d+");
                } else {
                    assertThat(cpus).as(thread).isEqualTo(all);
                }
            });
        } finally {
            affinity.spread();
        }
        assertThat(allowed().values()).containsOnly(all);
    }
}
