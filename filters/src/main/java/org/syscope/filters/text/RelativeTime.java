package org.syscope.filters.text;

import java.math.BigDecimal;

/** A duration in seconds with at most six significant digits, as C's {@code %g} writes it: {@code 0.001}, {@code 1e-09}. */
public final class RelativeTime {

    private static final int SIGNIFICANT = 6;
    private static final long LIMIT = 1_000_000;

    private RelativeTime() {
    }

    /**
     * Adds a duration.
     *
     * @param nanos ns, unsigned 64 bits
     */
    public static void seconds(OutputBuffer out, long nanos) {
        if (nanos == 0) {
            out.append('0');
            return;
        }
        // value = digits * 10^exponent seconds, rounded to six digits; the digits' own exponent is that of the first one
        long digits = nanos;
        int dropped = 0;
        long rest = 0;
        long unit = 1;
        while (digits < 0 || digits >= LIMIT) {
            long quotient = Long.divideUnsigned(digits, 10);
            rest += (digits - quotient * 10) * unit;
            unit *= 10;
            digits = quotient;
            dropped++;
        }
        if (dropped > 0 && roundsUp(nanos, digits, rest, unit)) {
            digits++;
            if (digits == LIMIT) {
                digits /= 10;
                dropped++;
            }
        }
        int count = 1;
        for (long bound = 10; digits >= bound; bound *= 10) {
            count++;
        }
        int exponent = count - 1 + dropped - 9;
        while (digits % 10 == 0) {
            digits /= 10;
            count--;
        }
        if (exponent < -4 || exponent >= SIGNIFICANT) {
            scientific(out, digits, count, exponent);
        } else {
            plain(out, digits, count, exponent);
        }
    }

    /** Exactly half is decided by the double that the division gives, as it is the one that C prints. */
    private static boolean roundsUp(long nanos, long digits, long rest, long unit) {
        long half = unit / 2;
        if (rest != half || unit == 1) {
            return rest > half;
        }
        BigDecimal shown = new BigDecimal((double) nanos / 1e9);
        int tie = shown.movePointRight(9).compareTo(new BigDecimal(Long.toUnsignedString(nanos)));
        return tie > 0 || tie == 0 && (digits & 1) == 1;
    }

    private static void scientific(OutputBuffer out, long digits, int count, int exponent) {
        long power = power(count - 1);
        out.unsigned(digits / power);
        if (count > 1) {
            out.append('.');
            out.padded(digits % power, count - 1);
        }
        out.append('e');
        out.append(exponent < 0 ? '-' : '+');
        out.padded(Math.abs(exponent), 2);
    }

    private static void plain(OutputBuffer out, long digits, int count, int exponent) {
        if (exponent < 0) {
            out.ascii("0.");
            out.repeat('0', -exponent - 1);
            out.unsigned(digits);
        } else if (count <= exponent + 1) {
            out.unsigned(digits);
            out.repeat('0', exponent + 1 - count);
        } else {
            long power = power(count - 1 - exponent);
            out.unsigned(digits / power);
            out.append('.');
            out.padded(digits % power, count - 1 - exponent);
        }
    }

    private static long power(int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= 10;
        }
        return result;
    }
}
