package org.syscope.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time on the command line: {@code 10s}, {@code 1.5m}, {@code 200ms}; a number alone is in seconds. */
final class TimeSpan {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|ms|s|m|h|)");

    private TimeSpan() {
    }

    /**
     * Understands a length of time, in ns.
     *
     * @param option named in messages
     * @throws UsageException if it is none
     */
    static long parse(String option, String text) throws UsageException {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(option + ": '" + text + "' is not a time such as 2s, 500ms or 1.5m");
        }
        return nanos(matcher.group(1), matcher.group(2));
    }

    /**
     * A number of units in ns.
     *
     * @param number decimal
     * @param unit ns, us, ms, s, m, h, or empty for s
     */
    static long nanos(String number, String unit) {
        double factor = switch (unit) {
            case "ns" -> 1;
            case "us" -> 1e3;
            case "ms" -> 1e6;
            case "m" -> 60e9;
            case "h" -> 3600e9;
            default -> 1e9;
        };
        return Math.round(Double.parseDouble(number) * factor);
    }
}
