package org.syscope.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.syscope.capture.driver.Driver;
import org.syscope.capture.driver.DriverException;
import org.syscope.capture.driver.DriverKind;
import org.syscope.capture.driver.DriverOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The first driver that works is taken, and of each other one it is said why not. */
class DriverChoiceTest {

    private final List<String> told = new ArrayList<>();
    private final List<String> opened = new ArrayList<>();

    /** A kind that cannot be opened here: it says so, or it only turns out. */
    private final class Broken implements DriverKind {
        private final String name;
        private final String refusal;

        Broken(String name, String refusal) {
            this.name = name;
            this.refusal = refusal;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String refusal() {
            return refusal;
        }

        @Override
        public Driver open(DriverOptions options) throws IOException {
            opened.add(name);
            throw new DriverException(name + " driver: EPERM", "run it with sudo", "", null);
        }
    }

    /** A kind that works; what it opens is of no interest here. */
    private final class Working implements DriverKind {
        @Override
        public String name() {
            return "bpf";
        }

        @Override
        public String refusal() {
            return null;
        }

        @Override
        public Driver open(DriverOptions options) {
            opened.add(name());
            return null;
        }
    }

    private void open(String wish, DriverKind... kinds) throws IOException {
        DriverChoice.of(new DriverWish(wish, null), List.of(kinds)).open(DriverOptions.defaults(), told::add);
    }

    @Test
    void theFirstThatWorksIsTaken() throws IOException {
        open("auto", new Broken("universal", "it needs Linux 5.8, this is 4.19.0"), new Working(), new Broken("kmod", null));
        assertThat(opened).containsExactly("bpf");
        assertThat(told).containsExactly(
                "the universal driver cannot be used: it needs Linux 5.8, this is 4.19.0",
                "the bpf driver traces");
    }

    @Test
    void oneThatFailsWhenOpenedIsPassedOver() throws IOException {
        open("auto", new Broken("universal", null), new Working());
        assertThat(opened).containsExactly("universal", "bpf");
        assertThat(told).containsExactly(
                "the universal driver cannot be used: EPERM; run it with sudo", "the bpf driver traces");
    }

    @Test
    void onlyTheOneAskedForIsTried() {
        assertThatThrownBy(() -> open("kmod", new Working(), new Broken("kmod", "/dev/syscope0 is missing")))
                .isInstanceOf(DriverException.class).hasMessage("the kmod driver cannot be used: /dev/syscope0 is missing");
        assertThat(opened).isEmpty();
    }

    @Test
    void whereNoneWorksAllReasonsAreSaid() {
        assertThatThrownBy(() -> open("auto", new Broken("universal", "too old"), new Broken("bpf", "no probe"),
                new Broken("kmod", "no module")))
                .hasMessage("no driver can be used: universal: too old; bpf: no probe; kmod: no module");
        assertThat(told).hasSize(3);
    }

    @Test
    void whereThePreferredOneOnlyLacksPermissionThatIsTheMessage() {
        assertThatThrownBy(() -> open("auto", new Broken("universal", null), new Broken("kmod", "no module")))
                .hasMessage("universal driver: EPERM");
    }
}
