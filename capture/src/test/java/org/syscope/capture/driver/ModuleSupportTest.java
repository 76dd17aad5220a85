package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands against loading a module can be read before trying. */
class ModuleSupportTest {

    @TempDir
    private Path root;

    private void write(String file, byte... content) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, content);
    }

    private String refusal() {
        return new ModuleSupport(root).refusal();
    }

    @Test
    void whatForbidsModules() throws IOException {
        assertThat(refusal()).contains("without modules");
        write("proc/modules");
        assertThat(refusal()).isNull();
        write("sys/module/module/parameters/sig_enforce", "Y\n".getBytes());
        assertThat(refusal()).contains("signed modules only");
        write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n".getBytes());
        assertThat(refusal()).contains("locked down");
        write("sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", (byte) 6, (byte) 0, (byte) 0,
                (byte) 0, (byte) 1);
        assertThat(refusal()).contains("Secure Boot is on");
        write("proc/sys/kernel/modules_disabled", "1\n".getBytes());
        assertThat(refusal()).contains("until the next boot");
    }

    @Test
    void secureBootThatIsOff() throws IOException {
        write("proc/modules");
        write("sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c", (byte) 6, (byte) 0, (byte) 0,
                (byte) 0, (byte) 0);
        write("sys/kernel/security/lockdown", "[none] integrity confidentiality\n".getBytes());
        assertThat(refusal()).isNull();
    }
}
