package org.syscope.chisels.views;

import java.util.Locale;

/** How the values that one cell gets in an interval become one. */
public enum Aggregation {
    /** The first value stays. */
    NONE,
    /** Numbers are added up. */
    SUM,
    /** The mean of the values that were there. */
    AVG,
    /** The sum for each second of the interval. */
    TIME_AVG,
    /** The smallest number. */
    MIN,
    /** The largest number; of texts the last. */
    MAX,
    /** The median, exact to an eighth; of numbers only. Not in csysdig. */
    P50,
    /** The value that 99 of 100 do not exceed, exact to an eighth; of numbers only. Not in csysdig. */
    P99;

    /** The aggregation of that name as view files write it; null if there is none. */
    static Aggregation named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Whether it needs all values, not only what they came to so far. */
    boolean isPercentile() {
        return this == P50 || this == P99;
    }
}
