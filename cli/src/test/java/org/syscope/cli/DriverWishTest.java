package org.syscope.cli;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which driver the words name. */
class DriverWishTest {

    private static DriverWish wish(String... words) throws UsageException {
        return new Settings(CommandWords.parse(List.of(words))).driver();
    }

    private static void refused(String message, String... words) {
        assertThatThrownBy(() -> wish(words)).isInstanceOf(UsageException.class).hasMessageContaining(message);
    }

    @Test
    void nothingSaidIsTheBestThatWorks() throws UsageException {
        assertThat(wish()).isEqualTo(new DriverWish("auto"));
    }

    @Test
    void theOptionNamesIt() throws UsageException {
        assertThat(wish("--driver", "universal").name()).isEqualTo("universal");
        assertThat(wish("--driver", "kmod").name()).isEqualTo("kmod");
        assertThat(wish("--driver=auto").name()).isEqualTo("auto");
        refused("'nosuch' is none of ", "--driver", "nosuch");
    }

    @Test
    void sysdigsNameForTheUniversalDriver() throws UsageException {
        assertThat(wish("--modern-bpf").name()).isEqualTo("universal");
        assertThat(wish("--modern-bpf", "--driver", "universal").name()).isEqualTo("universal");
        refused("--driver auto and --modern-bpf ask for different drivers", "--driver", "auto", "--modern-bpf");
    }
}
