package org.syscope.capture.scap;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;

/** The names of files that follow each other: a counter behind the given name, or the time in it as strftime puts it. */
final class FileNames {

    private final String base;
    private final boolean timed;
    private final boolean counted;
    private final int limit;
    private final int digits;
    private final ZoneId zone;
    private int counter;

    /**
     * Names for a rotation.
     *
     * @param base the name as it was given
     * @param rotation when and how many
     * @param zone of the time in names
     */
    FileNames(String base, Rotation rotation, ZoneId zone) {
        this.base = base;
        this.timed = rotation.seconds() > 0 && rotation.events() == 0 && base.indexOf('%') >= 0;
        this.counted = rotation.rotates() && (!timed || rotation.bytes() > 0);
        this.limit = rotation.files();
        this.digits = limit > 0 ? Integer.toString(limit).length() : 1;
        this.zone = zone;
    }

    /** The next file's name; {@code time} in ns since the epoch. */
    String next(long time) {
        StringBuilder name = new StringBuilder();
        if (timed) {
            appendTime(name, ZonedDateTime.ofInstant(Instant.ofEpochSecond(0, time), zone));
        } else {
            name.append(base);
        }
        if (counted) {
            String number = Integer.toString(counter);
            name.repeat('0', Math.max(0, digits - number.length())).append(number);
            counter++;
            if (limit > 0) {
                counter %= limit;
            }
        }
        return name.toString();
    }

    private void appendTime(StringBuilder name, ZonedDateTime time) {
        for (int i = 0; i < base.length(); i++) {
            char c = base.charAt(i);
            if (c == '%' && i + 1 < base.length()) {
                i++;
                conversion(name, time, base.charAt(i));
            } else {
                name.append(c);
            }
        }
    }

    /** One conversion of strftime(3) in the C locale; an unknown one stays as it is. */
    private static void conversion(StringBuilder name, ZonedDateTime time, char letter) {
        int hour12 = time.get(ChronoField.CLOCK_HOUR_OF_AMPM);
        switch (letter) {
            case 'a' -> name.append(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case 'A' -> name.append(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case 'b', 'h' -> name.append(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH));
            case 'B' -> name.append(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case 'c' -> text(name, time, "%a %b %e %H:%M:%S %Y");
            case 'C' -> padded(name, time.getYear() / 100, 2, '0');
            case 'd' -> padded(name, time.getDayOfMonth(), 2, '0');
            case 'D', 'x' -> text(name, time, "%m/%d/%y");
            case 'e' -> padded(name, time.getDayOfMonth(), 2, ' ');
            case 'F' -> text(name, time, "%Y-%m-%d");
            case 'g' -> padded(name, time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0');
            case 'G' -> name.append(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> padded(name, time.getHour(), 2, '0');
            case 'I' -> padded(name, hour12, 2, '0');
            case 'j' -> padded(name, time.getDayOfYear(), 3, '0');
            case 'k' -> padded(name, time.getHour(), 2, ' ');
            case 'l' -> padded(name, hour12, 2, ' ');
            case 'm' -> padded(name, time.getMonthValue(), 2, '0');
            case 'M' -> padded(name, time.getMinute(), 2, '0');
            case 'n' -> name.append('\n');
            case 'p' -> name.append(time.getHour() < 12 ? "AM" : "PM");
            case 'P' -> name.append(time.getHour() < 12 ? "am" : "pm");
            case 'r' -> text(name, time, "%I:%M:%S %p");
            case 'R' -> text(name, time, "%H:%M");
            case 's' -> name.append(time.toEpochSecond());
            case 'S' -> padded(name, time.getSecond(), 2, '0');
            case 't' -> name.append('\t');
            case 'T', 'X' -> text(name, time, "%H:%M:%S");
            case 'u' -> name.append(time.getDayOfWeek().getValue());
            case 'U' -> padded(name, (time.getDayOfYear() + 6 - time.getDayOfWeek().getValue() % 7) / 7, 2, '0');
            case 'V' -> padded(name, time.get(WeekFields.ISO.weekOfWeekBasedYear()), 2, '0');
            case 'w' -> name.append(time.getDayOfWeek().getValue() % 7);
            case 'W' -> padded(name, (time.getDayOfYear() + 6 - (time.getDayOfWeek().getValue() + 6) % 7) / 7, 2, '0');
            case 'y' -> padded(name, time.getYear() % 100, 2, '0');
            case 'Y' -> name.append(time.getYear());
            case 'z' -> name.append(time.getOffset().getTotalSeconds() == 0 ? "+0000"
                    : time.getOffset().getId().replace(":", "").substring(0, 5));
            case 'Z' -> name.append(DateTimeFormatter.ofPattern("zzz", Locale.ENGLISH).format(time));
            case '%' -> name.append('%');
            default -> name.append('%').append(letter);
        }
    }

    private static void text(StringBuilder name, ZonedDateTime time, String format) {
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) == '%') {
                i++;
                conversion(name, time, format.charAt(i));
            } else {
                name.append(format.charAt(i));
            }
        }
    }

    private static void padded(StringBuilder name, int value, int width, char fill) {
        String digits = Integer.toString(value);
        name.repeat(fill, Math.max(0, width - digits.length())).append(digits);
    }
}
