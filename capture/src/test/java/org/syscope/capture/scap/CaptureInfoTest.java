package org.syscope.capture.scap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.EventOptions;
import org.syscope.capture.event.Text;

import static org.assertj.core.api.Assertions.assertThat;

/** What a capture is and holds. */
class CaptureInfoTest {

    @TempDir
    private Path folder;

    @Test
    void aRealCapture() throws IOException {
        CaptureInfo info = CaptureInfo.of(Captures.file("curl_google.scap").toString());
        assertThat(info.compressed()).isTrue();
        assertThat(info.events()).isEqualTo(1536);
        assertThat(info.sections()).isEqualTo(1);
        assertThat(info.machine().cpus()).isPositive();
        assertThat(info.types().stream().mapToLong(CaptureInfo.TypeCount::events).sum()).isEqualTo(1536);
        assertThat(info.types().get(0).typeCode()).isEqualTo(EventCodes.PPME_PROCINFO_E);
        assertThat(info.types().get(0).events()).isEqualTo(315);
        assertThat(info.processes().stream().mapToLong(CaptureInfo.ProcessCount::events).sum()).isEqualTo(1536);
        assertThat(info.processes().get(0).name()).isEqualTo(Text.of("curl"));
        assertThat(info.lastTime()).isGreaterThan(info.firstTime());
        assertThat(info.writer()).isEqualTo(Text.EMPTY);
        assertThat(info.lost()).isZero();
        assertThat(info.fault()).isNull();
    }

    /** Both ways to tell of losses: dropping that started and stopped, and a notification with a number. */
    @Test
    void lossesAreFound() throws IOException {
        byte[] notice = Bytes.eventBytes(500, 1, EventCodes.PPME_DROP_E, new byte[4]);
        byte[] content = new Bytes().section()
                .event(100, 1, EventCodes.PPME_DROP_E, new byte[4]).event(200, 1, EventCodes.PPME_DROP_X, new byte[4])
                .block(BlockType.EVENT_V2, new Bytes().u16(7).raw(notice).padTo4().u16(2989).u16(24).u32(32473)
                        .u16(EventOptions.LOSS).u16(16).u64(42).u64(450).u32(0)).array();
        CaptureInfo info = CaptureInfo.of(Files.write(folder.resolve("lost"), content).toString());
        assertThat(info.lost()).isEqualTo(42);
        assertThat(info.lossPlaces()).isEqualTo(2);
        assertThat(info.unknownLossPlaces()).isEqualTo(1);
        assertThat(info.gaps()).containsExactly(new CaptureInfo.Gap(100, 200, -1, 3), new CaptureInfo.Gap(450, 500, 42, 7));
    }

    @Test
    void aDamagedFileIsDescribedUpToTheFault() throws IOException {
        byte[] content = new Bytes().section().event(100, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8])
                .event(200, 1, EventCodes.PPME_SYSCALL_CLOSE_X, new byte[8]).array();
        Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(content, content.length - 4));
        CaptureInfo info = CaptureInfo.of(file.toString());
        assertThat(info.events()).isEqualTo(1);
        assertThat(info.fault()).hasMessageContaining("truncated");
    }
}
