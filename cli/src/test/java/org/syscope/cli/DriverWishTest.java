package org.syscope.cli;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which driver the words and the process's variables name. */
class DriverWishTest {

    private static DriverWish wish(Map<String, String> environment, String... words) throws UsageException {
        return new Settings(CommandWords.parse(List.of(words))).driver().in(environment);
    }

    private static void named(String name, String probe, String... words) throws UsageException {
        assertThat(wish(Map.of(), words)).isEqualTo(new DriverWish(name, probe));
    }

    private static void refused(String message, String... words) {
        assertThatThrownBy(() -> wish(Map.of(), words)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }

    @Test
    void nothingSaidIsTheBestThatWorks() throws UsageException {
        named("auto", null);
    }

    @Test
    void theOptionNamesIt() throws UsageException {
        for (String name : List.of("universal", "bpf", "kmod", "auto")) {
            named(name, null, "--driver", name);
        }
        refused("'nosuch' is none of universal, bpf, kmod, auto", "--driver", "nosuch");
    }

    @Test
    void sysdigsNames() throws UsageException {
        named("universal", null, "--modern-bpf");
        named("universal", null, "--modern-bpf", "--driver", "universal");
        named("bpf", null, "-B");
        named("bpf", "/tmp/probe.o", "-B/tmp/probe.o");
        named("bpf", "/tmp/probe.o", "--bpf=/tmp/probe.o", "--driver", "bpf");
        named("bpf", null, "-B", "evt.type=open");
    }

    @Test
    void twoDriversAreOneTooMany() {
        refused("--driver auto and --modern-bpf ask for different drivers", "--driver", "auto", "--modern-bpf");
        refused("--modern-bpf and -B ask for different drivers", "-B", "--modern-bpf");
        refused("--driver kmod and -B ask for different drivers", "--driver", "kmod", "--bpf=probe.o");
    }

    @Test
    void sysdigsVariable() throws UsageException {
        assertThat(wish(Map.of("SYSDIG_BPF_PROBE", ""))).isEqualTo(new DriverWish("bpf", null));
        assertThat(wish(Map.of("SYSDIG_BPF_PROBE", "/tmp/probe.o"))).isEqualTo(new DriverWish("bpf", "/tmp/probe.o"));
        assertThat(wish(Map.of("SYSDIG_BPF_PROBE", "/tmp/a.o"), "-B/tmp/b.o").probe()).isEqualTo("/tmp/b.o");
        assertThat(wish(Map.of("SYSDIG_BPF_PROBE", "/tmp/a.o"), "-B").probe()).isEqualTo("/tmp/a.o");
        assertThat(wish(Map.of("SYSDIG_BPF_PROBE", ""), "--modern-bpf").name()).isEqualTo("universal");
    }
}
