package org.syscope.capture.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is missing for a build is named with the way to get it; the sources are all there. */
class ModuleBuilderTest {

    @TempDir
    private Path folder;

    private static TreeSet<String> files(String place, String prefix, String suffixes) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(place))) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString()).filter(name -> name.matches(suffixes))
                    .map(name -> prefix + name).toList());
        }
    }

    @Test
    void everySourceOfTheModuleIsCarried() throws IOException {
        TreeSet<String> wanted = files("../kmod-src", "kmod/", ".*\\.[ch]|Kbuild|Makefile|configure|VERSION");
        wanted.addAll(files("../bpf-src/shared", "shared/", ".*\\.h"));
        wanted.add("syscope_schema.h");
        List<String> carried = ModuleBuilder.names();
        assertThat(carried).containsExactlyInAnyOrderElementsOf(wanted);
        for (String name : carried) {
            assertThat(ProbeSources.read(name)).as(name).isNotEmpty();
        }
    }

    private void refused(Map<String, String> environment, String message, String hint) {
        assertThatThrownBy(() -> new ModuleBuilder(folder, folder.resolve("out.ko"), environment).build())
                .isInstanceOfSatisfying(DriverException.class, refused -> {
                    assertThat(refused).hasMessageContaining(message).hasMessageNotContaining("\n");
                    assertThat(refused.hint()).contains(hint);
                });
    }

    private void headers() throws IOException {
        Files.createDirectories(folder.resolve("include/generated"));
        Files.createDirectories(folder.resolve("include/linux"));
        Files.writeString(folder.resolve("include/generated/utsrelease.h"), "#define UTS_RELEASE \"6.1.0-1-test\"\n");
        Files.writeString(folder.resolve("include/linux/sched.h"), "");
    }

    @Test
    void noHeaders() {
        refused(Map.of(), "no kernel headers", "/lib/modules/RELEASE/build");
    }

    @Test
    void noMakeAndNoCompiler() throws IOException {
        headers();
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Map<String, String> environment = Map.of("PATH", programs.toString());
        refused(environment, "there is no make", "make");
        Files.createSymbolicLink(programs.resolve("make"), Path.of("/bin/true"));
        refused(environment, "there is no gcc", "gcc");
        Files.createDirectories(folder.resolve("include/config"));
        Files.writeString(folder.resolve("include/config/auto.conf"), "CONFIG_CC_IS_CLANG=y\n");
        refused(environment, "there is no clang", "clang");
    }

    @Test
    void warningsOfASuccessAreKept() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "  CC main.o\nmain.c:3:1: warning: unused\n  LD syscope.ko\n");
        assertThat(ModuleBuilder.warnings(log)).containsExactly("main.c:3:1: warning: unused");
    }

    @Test
    void whatWentWrongFirstIsSaid() {
        assertThat(ModuleBuilder.reason("  CC main.o\n/bin/sh: 1: pahole: not found\nmake[2]: *** [x] Error 127\n"))
                .isEqualTo(": pahole is missing");
        assertThat(ModuleBuilder.reason("make[1]: gcc-10: No such file or directory\n")).isEqualTo(": gcc-10 is missing");
        assertThat(ModuleBuilder.hint("make[1]: gcc-10: No such file or directory\n")).contains("gcc-10").endsWith("; ");
        assertThat(ModuleBuilder.reason("a.c:3:5: error: no member 'x'\n")).isEqualTo(": a.c:3:5: error: no member 'x'");
        assertThat(ModuleBuilder.reason("")).isEmpty();
        assertThat(ModuleBuilder.hint("all is well\n")).isEmpty();
    }
}
