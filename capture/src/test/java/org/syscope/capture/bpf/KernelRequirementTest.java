package org.syscope.capture.bpf;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.linux.KernelVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a kernel must have is said in one line, with a way out. */
class KernelRequirementTest {
    @Test
    void aKernelBefore58() {
        assertThatThrownBy(() -> LoadedObject.checkVersion(new KernelVersion(5, 4, 300), true))
                .isInstanceOfSatisfying(BpfException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(BpfException.Kind.KERNEL_TOO_OLD);
                    assertThat(refused).hasMessage("kernel 5.4.300 is too old for this driver, which needs 5.8");
                    assertThat(refused.hint()).isEqualTo("use another driver");
                });
        assertThatCode(() -> LoadedObject.checkVersion(new KernelVersion(5, 8, 0), true)).doesNotThrowAnyException();
    }

    @Test
    void aKernelWithoutTypes(@TempDir Path folder) {
        String file = folder.resolve("vmlinux").toString();
        assertThatThrownBy(() -> Btf.ofKernel(file)).isInstanceOfSatisfying(BpfException.class, refused -> {
            assertThat(refused.kind()).isEqualTo(BpfException.Kind.NO_BTF);
            assertThat(refused).hasMessageContaining("no type information").hasMessageContaining(file);
            assertThat(refused.hint()).contains("CONFIG_DEBUG_INFO_BTF");
        });
    }

    @Test
    void typesForAnOlderKernelKeepTheirIdsAndNames() throws BpfException {
        BpfObject object = TestObjects.parse("live");
        Btf now = Btf.parse("now", object.btfBytes());
        Btf older = Btf.parse("older", object.olderBtfBytes());
        assertThat(older.count()).isEqualTo(now.count());
        int big = now.find(Btf.ENUM64, "big");
        assertThat(big).isPositive();
        assertThat(older.kind(big)).isEqualTo(Btf.UNION);
        assertThat(older.name(big)).isEqualTo("big");
        assertThat(older.memberName(big, 0)).isEqualTo("BIG");
        assertThat(older.size(big)).isEqualTo(8);
        assertThat(older.kind(older.memberType(big, 0))).isEqualTo(Btf.INT);
        assertThat(older.find(Btf.ENUM64, "big")).isZero();
    }
}
