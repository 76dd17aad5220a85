package org.syscope.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a capture, as {@code --from} and {@code --to} name it: {@code #N} is the event of that number, {@code +10s}
 * counts from the first event, {@code -30s} back from the last one, everything else is a time: ISO 8601 with or without an
 * offset, a time of day as the default output shows it (on the day of the first event), or seconds since the epoch.
 *
 * @param kind what {@code value} means
 * @param value event number, ns since the epoch, ns of the day, or a distance in ns, not negative
 */
record CapturePlace(Kind kind, long value) {

    /** What is counted. */
    enum Kind {
        /** Event number, from 1. */
        NUMBER,
        /** Time since the epoch, ns. */
        TIME,
        /** Time of day, ns, on the day of the first event. */
        TIME_OF_DAY,
        /** Behind the first event, ns. */
        AFTER_START,
        /** Before the last event, ns. */
        BEFORE_END
    }

    private static final long SECOND = 1_000_000_000;
    private static final Pattern DISTANCE = Pattern.compile("([+-])(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|)");
    private static final Pattern EPOCH = Pattern.compile("@?(\\d{9,10})(?:\\.(\\d{1,9}))?");

    /**
     * Understands a place.
     *
     * @param option named in messages
     * @param zone of times without an offset
     * @throws UsageException if it is none
     */
    static CapturePlace parse(String option, String text, ZoneId zone) throws UsageException {
        try {
            if (text.startsWith("#")) {
                long number = Long.parseLong(text.substring(1));
                if (number > 0) {
                    return new CapturePlace(Kind.NUMBER, number);
                }
            }
            Matcher distance = DISTANCE.matcher(text);
            if (distance.matches()) {
                return new CapturePlace(distance.group(1).equals("+") ? Kind.AFTER_START : Kind.BEFORE_END,
                        TimeSpan.nanos(distance.group(2), distance.group(3)));
            }
            Matcher epoch = EPOCH.matcher(text);
            if (epoch.matches()) {
                String fraction = epoch.group(2) == null ? "" : epoch.group(2);
                return new CapturePlace(Kind.TIME, Math.addExact(Long.parseLong(epoch.group(1)) * SECOND,
                        Long.parseLong(fraction + "0".repeat(9 - fraction.length()))));
            }
            return time(text, zone);
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new UsageException(option + ": '" + text + "' is neither a time (2026-01-31T12:00:00, 12:00:00.5), nor +10s"
                    + " from the first event, nor -10s before the last, nor #N for an event's number");
        }
    }

    private static CapturePlace time(String text, ZoneId zone) {
        String iso = text.replace(' ', 'T');
        if (iso.indexOf('T') < 0) {
            return new CapturePlace(Kind.TIME_OF_DAY, LocalTime.parse(iso).toNanoOfDay());
        }
        int time = iso.indexOf('T');
        boolean offset = iso.endsWith("Z") || iso.indexOf('+', time) > 0 || iso.indexOf('-', time) > 0;
        Instant instant = offset ? OffsetDateTime.parse(iso).toInstant() : LocalDateTime.parse(iso).atZone(zone).toInstant();
        return new CapturePlace(Kind.TIME, nanos(instant));
    }

    private static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
    }

    /** Whether it is known only when the first event's time is. */
    boolean needsFirst() {
        return kind == Kind.AFTER_START || kind == Kind.TIME_OF_DAY;
    }

    /** Whether it is known only when the last event's time is. */
    boolean needsLast() {
        return kind == Kind.BEFORE_END;
    }

    /**
     * The time it means; not for numbers.
     *
     * @param first time of the capture's first event, ns since the epoch; asked for if {@link #needsFirst()}
     * @param last time of its last event, likewise
     * @return ns since the epoch
     */
    long time(long first, long last, ZoneId zone) {
        return switch (kind) {
            case TIME -> value;
            case AFTER_START -> first + value;
            case BEFORE_END -> last - value;
            case TIME_OF_DAY -> nanos(Instant.ofEpochSecond(first / SECOND).atZone(zone).toLocalDate()
                    .atTime(LocalTime.ofNanoOfDay(value)).atZone(zone).toInstant());
            case NUMBER -> throw new IllegalStateException("a number has no time");
        };
    }
}
