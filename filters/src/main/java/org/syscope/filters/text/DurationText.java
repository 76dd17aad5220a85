package org.syscope.filters.text;

/** A duration with about three digits and its unit: {@code 312ns}, {@code 4.20us}, {@code 1.05s}, {@code 2:07}. */
public final class DurationText {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private DurationText() {
    }

    /** Adds a duration in ns; from a minute on as minutes and seconds, from an hour on with hours too. */
    public static void append(OutputBuffer out, long nanos) {
        if (nanos >= 3600 * SECOND) {
            out.padded(nanos / (3600 * SECOND), 2);
            out.append(':');
            out.padded(nanos / (60 * SECOND) % 60, 2);
            out.append(':');
            out.padded(nanos / SECOND % 60, 2);
        } else if (nanos >= 60 * SECOND) {
            out.unsigned(nanos / (60 * SECOND));
            out.append(':');
            out.unsigned(nanos / SECOND % 60);
        } else if (nanos >= SECOND) {
            scaled(out, nanos, SECOND, "s", Long.MAX_VALUE);
        } else if (nanos >= MILLI) {
            scaled(out, nanos, MILLI, "ms", 10);
        } else if (nanos >= MICRO) {
            scaled(out, nanos, MICRO, "us", 10);
        } else {
            out.unsigned(nanos);
            out.ascii("ns");
        }
    }

    private static void scaled(OutputBuffer out, long nanos, long unit, String name, long wholeFrom) {
        out.unsigned(nanos / unit);
        if (nanos / unit < wholeFrom) {
            out.append('.');
            out.padded(nanos % unit * 100 / unit, 2);
        }
        out.ascii(name);
    }
}
