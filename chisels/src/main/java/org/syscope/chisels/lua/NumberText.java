package org.syscope.chisels.lua;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * Numbers as C's printf writes them: Lua's own way is {@code %.14g}. What lies exactly between two decimals is rounded up,
 * as LuaJIT does, on which scripts ran so far.
 */
final class NumberText {
    private static final int LUA_DIGITS = 14;
    private static final double PLAIN = 1e14;

    private NumberText() {
    }

    /** A number or string as a string; null if the value is neither. */
    static LuaString of(LuaValue value) {
        if (value instanceof LuaString text) {
            return text;
        }
        if (value.type() != LuaValue.TNUMBER) {
            return null;
        }
        return LuaString.valueOf(value instanceof LuaInteger ? Integer.toString(value.toint()) : of(value.todouble()));
    }

    /** A number with 14 significant digits at most. */
    static String of(double value) {
        if (value == (long) value && Math.abs(value) < PLAIN) {
            return value == 0 && 1 / value < 0 ? "-0" : Long.toString((long) value);
        }
        return general(value, LUA_DIGITS, false);
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        return value > 0 ? "inf" : "-inf";
    }

    private static boolean isNegative(double value) {
        return (Double.doubleToRawLongBits(value) & Long.MIN_VALUE) != 0;
    }

    /** As {@code %.Nf}. */
    static String fixed(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        String text = new BigDecimal(Math.abs(value)).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        return isNegative(value) ? "-" + text : text;
    }

    /** As {@code %.Ne}. */
    static String scientific(double value, int decimals) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        BigDecimal exact = new BigDecimal(Math.abs(value)).round(new MathContext(decimals + 1, RoundingMode.HALF_UP));
        String digits = exact.unscaledValue().toString();
        int exponent = exact.signum() == 0 ? 0 : digits.length() - 1 - exact.scale();
        StringBuilder text = new StringBuilder(isNegative(value) ? "-" : "").append(digits.charAt(0));
        if (decimals > 0) {
            text.append('.');
            for (int i = 1; i <= decimals; i++) {
                text.append(exact.signum() != 0 && i < digits.length() ? digits.charAt(i) : '0');
            }
        }
        return text.append(exponentText(exponent)).toString();
    }

    private static String exponentText(int exponent) {
        int size = Math.abs(exponent);
        return (exponent < 0 ? "e-" : "e+") + (size < 10 ? "0" : "") + size;
    }

    /**
     * As {@code %.Ng}.
     *
     * @param keepZeros as the flag {@code #} does
     */
    static String general(double value, int precision, boolean keepZeros) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return special(value);
        }
        int significant = Math.max(precision, 1);
        String text = scientific(value, significant - 1);
        int mark = text.indexOf('e');
        int exponent = Integer.parseInt(text.substring(mark + 1));
        if (exponent < -4 || exponent >= significant) {
            return (keepZeros ? text.substring(0, mark) : trimmed(text.substring(0, mark))) + text.substring(mark);
        }
        BigDecimal rounded = new BigDecimal(text);
        String plain = rounded.setScale(significant - 1 - exponent, RoundingMode.HALF_UP).toPlainString();
        if (rounded.signum() == 0 && isNegative(value)) {
            plain = "-" + plain;
        }
        return keepZeros ? plain : trimmed(plain);
    }

    private static String trimmed(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return digits.substring(0, digits.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
