package org.syscope.capture.bpf;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.syscope.capture.linux.Capabilities;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not permitted is said in one line that names the capability and the way to get it; what is enough, works. */
class PermissionIT {
    private static final long SYS_ADMIN = 1L << 21;
    private static final long PERFMON = 1L << 38;
    private static final long BPF = 1L << 39;

    @BeforeAll
    static void privileged() throws IOException {
        LiveTest.needsBpf();
    }

    /** Loads in a thread that has lost capabilities, which ends afterwards. */
    private static BpfException loadWithout(long capabilities) throws InterruptedException, IOException {
        long all = Capabilities.ofThisThread().mask();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread poor = new Thread(() -> {
            try {
                new ProcessIds().keepOnly(all & ~capabilities);
                try (LoadedObject loaded = LoadedObject.load(TestObjects.parse("live"))) {
                    assertThat(loaded.refused()).isEmpty();
                    loaded.attach("count_exits");
                }
            } catch (Throwable failed) {
                thrown.set(failed);
            }
        });
        poor.start();
        poor.join();
        if (thrown.get() != null && !(thrown.get() instanceof BpfException)) {
            throw new AssertionError(thrown.get());
        }
        return (BpfException) thrown.get();
    }

    @Test
    void bpfAndPerfmonAreEnough() throws Exception {
        assertThat(loadWithout(~(BPF | PERFMON))).isNull();
    }

    @Test
    void nothing() throws Exception {
        BpfException failed = loadWithout(BPF | PERFMON | SYS_ADMIN);
        assertThat(failed.kind()).isEqualTo(BpfException.Kind.NOT_PERMITTED);
        assertThat(failed).hasMessageContaining("EPERM").hasMessageContaining("CAP_BPF and CAP_PERFMON")
                .hasMessageNotContaining("\n");
        assertThat(failed.hint()).contains("run it with sudo").contains("sudo setpriv --reuid=");
    }

    @Test
    void onlyBpf() throws Exception {
        BpfException failed = loadWithout(PERFMON | SYS_ADMIN);
        assertThat(failed.kind()).isEqualTo(BpfException.Kind.NOT_PERMITTED);
        assertThat(failed).hasMessageContaining("without CAP_PERFMON").hasMessageNotContaining("CAP_BPF");
    }
}
