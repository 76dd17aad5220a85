package org.syscope.cli;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.scap.Rotation;
import org.syscope.filters.field.TimeFormat;
import org.syscope.filters.text.BufferFormat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Arguments are checked and converted, contradictions refused with one line. */
class SettingsTest {

    private static Settings settings(String... words) throws UsageException {
        return new Settings(CommandWords.parse(List.of(words)));
    }

    @Test
    void withoutOptionsThisMachineIsTracedWithoutLimits() throws UsageException {
        Settings settings = settings();
        assertThat(settings.isLive()).isTrue();
        assertThat(settings.maxEvents()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.maxNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(settings.recording()).isNull();
        assertThat(settings.quiet()).isFalse();
        assertThat(settings.filter()).isEmpty();
    }

    @Test
    void numbersAndTimes() throws UsageException {
        Settings settings = settings("-n", "7", "-M", "1.5", "-s", "200", "-t", "D", "-X");
        assertThat(settings.maxEvents()).isEqualTo(7);
        assertThat(settings.maxNanos()).isEqualTo(1_500_000_000L);
        assertThat(settings.snaplen()).isEqualTo(200);
        assertThat(settings.timeFormat()).isEqualTo(TimeFormat.DELTA);
        assertThat(settings.bufferFormat()).isEqualTo(BufferFormat.HEX_ASCII);
    }

    @Test
    void aRecordingWithRotation() throws UsageException {
        Settings.Recording recording = settings("-w", "f", "-z", "-C", "2", "-G", "3", "-e", "4", "-W", "5", "-F").recording();
        assertThat(recording).isEqualTo(new Settings.Recording("f", true, new Rotation(2_000_000, 3, 4, 5), true));
        assertThat(settings("-w", "f").quiet()).isTrue();
    }

    @Test
    void coloursFollowTheTerminalUnlessSaidOtherwise() throws UsageException {
        assertThat(settings().colored(true, null)).isTrue();
        assertThat(settings().colored(true, "1")).isFalse();
        assertThat(settings().colored(false, null)).isFalse();
        assertThat(settings("--color", "always").colored(false, "1")).isTrue();
        assertThat(settings("--color=never").colored(true, null)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "-n 0 | -n: '0' is not a number of events, 1 or more",
        "-n x | -n: 'x' is not a number of events, 1 or more",
        "-M 0 | -M: '0' is not a number of seconds above 0",
        "-M NaN | -M: 'NaN' is not a number of seconds above 0",
        "-s 65001 | -s: '65001' is not a number of bytes, 0 to 65000",
        "-t x | -t: 'x' is none of h, a, r, d, D",
        "-A -x | either -A or -x: buffers have one format",
        "-C 3 | -C says how a capture is written: it needs -w FILE",
        "-w f -W 3 | -W says how many files are kept: it needs -C, -G or -e",
        "-w f -C 0 | -C: '0' is not a number of million bytes, 1 or more",
        "-w - -G 1 | standard output cannot be rotated: give -w a file name",
        "-P | -P shows how much of a file is read: it needs -r",
        "-r f -- ls | either read a file (-r) or run a command (--), not both",
        "-- | no command behind --",
        "--from #3 | --from is a place in a file: it needs -r",
        "-r - --to -3s | --to: '-3s' is known only when the capture was looked through, and standard input can be read once",
        "-r - -r - | -r - can be given once",
        "--pid 0 | --pid: '0' is not a number of a process, 1 to 4194304",
        "--pid 1 --pid self | --pid: 'self' is not a number of a process, 1 to 4194304",
        "-r f --pid 1 | --pid traces running processes; for those in a file there is the filter proc.pid=P",
        "--enter --no-latency | --enter and --no-latency: enter events need the hook that --no-latency leaves out",
        "--pending=soon | --pending: 'soon' is not a time such as 2s, 500ms or 1.5m",
        "-r f --pending | --pending lists calls of this machine that are not over: it does not go with -r",
        "--color maybe | --color: 'maybe' is none of auto, always, never",
        "--log-level loud | --log-level: 'loud' is none of trace, debug, info, notice, warning, error, critical, fatal",
    })
    void mistakes(String line, String message) {
        assertThatThrownBy(() -> settings(line.split(" "))).isInstanceOf(UsageException.class).hasMessage(message);
    }

    @Test
    void whatHasNoEffectSaysWhy() {
        for (Option option : Option.all()) {
            if (!option.offered()) {
                String word = "--" + option.longName() + (option.argument() == Option.Argument.REQUIRED ? "=x" : "");
                assertThatThrownBy(() -> settings(word)).isInstanceOf(UsageException.class)
                        .hasMessageStartingWith(option.display() + ": ").hasMessageMatching("[^\n]{20,}");
            }
        }
    }
}
