package org.syscope.capture.container;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** Each engine's layout of control groups gives its container; everything else is the host. */
final class ContainerMatcherTest {

    private static final String ID = "697956520d89" + "0123456789abcdef".repeat(3) + "abcd";
    private static final String POD = "0f1e2d3c_4b5a_6978_8796_a5b4c3d2e1f0";

    /** On v1 and hybrid systems the groups of some controllers can be the root's; on v2 there is one line. */
    @ParameterizedTest
    @CsvFileSource(resources = "/container/cgroups.tsv", delimiter = '\t', nullValues = "-")
    void layouts(String path, String id, ContainerType type) {
        Text filled = Text.of(path.replace("ID", ID).replace("POD", POD));
        ContainerId expected = id == null ? null : new ContainerId(Text.of(id), type);
        assertThat(ContainerMatcher.match(List.of(Text.of("cpu=/"), Text.of("memory=" + filled)), List.of()))
                .isEqualTo(expected);
        assertThat(ContainerMatcher.match(List.of(Text.of("=" + filled)), List.of())).isEqualTo(expected);
    }

    @Test
    void upperCaseDigitsAreNoId() {
        assertThat(ContainerMatcher.match(List.of(Text.of("cpu=/docker/" + ID.toUpperCase(Locale.ROOT))), List.of()))
                .isNull();
    }

    @Test
    void rktNeedsItsVariable() {
        List<Text> cgroups = List.of(Text.of("name=systemd=/machine.slice/rkt.service/system.slice/etcd.service"));
        assertThat(ContainerMatcher.match(cgroups, List.of())).isNull();
        assertThat(ContainerMatcher.match(cgroups, List.of(Text.of("container_uuid=u-1"))))
                .isEqualTo(new ContainerId(Text.of("u-1:etcd"), ContainerType.RKT));
    }
}
