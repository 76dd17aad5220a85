package org.syscope.capture.bpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.syscope.capture.linux.SystemCall;

import static org.assertj.core.api.Assertions.assertThat;

/** Maps, programs and links are gone from the kernel after {@code close()}, and after SIGKILL. */
class NothingStaysIT {
    private static final int PROG_GET_NEXT_ID = 11;
    private static final int MAP_GET_NEXT_ID = 12;
    private static final int LINK_GET_NEXT_ID = 31;
    private static final String[] MAPS = {"counts", "results", "ring", "rings", "tasks", "tails", ".rodata", ".bss"};

    @BeforeAll
    static void privileged() throws IOException, InterruptedException {
        LiveTest.needsBpf();
        LiveTest.need(LiveTest.run("sh", "-c", "command -v bpftool").status() == 0, "no bpftool");
    }

    /** Run as a process of its own: loads, attaches, tells the ids, and waits to be killed. */
    static final class Victim {
        private Victim() {
        }

        public static void main(String[] arguments) throws Exception {
            LoadedObject loaded = LoadedObject.load(TestObjects.parse("live"));
            StringBuilder ids = new StringBuilder();
            ids.append(link(loaded.attach("count_exits"))).append(',');
            ids.append(link(loaded.attach("typed"))).append(',');
            for (BpfProgram program : loaded.programs().values()) {
                ids.append("prog ").append(program.id()).append(',');
            }
            for (String map : MAPS) {
                ids.append("map ").append(loaded.map(map).id()).append(',');
            }
            System.out.println(ids);
            Thread.sleep(60_000);
            loaded.close();
        }
    }

    private static String link(BpfLink link) throws BpfException {
        return "link " + KernelObject.id(link.fd(), link.target());
    }

    /**
     * Whether the kernel lists an object, such as {@code map 12}. Only its list is read: who opens a prog array by id
     * (as bpftool does, even to show a program) just when it goes, makes the kernel keep the empty array for ever.
     */
    private static boolean exists(String object) {
        String[] words = object.split(" ");
        int id = Integer.parseInt(words[1]);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attribute = arena.allocateFrom(ValueLayout.JAVA_INT, id - 1, 0, 0, 0);
            int command = switch (words[0]) {
                case "map" -> MAP_GET_NEXT_ID;
                case "prog" -> PROG_GET_NEXT_ID;
                default -> LINK_GET_NEXT_ID;
            };
            long result = SystemCall.BPF.call(command, attribute.address(), attribute.byteSize());
            return result == 0 && attribute.getAtIndex(ValueLayout.JAVA_INT, 1) == id;
        }
    }

    /** The kernel frees after a grace period, so it is asked until then, for ten seconds at most. */
    private static void assertGone(List<String> objects) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        for (String object : objects) {
            while (exists(object) && System.nanoTime() < end) {
                Thread.sleep(1);
            }
            assertThat(exists(object)).as(object).isFalse();
            String[] words = object.split(" ");
            assertThat(LiveTest.run("bpftool", words[0], "show", "id", words[1]).status()).as(object).isNotZero();
        }
    }

    @Test
    void afterClose() throws Exception {
        List<String> objects = new ArrayList<>();
        try (LoadedObject loaded = LoadedObject.load(TestObjects.parse("live"))) {
            objects.add(link(loaded.attach("count_exits")));
            for (BpfProgram program : loaded.programs().values()) {
                objects.add("prog " + program.id());
            }
            for (String map : MAPS) {
                objects.add("map " + loaded.map(map).id());
            }
            for (String object : objects) {
                assertThat(exists(object)).as(object).isTrue();
            }
        }
        assertGone(objects);
    }

    @Test
    void afterSigkill() throws Exception {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process victim = new ProcessBuilder(java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), Victim.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var lines = victim.inputReader()) {
            List<String> objects = List.of(lines.readLine().split(","));
            assertThat(objects).hasSize(8 + MAPS.length);
            for (String object : objects) {
                assertThat(exists(object)).as(object).isTrue();
            }
            victim.destroyForcibly();
            assertThat(victim.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(victim.exitValue()).isEqualTo(137);
            assertGone(objects);
        } finally {
            victim.destroyForcibly();
        }
    }
}
