package org.syscope.cli;

/** Numbers as people read them, without a formatter's start-up. */
final class Figures {

    private static final long NANOS = 1_000_000_000;
    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    private Figures() {
    }

    /** A whole number with commas between thousands. */
    static String count(long value) {
        StringBuilder text = new StringBuilder(Long.toString(value));
        int first = value < 0 ? 1 : 0;
        for (int i = text.length() - 3; i > first; i -= 3) {
            text.insert(i, ',');
        }
        return text.toString();
    }

    /** A count with its noun, which takes an s unless there is one. */
    static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** A duration in seconds with a fraction of {@code digits} digits, 1 to 9. */
    static String seconds(long nanos, int digits) {
        long scale = 1;
        for (int i = digits; i < 9; i++) {
            scale *= 10;
        }
        long rounded = (nanos + scale / 2) / scale;
        long perSecond = NANOS / scale;
        StringBuilder text = new StringBuilder().append(rounded / perSecond).append('.');
        String fraction = Long.toString(rounded % perSecond);
        return text.repeat('0', digits - fraction.length()).append(fraction).toString();
    }

    /** A duration in the largest unit in which it is at least 1, three digits or so: {@code 1.23 ms}. */
    static String duration(long nanos) {
        int unit = 0;
        long scale = 1;
        while (unit < UNITS.length - 1 && nanos >= scale * 1000) {
            scale *= 1000;
            unit++;
        }
        return decimal(nanos, scale, unit == 0 ? 0 : nanos >= scale * 100 ? 0 : nanos >= scale * 10 ? 1 : 2) + " " + UNITS[unit];
    }

    /** Bytes in the largest binary unit in which they are at least 1. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return count(bytes, "byte");
        }
        int unit = 0;
        long scale = 1024;
        while (unit < 3 && bytes >= scale * 1024) {
            scale *= 1024;
            unit++;
        }
        return decimal(bytes, scale, 1) + " " + "KMGT".charAt(unit) + "iB";
    }

    /** {@code value / scale}, rounded to so many digits behind the point. */
    static String decimal(long value, long scale, int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        long rounded = Math.round((double) value * power / scale);
        if (digits == 0) {
            return Long.toString(rounded);
        }
        String fraction = Long.toString(rounded % power);
        return new StringBuilder().append(rounded / power).append('.').repeat('0', digits - fraction.length()).append(fraction)
                .toString();
    }
}
