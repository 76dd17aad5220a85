package org.syscope.capture.bpf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The kernel translates each program of an object to the same instructions, whether libbpf loaded it or this loader. */
class OracleIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void privileged() throws IOException, InterruptedException {
        LiveTest.needsBpf();
        LiveTest.need(LiveTest.run("sh", "-c", "command -v bpftool").status() == 0, "no bpftool");
    }

    private static String dump(String... program) throws IOException, InterruptedException {
        String[] command = new String[program.length + 5];
        System.arraycopy(new String[] {"bpftool", "prog", "dump", "xlated"}, 0, command, 0, 4);
        System.arraycopy(program, 0, command, 4, program.length);
        command[command.length - 1] = "opcodes";
        LiveTest.Output output = LiveTest.run(command);
        assertThat(output.status()).as(output.text()).isZero();
        // Ids of maps are different each time, in the text and in the bytes of the line behind it.
        return output.text().replaceAll("map\\[id:\\d+](.*\n\\s+18 .. .. ..) .. .. .. ..", "map$1");
    }

    @Test
    void sameInstructions() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("bpffs"));
        Path file = Files.write(folder.resolve("oracle.o"), TestObjects.bytes("oracle"));
        LiveTest.Output mounted = LiveTest.run("mount", "-t", "bpf", "bpf", mount.toString());
        LiveTest.need(mounted.status() == 0, "cannot mount bpffs: " + mounted.text());
        try (LoadedObject loaded = LoadedObject.load(TestObjects.parse("oracle"))) {
            assertThat(loaded.refused()).isEmpty();
            LiveTest.Output libbpf =
                    LiveTest.run("bpftool", "prog", "loadall", file.toString(), mount.resolve("all").toString());
            assertThat(libbpf.status()).as(libbpf.text()).isZero();
            assertThat(loaded.programs()).hasSize(8);
            for (Map.Entry<String, BpfProgram> program : loaded.programs().entrySet()) {
                String theirs = dump("pinned", mount.resolve("all").resolve(program.getKey()).toString());
                String ours = dump("id", Integer.toString(program.getValue().id()));
                assertThat(ours).as(program.getKey()).isEqualTo(theirs);
                assertThat(ours).as("source lines").contains("; ").hasLineCount((int) theirs.lines().count());
            }
        } finally {
            LiveTest.run("umount", mount.toString());
        }
    }
}
