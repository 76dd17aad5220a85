package org.syscope.capture.driver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.bpf.LiveTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a probe is built from, where it goes, and the one clear line for each thing that is missing. */
class ProbeBuilderTest {

    @TempDir
    private Path folder;
    private Path headers;
    private Path tools;

    @BeforeEach
    void headersAndTools() throws IOException {
        headers = folder.resolve("headers");
        tools = Files.createDirectories(folder.resolve("tools"));
        write(headers.resolve("include/generated/utsrelease.h"), "#define UTS_RELEASE \"4.14.9-test\"\n");
        write(headers.resolve("include/linux/sched.h"), "struct task_struct { u64\treal_start_time; };\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void clang(String name, String version, String behaviour) throws IOException {
        Path file = tools.resolve(name);
        write(file, "#!/bin/sh\ncase $1 in\n-dumpversion) echo " + version + ";;\n-print-resource-dir) echo /nowhere;;\n*) "
                + behaviour + ";;\nesac\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** A compiler that writes what it was asked for into the file that it was asked for. */
    private void clang() throws IOException {
        clang("clang-15", "15.0.7", "for last; do :; done; echo compiled > $last; cp classic/configuration.h " + folder);
    }

    /** Nothing of this machine but the shell that runs the compilers of this test. */
    private ProbeBuilder isolated() {
        return new ProbeBuilder(headers, folder.resolve("p.o"), Map.of("PATH", tools.toString()));
    }

    @Test
    void theProbeGoesToTheDefaultPlaceOfItsKernel() throws IOException {
        clang();
        Path probe = new ProbeBuilder(headers, null, Map.of("PATH", tools.toString(), "HOME", folder.toString())).build();
        assertThat(probe).isEqualTo(folder.resolve(".syscope/4.14.9-test.bpf.o")).hasContent("compiled");
        assertThat(probe.getParent()).isDirectoryNotContaining("glob:**/.build*");
        assertThat(folder.resolve("configuration.h")).content()
                .contains("#define SYSCOPE_RELEASE \"4.14.9-test\"").doesNotContain("HAS_RAW_TRACEPOINT");
    }

    @Test
    void withoutHomeThePlaceMustBeNamed() {
        assertThatThrownBy(() -> ProbeBuilder.defaultPlace("6.1", Map.of())).isInstanceOf(DriverException.class)
                .hasMessageContaining("HOME is not set")
                .satisfies(e -> assertThat(((DriverException) e).hint()).contains("-B"));
    }

    @Test
    void featuresAreReadFromTheHeaders() throws IOException {
        write(headers.resolve("include/uapi/linux/bpf.h"), "\tBPF_RAW_TRACEPOINT_OPEN,\n\tFN(probe_read_user),\n");
        clang();
        isolated().force("START_BOOTTIME", true).build();
        assertThat(folder.resolve("configuration.h")).content().contains("#define HAS_RAW_TRACEPOINT 1",
                "#define HAS_PROBE_READ_USER 1", "#define HAS_START_BOOTTIME 1").doesNotContain("HAS_KTIME_BOOT");
    }

    @Test
    void headersInTwoFoldersAreFound() throws IOException {
        Path flavour = folder.resolve("linux-headers-5.10-cloud");
        write(flavour.resolve("include/generated/utsrelease.h"), "#define UTS_RELEASE \"5.10-cloud\"\n");
        write(flavour.resolve("Makefile"), "include /usr/src/linux-headers-5.10-nowhere/Makefile\n");
        assertThatThrownBy(() -> KernelHeaders.of(flavour)).hasMessageContaining("not complete");
        write(folder.resolve("linux-headers-5.10-nowhere/include/linux/sched.h"), "int here;\n");
        KernelHeaders found = KernelHeaders.of(flavour);
        assertThat(found.release()).isEqualTo("5.10-cloud");
        assertThat(found.says("include/linux/sched.h", Pattern.compile("here"))).isTrue();
        assertThat(found.says("include/linux/none.h", Pattern.compile("here"))).isFalse();
        assertThat(found.flags()).contains("-I" + folder.toRealPath() + "/linux-headers-5.10-nowhere/include",
                "-I" + flavour + "/include/generated/uapi");
    }

    @Test
    void whatIsNoFolderOfHeadersIsRefused() {
        assertThatThrownBy(() -> new ProbeBuilder(tools, null, Map.of()).build()).isInstanceOf(DriverException.class)
                .hasMessage(tools + " has no kernel headers: there is no include/generated/utsrelease.h in it");
    }

    @Test
    void noClangIsOneLine() {
        assertThatThrownBy(isolated()::build).isInstanceOf(DriverException.class)
                .hasMessage("bpf driver: no clang to compile the probe with")
                .satisfies(e -> assertThat(((DriverException) e).hint()).startsWith("install it: ").contains(" install clang"));
    }

    @Test
    void anOldClangIsNamed() throws IOException {
        clang("clang", "11.0.1", "false");
        assertThatThrownBy(isolated()::build)
                .hasMessage("bpf driver: no clang to compile the probe with: " + tools
                        + "/clang is of version 11.0.1, 14 is needed");
    }

    @Test
    void errorsOfTheCompilerAreKept() throws IOException {
        clang("clang", "19.1.0", "echo 'classic/syscope.bpf.c:3:1: error: what is this' >&2; exit 1");
        Path probe = folder.resolve("p.o");
        write(probe, "an earlier one");
        assertThatThrownBy(isolated()::build).isInstanceOf(DriverException.class)
                .hasMessage("bpf driver: the probe could not be compiled: classic/syscope.bpf.c:3:1: error: what is this")
                .satisfies(e -> assertThat(((DriverException) e).hint()).isEqualTo("all that the compiler said is in " + probe
                        + ".log"));
        assertThat(Path.of(probe + ".log")).content().contains("clang --target=", "what is this");
        assertThat(probe).hasContent("an earlier one");
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
        clang();
        write(folder.resolve("file"), "in the way");
        Path below = folder.resolve("file/probe.o");
        assertThatThrownBy(new ProbeBuilder(headers, below, Map.of("PATH", tools.toString()))::build)
                .isInstanceOf(DriverException.class)
                .hasMessageStartingWith("bpf driver: nothing can be written to " + folder.resolve("file") + ": ");
    }

    @Test
    void allSourcesAreCarried() throws IOException {
        ProbeSources.unpack(tools);
        for (String name : ProbeSources.names()) {
            assertThat(tools.resolve(name)).isNotEmptyFile();
        }
        assertThat(ProbeSources.names()).contains("syscope_schema.h", "classic/syscope.bpf.c", "shared/layouts.h");
        assertThat(ProbeSources.identity()).hasSize(8);
    }

    @Test
    void probesThatDoNotFitAreRefused() throws IOException {
        Path none = folder.resolve("none.o");
        assertThatThrownBy(() -> ClassicProbe.find(none, Map.of())).isInstanceOf(DriverException.class)
                .hasMessage("bpf driver: there is no probe " + none)
                .satisfies(e -> assertThat(((DriverException) e).hint()).isEqualTo("build it: syscope driver build bpf"));
        write(none, "no object");
        assertThatThrownBy(() -> ClassicProbe.find(none, Map.of()))
                .hasMessageStartingWith("bpf driver: " + none + " is no probe of syscope");
        assertThat(new ClassicKind(none, Map.of()).refusal()).contains("is no probe of syscope")
                .endsWith("; build it: syscope driver build bpf");
        assertThat(new ClassicKind(null, Map.of()).refusal()).contains("HOME is not set");
        assertThat(new ClassicKind(null, Map.of("HOME", folder.toString())).refusal())
                .contains("there is no probe " + folder + "/.syscope/");
    }

    @Test
    void aProbeForAnotherKernelSaysSo() throws IOException {
        byte[] object;
        try (InputStream in = LiveTest.class.getResourceAsStream("plain.o")) {
            object = in.readAllBytes();
        }
        Path file = folder.resolve("other.o");
        Files.write(file, object);
        assertThatThrownBy(() -> ClassicProbe.find(file, Map.of())).isInstanceOf(DriverException.class)
                .hasMessage("bpf driver: " + file + " was built for 4.14.9-test, this is " + KernelHeaders.runningRelease());
    }
}
