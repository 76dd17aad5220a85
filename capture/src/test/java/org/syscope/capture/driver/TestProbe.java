package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.syscope.capture.bpf.LiveTest;

import static org.assertj.core.api.Assertions.assertThat;

/** A classic probe for the running kernel, whose types stand for its headers: compiled once for all tests. */
final class TestProbe {

    private static Path probe;

    private TestProbe() {
    }

    /** The probe, read anew. */
    static synchronized ClassicProbe forThisKernel() throws IOException, InterruptedException {
        if (probe == null) {
            Path folder = Files.createDirectories(Path.of("target", "classic-probe"));
            probe = new ProbeBuilder(types(folder), folder.resolve("probe.o"), System.getenv()).build();
        }
        return ClassicProbe.find(probe, Map.of());
    }

    /** A folder with the types of the running kernel as a C header. */
    static Path types(Path folder) throws IOException, InterruptedException {
        LiveTest.Output dumped = LiveTest.run("bpftool", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c");
        assertThat(dumped.status()).as("bpftool").isZero();
        Files.writeString(folder.resolve("vmlinux.h"), dumped.text());
        return folder.toAbsolutePath();
    }
}
