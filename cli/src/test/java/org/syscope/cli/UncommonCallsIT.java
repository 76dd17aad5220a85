package org.syscope.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What does not come through the table of 64-bit calls: operations of io_uring, calls of 32-bit programs. */
class UncommonCallsIT {

    /** The exit status by which the programs say that this kernel cannot do what they are about. */
    private static final int FORBIDDEN = 2;
    private static final String LINE = "*%evt.type %evt.args";

    @TempDir
    private Path folder;

    @BeforeAll
    static void privileged() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = mine.has(Capability.CAP_BPF) && mine.has(Capability.CAP_PERFMON);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("CAP_BPF and CAP_PERFMON").isTrue();
        }
        assumeTrue(able, "no CAP_BPF and CAP_PERFMON");
    }

    private String build(String name) throws IOException, InterruptedException {
        Path source = folder.resolve(name + ".c");
        Path program = folder.resolve(name);
        try (InputStream in = UncommonCallsIT.class.getResourceAsStream(name + ".c")) {
            Files.write(source, in.readAllBytes());
        }
        Process compiler = new ProcessBuilder("gcc", "-O1", "-Wall", "-o", program.toString(), source.toString())
                .inheritIO().start();
        assertThat(compiler.waitFor()).isZero();
        return program.toString();
    }

    private static List<String> lines(Result result) {
        return result.text().lines().map(String::strip).toList();
    }

    @Test
    void operationsOfIoUringAreEventsOfTheirFds() throws Exception {
        String program = build("io_uring");
        String at = folder.toRealPath().toString();
        Files.writeString(folder.resolve("in"), "0123456789".repeat(10));
        String file = folder.resolve("operations.scap").toString();
        Result recorded = Launcher.run("-w", file, "--", program, at + "/in", at + "/out");
        assumeTrue(recorded.status() != FORBIDDEN, "this kernel forbids io_uring");
        assertThat(recorded.status()).as(recorded.err()).isZero();
        Result live = Launcher.run("-p", LINE, "evt.type=io_uring_op", "--", program, at + "/in", at + "/out");
        List<String> seen = lines(live);
        assertThat(seen).startsWith(
                "io_uring_op res=0 opcode=0(NOP) fd=-1 offset=0 length=0 user_data=1 fixed_file=0",
                "io_uring_op res=20 opcode=22(READ) fd=5(<f>" + at + "/in) offset=3 length=20 user_data=2 fixed_file=0",
                "io_uring_op res=20 opcode=23(WRITE) fd=6(<f>" + at + "/out) offset=-1 length=20 user_data=3 fixed_file=0",
                "io_uring_op res=7 opcode=1(READV) fd=5(<f>" + at + "/in) offset=0 length=1 user_data=4 fixed_file=0",
                "io_uring_op res=-9(EBADF) opcode=22(READ) fd=77 offset=0 length=9 user_data=5 fixed_file=0",
                "io_uring_op res=0 opcode=3(FSYNC) fd=6(<f>" + at + "/out) offset=0 length=0 user_data=6 fixed_file=0",
                "io_uring_op res=4 opcode=22(READ) fd=1 offset=1 length=4 user_data=F1 fixed_file=1",
                "io_uring_op res=0 opcode=18(OPENAT) fd=-1 offset=0 length=0 user_data=F2 fixed_file=1",
                "io_uring_op res=0 opcode=19(CLOSE) fd=0 offset=0 length=0 user_data=F3 fixed_file=1");
        assertThat(seen).hasSize(13).last().isEqualTo(
                "io_uring_op res=0 opcode=19(CLOSE) fd=5(<f>" + at + "/in) offset=0 length=0 user_data=A fixed_file=0");
        Result replayed = Launcher.run("-r", file, "-p", LINE, "evt.type=io_uring_op");
        assertThat(lines(replayed)).startsWith(seen.subList(0, 9).toArray(String[]::new)).last().isEqualTo(seen.getLast());
        assertThat(lines(Launcher.run("-r", file, "-p", "%evt.num", "evt.type=io_uring_enter"))).hasSize(13);
        assertThat(lines(Launcher.run("-r", file, "-p", "%evt.args", "evt.type=lseek and fd.name=/dev/null")))
                .as("a descriptor that no operation closed").hasSize(1);
        assertThat(lines(Launcher.run("-r", file, "-p", "%evt.arg.length %evt.rawres %evt.rawarg.opcode %fd.type %evt.failed",
                "evt.arg.opcode=READ and fd.name=" + at + "/in and evt.latency > 0 and fd.num=5")))
                .containsExactly("20 20 22 file false");
        assertThat(lines(Launcher.run("-r", file, "-j", "evt.arg.opcode=WRITE"))).singleElement().asString()
                .contains("\"evt.type\":\"io_uring_op\"", "fd=6(<f>" + at + "/out) offset=-1 length=20");
        assertThat(lines(Launcher.run("-r", file, "-p", "%evt.args", "evt.type=openat and fd.num=5 and fd.name endswith out")))
                .as("what was opened under the number of an fd that io_uring closed").hasSize(1);
    }

    @Test
    void callsOfA32BitProgramHaveTheirNamesAndArguments() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86_64 runs 32-bit programs of its own kind");
        String program = build("ia32");
        Result result = Launcher.run("-p", LINE, "--", program);
        assumeTrue(result.status() != FORBIDDEN, "this kernel runs no 32-bit programs");
        assertThat(result.status()).as(result.err()).isZero();
        List<String> lines = lines(result);
        assertThat(lines).contains(
                "waitpid res=-10(ECHILD) pid=1073741808 stat_addr=0 options=1",
                "statfs64 res=-2(ENOENT) path=/nowhere/at/all sz=84 buf=" + address(lines, "statfs64", "buf"),
                "fstatfs64 res=-14(EFAULT) fd=3(<f>/etc/passwd) sz=84 buf=0",
                "nice res=0 increment=0",
                "ipc res=-38(ENOSYS) call=99 first=1 second=2 third=3 ptr=0 fifth=" + address(lines, "ipc", "fifth"),
                "socketcall res=-22(EINVAL) call=31 args=" + address(lines, "socketcall", "args"));
        assertThat(lines).anyMatch(line -> line.startsWith("llseek res=0 fd=3(<f>/etc/passwd) offset=5 whence=0(SEEK_SET)"))
                .anyMatch(line -> line.startsWith("mmap2 res=") && line.contains(" length=8192 prot=3(PROT_READ|PROT_WRITE)"))
                .anyMatch(line -> line.startsWith("stat64 res=-2(ENOENT) path=/nowhere/at/all"))
                .anyMatch(line -> line.startsWith("socket fd=4(<u>) domain=1(AF_LOCAL|AF_UNIX) type=1 proto=0"));
        assertThat(lines(Launcher.run("-p", "%evt.type %evt.arg.call", "evt.type in (ipc, socketcall)", "--", program)))
                .containsExactly("ipc 99", "socketcall 31");
    }

    @Test
    void aFilterByTypeShowsWhatA32BitProgramCallsThroughSocketcall() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86_64 runs 32-bit programs of its own kind");
        String program = build("ia32");
        Result result = Launcher.run("-p", LINE, "evt.type=connect", "--", program);
        assumeTrue(result.status() != FORBIDDEN, "this kernel runs no 32-bit programs");
        assertThat(lines(result)).singleElement().asString().startsWith("connect res=-2(ENOENT) ").contains("/nowhere");
        assertThat(lines(Launcher.run("-p", LINE, "evt.type in (socket, send) and fd.num=4", "--", program)))
                .satisfiesExactly(socket -> assertThat(socket).startsWith("socket fd=4(<u>) domain=1(AF_LOCAL|AF_UNIX)"),
                        send -> assertThat(send).startsWith("send res=-107(ENOTCONN) data=/no fd=4(<u>) size=3 "));
        assertThat(lines(Launcher.run("-p", "%evt.dir%evt.type", "--enter", "evt.type in (connect, send)", "--", program)))
                .containsExactly(">connect", "<connect", ">send", "<send");
    }

    @Test
    void theClassicDriverTellsOfThemAlike() throws Exception {
        Path probe = folder.resolve("probe.o");
        Path types = folder.resolve("vmlinux.h");
        Process dump = new ProcessBuilder("bpftool", "btf", "dump", "file", "/sys/kernel/btf/vmlinux", "format", "c")
                .redirectOutput(types.toFile()).start();
        assertThat(dump.waitFor()).as("bpftool").isZero();
        Result built = Launcher.run("driver", "build", "bpf", "--kernel-dir", folder.toString(), "-o", probe.toString());
        assertThat(built.status()).as(built.err()).isZero();
        Files.writeString(folder.resolve("in"), "0123456789".repeat(10));
        String in = folder.toRealPath() + "/in";
        String out = folder.toRealPath() + "/out";
        Map<String, List<String>> programs = new LinkedHashMap<>();
        programs.put("evt.type=io_uring_op", List.of(build("io_uring"), in, out));
        if (System.getProperty("os.arch").equals("amd64")) {
            programs.put("evt.type in (connect, send)", List.of(build("ia32")));
        }
        for (Map.Entry<String, List<String>> program : programs.entrySet()) {
            List<String> words = new ArrayList<>(List.of("--driver", "bpf", "-p", LINE, program.getKey(), "--"));
            words.addAll(program.getValue());
            Result classic = Launcher.run(Map.of("SYSDIG_BPF_PROBE", probe.toString()), words.toArray(String[]::new));
            assumeTrue(classic.status() != FORBIDDEN, "this kernel forbids " + program.getKey());
            assertThat(classic.err()).doesNotContain("left out").contains(", 0 lost in ");
            words.set(1, "universal");
            assertThat(lines(classic)).isNotEmpty().isEqualTo(lines(Launcher.run(words.toArray(String[]::new))));
        }
    }

    @Test
    void fdsThatCameInAMessageHaveTheirNamesFromTheKernel() throws Exception {
        String program = build("rights");
        String at = folder.toRealPath().toString();
        Path file = Files.writeString(folder.resolve("passed"), "text");
        Path capture = folder.resolve("rights.scap");
        String filter = "evt.type=lseek";
        String format = "*%fd.num %fd.typechar %fd.name";
        Result recorded = Launcher.run("-w", capture.toString(), "--", program, file.toString(), at);
        assertThat(recorded.status()).as(recorded.err()).isZero();
        // Of a file that is read nothing can be looked up in /proc.
        for (Result result : List.of(Launcher.run("-r", capture.toString(), "-p", format, filter),
                Launcher.run("-p", format, filter, "--", program, file.toString(), at))) {
            List<String> seen = lines(result);
            assertThat(seen).as(result.err()).hasSize(7);
            assertThat(seen.subList(0, 2)).containsExactly("3 f " + at + "/passed", "5 d " + at);
            assertThat(seen.get(2)).matches("6 p pipe:\\[[0-9]+]");
            assertThat(seen.get(3)).isEqualTo("7 e");
            assertThat(seen.get(4)).isEqualTo("8 m scratch");
            assertThat(seen.get(5)).matches("9 4 127\\.0\\.0\\.1:[0-9]+");
            assertThat(seen.get(6)).matches("10 u [0-9a-f]+->[0-9a-f]+");
        }
    }

    /** The value that an argument of the only line of a call has: an address, or what a register happened to hold. */
    private static String address(List<String> lines, String call, String name) {
        String line = lines.stream().filter(one -> one.startsWith(call + " ")).findFirst().orElse("");
        assertThat(line).contains(" " + name + "=");
        return line.substring(line.indexOf(" " + name + "=") + name.length() + 2).split(" ")[0];
    }
}
