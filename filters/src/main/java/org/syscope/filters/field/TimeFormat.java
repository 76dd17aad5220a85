package org.syscope.filters.field;

/** What {@code evt.outputtime} shows, as {@code -t} chooses. */
public enum TimeFormat {
    /** {@code h}: time of day in the local time zone. */
    LOCAL('h'),
    /** {@code a}: seconds since the epoch. */
    ABSOLUTE('a'),
    /** {@code r}: seconds since the first event. */
    RELATIVE('r'),
    /** {@code d}: seconds from enter to exit. */
    LATENCY('d'),
    /** {@code D}: seconds since the event shown before. */
    DELTA('D');

    private final char letter;

    TimeFormat(char letter) {
        this.letter = letter;
    }

    /** The format of an option's letter; null if there is none. */
    public static TimeFormat of(char letter) {
        for (TimeFormat format : values()) {
            if (format.letter == letter) {
                return format;
            }
        }
        return null;
    }
}
