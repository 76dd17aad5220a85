package org.syscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What -P shows, by a clock of the test's own. */
class ProgressTest {

    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;
    private final Progress progress = new Progress(new PrintStream(err), () -> now);

    @Test
    void shareRateAndTimeLeft() {
        now = 2 * SECOND;
        progress.update(250, 1000, 4_000_000);
        assertThat(err).hasToString("\r25.00 %, 4,000,000 events, 2,000,000 a second, 6.0 s left");
    }

    @Test
    void ofAPipeOnlyTheRate() {
        now = SECOND;
        progress.update(250, 0, 10);
        assertThat(err).hasToString("\r10 events, 10 a second");
    }

    @Test
    void notMoreOftenThanEyesFollow() {
        now = SECOND / 10;
        progress.update(1, 1000, 1);
        assertThat(err.size()).isZero();
        now = SECOND / 4;
        progress.update(1, 1000, 1);
        now += SECOND / 10;
        progress.update(2, 1000, 2);
        assertThat(err.toString().chars().filter(c -> c == '\r')).hasSize(1);
    }

    @Test
    void theEndWritesOverALongerLine() {
        now = SECOND;
        progress.update(1, 1000, 4_000_000);
        int length = err.size() - 1;
        err.reset();
        progress.done();
        assertThat(err.toString()).startsWith("\r100.00 %").hasSize(length + 2).endsWith(" \n");
    }
}
