package org.syscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.syscope.capture.linux.Capabilities;
import org.syscope.capture.linux.Capabilities.Capability;
import org.syscope.cli.Launcher.Result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a user who is not root can do with some capabilities, and what is said about those that are missing. */
class CapabilitiesIT {

    private static final int NOBODY = 65_534;
    private static final String ENOUGH = "+bpf,+perfmon,+sys_ptrace,+dac_read_search";

    @BeforeAll
    static void needsRoot() throws IOException {
        Capabilities mine = Capabilities.ofThisThread();
        boolean able = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0) && mine.has(Capability.CAP_BPF)
                && mine.has(Capability.CAP_PERFMON) && mine.has(Capability.CAP_SYS_PTRACE)
                && mine.has(Capability.CAP_DAC_READ_SEARCH);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(able).as("root with capabilities to give").isTrue();
        }
        assumeTrue(able, "not root: no capabilities to give");
    }

    /** Runs the program as nobody, in root's group so that it may read the checkout, with these capabilities only. */
    private static Result run(String capabilities, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("cd /; exec setpriv --reuid=" + NOBODY + " --clear-groups --inh-caps=-all,"
                + capabilities + " --ambient-caps=-all," + capabilities + " --bounding-set=-all," + capabilities + ",+setpcap --",
                "'" + Launcher.PROGRAM + "'"));
        for (String argument : arguments) {
            words.add("'" + argument + "'");
        }
        return Launcher.shell(String.join(" ", words));
    }

    @Test
    void fourCapabilitiesReplaceRoot() throws Exception {
        Result result = run(ENOUGH, "-p", "%evt.type %fd.name", "evt.type=openat and fd.name=/etc/hostname", "--", "sh", "-c",
                "cat /etc/hostname > /dev/null; exit 5");
        assertThat(result.status()).as(result.err()).isEqualTo(5);
        assertThat(result.text()).isEqualTo("openat /etc/hostname\n");
        assertThat(result.errorLines()).hasSize(1);
    }

    @Test
    void filesThatRootHasOpenHaveTheirNames() throws Exception {
        Process holder = new ProcessBuilder("sh", "-c", "exec 7< /etc/hostname; while read line <&7 || sleep 0.02; do :; done")
                .start();
        try {
            Result result = run(ENOUGH, "-n", "1", "-p", "%fd.name", "evt.type=read and proc.pid=" + holder.pid());
            assertThat(result.text()).as(result.err()).isEqualTo("/etc/hostname\n");
        } finally {
            holder.destroyForcibly();
        }
    }

    @Test
    void theTracedCommandDoesNotInheritThem() throws Exception {
        Result result = run(ENOUGH, "-q", "--", "grep", "-E", "^Cap(Prm|Eff|Amb)|^Uid", "/proc/self/status");
        assertThat(result.text()).matches("Uid:\t65534\t65534\t65534\t65534\nCapPrm:\t0+\nCapEff:\t0+\nCapAmb:\t0+\n");
    }

    @Test
    void withTwoOfThemNamesAreMissingAndThatIsSaid() throws Exception {
        Result result = run("+bpf,+perfmon", "-n", "1", "-p", "*%evt.type");
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.text().lines()).hasSize(1);
        assertThat(result.errorLines().getFirst()).matches("syscope: of [0-9,]+ running processes neither open files nor"
                + " directories nor environments are known without CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; run it with sudo, .*");
        assertThat(run("+bpf,+perfmon", "-q", "--", "true").errorLines()).as("a command's own files are known").hasSize(1);
    }

    @Test
    void theLineThatIsGivenMendsIt() throws Exception {
        Result result = run("+chown", "-n", "1");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.text()).isEmpty();
        assertThat(result.err()).hasLineCount(1).contains(" not permitted without CAP_BPF and CAP_PERFMON; run it with sudo, or");
        String line = result.err().strip().replaceFirst(".*: sudo (setpriv .* )syscope \\.\\.\\.$", "$1");
        assertThat(line).startsWith("setpriv --reuid=65534 --regid=");
        Result mended = Launcher.shell("cd /; " + line + "'" + Launcher.PROGRAM + "' -n 1 -p '*%evt.type'");
        assertThat(mended.status()).as(mended.err()).isZero();
        assertThat(mended.text().lines()).hasSize(1);
    }
}
