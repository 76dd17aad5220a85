package org.syscope.cli.ui;

/** Numbers as people read them. */
final class Amounts {

    private static final double NANO = 1e9;
    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    private Amounts() {
    }

    /** 1234567 as 1,234,567. */
    static String count(long number) {
        StringBuilder text = new StringBuilder(Long.toString(number));
        for (int at = text.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** A span of ns: 37ms, 3.2s, 1m04s, 2h05m. */
    static String span(long nanos) {
        if (nanos < NANO) {
            return duration(Math.max(0, nanos));
        }
        double seconds = nanos / NANO;
        if (seconds < 60) {
            return tenths(seconds) + "s";
        }
        long whole = (long) seconds;
        return whole < 3600 ? whole / 60 + "m" + two(whole % 60) + "s" : whole / 3600 + "h" + two(whole / 60 % 60) + "m";
    }

    /** A latency of a scale of powers of ten: 1ns, 100us. */
    static String latency(int decade) {
        String[] digits = {"1", "10", "100"};
        int unit = Math.min(UNITS.length - 1, decade / 3);
        String zeros = "0".repeat(Math.max(0, decade - 3 * (UNITS.length - 1) - 2));
        return digits[Math.min(2, decade - 3 * unit)] + zeros + UNITS[unit];
    }

    /** A duration of ns in the unit that leaves one to three digits before the point: 12ns, 3.5us, 120ms. */
    static String duration(long nanos) {
        double value = nanos;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return (unit == 0 || value >= 100 ? Long.toString(Math.round(value)) : tenths(value)) + UNITS[unit];
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    private static String tenths(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }
}
