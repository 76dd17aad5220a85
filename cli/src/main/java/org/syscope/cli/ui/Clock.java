package org.syscope.cli.ui;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of day of events, in the user's zone. */
final class Clock {

    private static final long SECOND = 1_000_000_000;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private Clock() {
    }

    /** 12:34:56 of ns since the epoch. */
    static String seconds(long nanos) {
        return time(nanos).format(SECONDS);
    }

    /** 12:34:56.789 of ns since the epoch. */
    static String millis(long nanos) {
        return time(nanos).format(MILLIS);
    }

    private static ZonedDateTime time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND)).atZone(ZoneId.systemDefault());
    }
}
