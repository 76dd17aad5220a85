package org.syscope.capture.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The least of what the machine has and of what the groups of a process may use. */
class MemoryTest {

    @TempDir
    private Path folder;

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private long allowed() {
        return Memory.allowed(folder.resolve("proc"), folder.resolve("groups"));
    }

    @Test
    void theMachinesOwnWithoutAnyLimit() throws IOException {
        file("proc/meminfo", "MemTotal:        2048 kB\nMemFree:  17 kB\n");
        file("proc/self/cgroup", "0::/a/b\n");
        file("groups/a/b/memory.max", "max\n");
        assertThat(allowed()).isEqualTo(2048L << 10);
    }

    @Test
    void theLimitOfAGroupAround() throws IOException {
        file("proc/meminfo", "MemTotal:        2048 kB\n");
        file("proc/self/cgroup", "0::/a/b\n");
        file("groups/a/b/memory.max", "max\n");
        file("groups/a/memory.max", "65536\n");
        assertThat(allowed()).isEqualTo(65536);
    }

    @Test
    void theLimitOfTheFirstVersion() throws IOException {
        file("proc/meminfo", "MemTotal:        2048 kB\n");
        file("proc/self/cgroup", "4:memory:/x\n0::/\n");
        file("groups/memory/x/memory.limit_in_bytes", "131072\n");
        assertThat(allowed()).isEqualTo(131072);
    }

    @Test
    void pathsThatLeaveTheGroupsAreNotFollowed() throws IOException {
        file("proc/meminfo", "MemTotal:        2048 kB\n");
        file("proc/self/cgroup", "0::/../../../out\n");
        file("out/memory.max", "1\n");
        assertThat(allowed()).isEqualTo(2048L << 10);
    }

    @Test
    void nothingReadable() {
        assertThat(allowed()).isEqualTo(Long.MAX_VALUE);
    }
}
