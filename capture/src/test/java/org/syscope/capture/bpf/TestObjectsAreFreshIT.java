package org.syscope.capture.bpf;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The committed test objects are what their sources compile to. */
class TestObjectsAreFreshIT {
    @Test
    void compiledAgain(@TempDir Path folder) throws Exception {
        assumeTrue(LiveTest.run("sh", "-c", "command -v clang-16 && command -v llvm-strip-16").status() == 0,
                "no clang-16 with llvm-strip-16");
        String script = Path.of(TestObjects.class.getResource("build.sh").toURI()).toString();
        LiveTest.Output output = LiveTest.run("sh", script, folder.toString());
        assertThat(output.status()).as(output.text()).isZero();
        for (String name : new String[] {"live", "core", "core-target", "arm-target", "oracle"}) {
            assertThat(Files.readAllBytes(folder.resolve(name + ".o"))).as(name).isEqualTo(TestObjects.bytes(name));
        }
    }
}
