package org.syscope.filters.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Points in time as text: wall-clock time in one time zone, or UTC. The zone's offset is looked up only where the zone
 * changes it (summer time), the date only where a new day begins, so that an event costs a few divisions.
 */
public final class ClockText {

    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400L;

    private final ZoneRules rules;
    private long offsetFrom = Long.MAX_VALUE;
    private long offsetTo = Long.MIN_VALUE;
    private long offset;
    private long day = Long.MIN_VALUE;
    private int year;
    private int month;
    private int dayOfMonth;

    /** A clock that shows the wall-clock time of a zone. */
    public ClockText(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** Adds {@code HH:MM:SS}, and {@code .nnnnnnnnn} if asked; {@code nanos} are ns since the epoch, unsigned. */
    public void time(OutputBuffer out, long nanos, boolean fraction) {
        long seconds = Long.divideUnsigned(nanos, SECOND);
        clock(out, seconds + offsetAt(seconds), fraction ? nanos - seconds * SECOND : -1);
    }

    /** Adds {@code YYYY-MM-DD HH:MM:SS}, and {@code .nnnnnnnnn} if asked. */
    public void dateTime(OutputBuffer out, long nanos, boolean fraction) {
        long seconds = Long.divideUnsigned(nanos, SECOND);
        long local = seconds + offsetAt(seconds);
        date(out, local);
        out.append(' ');
        clock(out, local, fraction ? nanos - seconds * SECOND : -1);
    }

    /** Adds {@code YYYY-MM-DDTHH:MM:SS.nnnnnnnnn+0000}: the time in UTC, whatever the zone. */
    public void iso8601(OutputBuffer out, long nanos) {
        long seconds = Long.divideUnsigned(nanos, SECOND);
        date(out, seconds);
        out.append('T');
        clock(out, seconds, nanos - seconds * SECOND);
        out.ascii("+0000");
    }

    /** Adds seconds with a fraction of nine digits. */
    public static void seconds(OutputBuffer out, long nanos) {
        long seconds = Long.divideUnsigned(nanos, SECOND);
        out.unsigned(seconds);
        out.append('.');
        out.padded(nanos - seconds * SECOND, 9);
    }

    private void date(OutputBuffer out, long seconds) {
        long wanted = Math.floorDiv(seconds, DAY);
        if (wanted != day) {
            setDay(wanted);
        }
        out.padded(year, 4);
        out.append('-');
        two(out, month);
        out.append('-');
        two(out, dayOfMonth);
    }

    private static void clock(OutputBuffer out, long seconds, long fraction) {
        int second = (int) Math.floorMod(seconds, DAY);
        two(out, second / 3600);
        out.append(':');
        two(out, second / 60 % 60);
        out.append(':');
        two(out, second % 60);
        if (fraction >= 0) {
            out.append('.');
            out.padded(fraction, 9);
        }
    }

    private static void two(OutputBuffer out, int value) {
        out.append('0' + value / 10);
        out.append('0' + value % 10);
    }

    private long offsetAt(long seconds) {
        if (seconds < offsetFrom || seconds >= offsetTo) {
            Instant instant = Instant.ofEpochSecond(seconds);
            offset = rules.getOffset(instant).getTotalSeconds();
            ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
            ZoneOffsetTransition after = rules.nextTransition(instant);
            offsetFrom = before == null ? Long.MIN_VALUE : before.toEpochSecond();
            offsetTo = after == null ? Long.MAX_VALUE : after.toEpochSecond();
        }
        return offset;
    }

    /** Proleptic Gregorian date of a day count, by eras of 400 years that begin on 1 March. */
    private void setDay(long epochDay) {
        day = epochDay;
        long shifted = epochDay + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        long dayOfEra = shifted - era * 146_097;
        long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long monthFromMarch = (5 * dayOfYear + 2) / 153;
        dayOfMonth = (int) (dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
        month = (int) (monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9);
        year = (int) (yearOfEra + era * 400 + (month <= 2 ? 1 : 0));
    }
}
