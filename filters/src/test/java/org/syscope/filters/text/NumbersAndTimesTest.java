package org.syscope.filters.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers, addresses, times and paths are written as C's library and java.time write them. */
class NumbersAndTimesTest {

    private static String text(Consumer<OutputBuffer> writer) {
        OutputBuffer out = new OutputBuffer();
        writer.accept(out);
        return out.toString();
    }

    @Test
    void numbersInAllBases() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            long value = i < 70 ? (i < 64 ? 1L << i : i - 67) : random.nextLong() >> random.nextInt(64);
            assertThat(text(out -> out.decimal(value))).isEqualTo(Long.toString(value));
            assertThat(text(out -> out.unsigned(value))).isEqualTo(Long.toUnsignedString(value));
            assertThat(text(out -> out.hexLower(value, 1))).isEqualTo(Long.toHexString(value));
            assertThat(text(out -> out.hexUpper(value))).isEqualTo(Long.toHexString(value).toUpperCase());
            assertThat(text(out -> out.octal(value))).isEqualTo(value == 0 ? "0" : "0" + Long.toOctalString(value));
        }
        assertThat(text(out -> out.decimal(Long.MIN_VALUE))).isEqualTo("-9223372036854775808");
        assertThat(text(out -> out.unsigned(-1))).isEqualTo(new BigInteger("2").pow(64).subtract(BigInteger.ONE).toString());
        assertThat(text(out -> out.padded(42, 9))).isEqualTo("000000042");
        for (long power = 1; power > 0 && power < Long.MAX_VALUE / 10; power *= 10) {
            long edge = power;
            assertThat(text(out -> out.unsigned(edge - 1))).isEqualTo(Long.toString(edge - 1));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1e-09", "1000,1e-06", "15000,1.5e-05", "100000,0.0001", "1000000,0.001", "1234567890,1.23457",
        "1000000000,1", "60000000000,60", "123456000000000,123456", "1234567000000000,1.23457e+06", "999999500,1",
        "9999995000000000,1e+07", "2500000000,2.5", "1234565,0.00123456", "-2,1.84467e+10"})
    void secondsAsPrintfWritesThem(long nanos, String expected) {
        assertThat(text(out -> RelativeTime.seconds(out, nanos))).isEqualTo(expected);
    }

    @Test
    void secondsAgreeWithJavaForRandomDurations() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            long nanos = random.nextLong() >>> 1 + random.nextInt(62);
            // %g keeps trailing zeros in Java, not in C; the numbers must be the same
            double shown = Double.parseDouble(text(out -> RelativeTime.seconds(out, nanos)));
            double wanted = Double.parseDouble(String.format("%.5e", nanos / 1e9));
            assertThat(shown).isCloseTo(wanted, Offset.offset(Math.abs(wanted) * 1e-5));
        }
    }

    @Test
    void clockTimesInAZoneWithSummerTime() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        ClockText clock = new ClockText(zone);
        DateTimeFormatter format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.nnnnnnnnn");
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            long nanos = (random.nextLong() & Long.MAX_VALUE) % 4_000_000_000_000_000_000L;
            Instant instant = Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
            String expected = format.format(ZonedDateTime.ofInstant(instant, zone));
            assertThat(text(out -> clock.dateTime(out, nanos, true))).isEqualTo(expected);
            assertThat(text(out -> clock.time(out, nanos, true))).isEqualTo(expected.substring(11));
            assertThat(text(out -> clock.iso8601(out, nanos))).isEqualTo(
                    format.format(ZonedDateTime.ofInstant(instant, ZoneOffset.UTC)).replace(' ', 'T') + "+0000");
        }
        long change = 1_698_541_200L;
        for (long second = change - 2; second < change + 2; second++) {
            long at = second;
            String expected = format.format(ZonedDateTime.ofInstant(Instant.ofEpochSecond(at), zone)).substring(11, 19);
            assertThat(text(out -> clock.time(out, at * 1_000_000_000, false))).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,::", "0,1,::1", "0,0x1020304,::1.2.3.4", "0,0xffff01020304,::ffff:1.2.3.4",
        "0x20010db800000000,1,2001:db8::1", "0x2001000000010000,0x0000000100000001,2001:0:1::1:0:1",
        "0x0001000200030004,0x0005000600070000,1:2:3:4:5:6:7:0", "0x0001000000000004,0x0005000600000000,1::4:5:6:0:0",
        "0xfe80000000000000,0x0000000000000000,fe80::"})
    void ipv6(String high, String low, String expected) {
        assertThat(text(out -> AddressText.ipv6(out, Long.parseUnsignedLong(high.replace("0x", ""), 16),
                Long.parseUnsignedLong(low.replace("0x", ""), 16)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/home/x/,a,/home/x/a", "/home/x/,../a/./b//c/,/home/a/b/c", "/home/x/,../../../..,/", "/,..,/", "'',/a/../b,/b",
        "'',/,/", "'',foo/../a,a", "/a/,.,/a", "/a/b/,..,/a", "/a/,...,/a/...", "'',//a,/a", "/a/,..b/c,/a/..b/c"})
    void joinedPaths(String base, String path, String expected) {
        OutputBuffer out = new OutputBuffer();
        out.ascii("> ");
        int start = out.length();
        out.ascii(base);
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        PathText.join(out, start, bytes, 0, bytes.length);
        assertThat(out).hasToString("> " + expected);
    }

    @ParameterizedTest
    @CsvSource({"0,0ns", "999,999ns", "1000,1.00us", "9999,9.99us", "10000,10us", "999999,999us", "1000000,1.00ms",
        "4200000,4.20ms", "10000000,10ms", "1050000000,1.05s", "59999999999,59.99s", "127000000000,2:7",
        "3661000000000,01:01:01"})
    void durationsWithUnits(long nanos, String expected) {
        assertThat(text(out -> DurationText.append(out, nanos))).isEqualTo(expected);
    }

    @Test
    void namesOfErrorsAndSignals() {
        assertThat(ErrnoNames.ofResult(-1)).isEqualTo("EPERM");
        assertThat(ErrnoNames.ofResult(-40)).isEqualTo("ELOOP");
        assertThat(ErrnoNames.ofResult(-42)).isEqualTo("ENOMSG");
        assertThat(ErrnoNames.ofResult(-110)).isEqualTo("ETIMEDOUT");
        assertThat(ErrnoNames.ofResult(-115)).isEqualTo("EINPROGRESS");
        assertThat(ErrnoNames.ofResult(-133)).isEqualTo("EHWPOISON");
        assertThat(ErrnoNames.ofResult(-516)).isEqualTo("ERESTART_RESTARTBLOCK");
        assertThat(ErrnoNames.ofResult(-524)).isEqualTo("ENOTSUPP");
        assertThat(ErrnoNames.ofResult(-41)).isNull();
        assertThat(ErrnoNames.ofResult(0)).isNull();
        assertThat(ErrnoNames.ofResult(Long.MIN_VALUE)).isNull();
        assertThat(SignalNames.of(1)).isEqualTo("SIGHUP");
        assertThat(SignalNames.of(31)).isEqualTo("SIGSYS");
        assertThat(SignalNames.of(17)).isEqualTo("SIGCHLD");
        assertThat(SignalNames.of(0)).isNull();
    }
}
