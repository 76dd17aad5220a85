package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a built module says of itself, and where modules lie. */
class ModuleFileTest {

    @TempDir
    private Path folder;

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void theKernelThatItWasBuiltFor() throws IOException {
        Path file = write("syscope.ko", "\u007fELF\2\1\1\0license=GPL\0name=syscope\0vermagic=6.1.0-56-cloud-amd64 SMP preempt "
                + "mod_unload modversions \0");
        assertThat(ModuleFile.read(file).release()).isEqualTo("6.1.0-56-cloud-amd64");
    }

    @Test
    void anotherModuleIsNotTaken() throws IOException {
        Path file = write("ext4.ko", "\u007fELF\0name=ext4\0vermagic=6.1.0 SMP \0");
        assertThatThrownBy(() -> ModuleFile.read(file)).isInstanceOf(DriverException.class)
                .hasMessageEndingWith("is not syscope's");
        assertThatThrownBy(() -> ModuleFile.read(folder.resolve("none.ko"))).isInstanceOfSatisfying(DriverException.class,
                missing -> assertThat(missing.hint()).isEqualTo("build it: syscope driver build kmod"));
    }

    @Test
    void ofAnotherKernelItIsNotEvenTried() throws IOException {
        Path file = write("syscope.ko", "\u007fELF\0name=syscope\0vermagic=5.10.0-46-amd64 SMP \0");
        ModuleFile module = ModuleFile.read(file);
        assertThatThrownBy(() -> KernelModule.load(module, "6.1.0-56-amd64")).isInstanceOfSatisfying(DriverException.class,
                refused -> {
                    assertThat(refused).hasMessage("kernel module: " + file
                            + " was built for 5.10.0-46-amd64, this is 6.1.0-56-amd64");
                    assertThat(refused.hint()).contains("syscope driver build kmod");
                });
    }

    @Test
    void theDefaultPlaceIsInTheHomeFolder() throws IOException {
        assertThat(ModuleFile.defaultPlace("6.1.0", Map.of("HOME", "/home/a"))).isEqualTo(Path.of("/home/a/.syscope/6.1.0.ko"));
        assertThatThrownBy(() -> ModuleFile.defaultPlace("6.1.0", Map.of())).hasMessageContaining("HOME is not set");
    }

    @Test
    void anInstalledOneIsFoundCompressedToo() throws IOException {
        assertThat(ModuleFile.installed(folder)).isEmpty();
        assertThat(ModuleFile.installed(folder.resolve("nowhere"))).isEmpty();
        Path file = write("updates/dkms/syscope.ko.xz", "");
        assertThat(ModuleFile.installed(folder)).contains(file);
    }
}
