package org.syscope.capture.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.syscope.capture.bpf.LiveTest;

import static org.assertj.core.api.Assertions.assertThat;

/** The C program that makes system calls for the live tests; {@code workload.c} says how it is run. */
final class Workload {

    private Workload() {
    }

    /** Compiles it in this folder and returns the program. */
    static Path build(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("workload.c");
        Path program = folder.resolve("workload");
        try (InputStream in = Workload.class.getResourceAsStream("workload.c")) {
            Files.write(source, in.readAllBytes());
        }
        LiveTest.Output built = LiveTest.run("gcc", "-O1", "-w", "-o", program.toString(), source.toString());
        assertThat(built.status()).as(built.text()).isZero();
        return program;
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
