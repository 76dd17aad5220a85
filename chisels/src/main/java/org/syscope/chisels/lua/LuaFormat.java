package org.syscope.chisels.lua;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code string.format}, as C's printf does it: {@code %[-+ #0][width][.precision]} and one of {@code cdiuoxXeEfgGqs}. */
final class LuaFormat {
    private static final double TWO_TO_63 = 0x1p63;

    private final LuaEngine engine;
    private final Varargs arguments;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(64);
    private int argument = 1;
    private boolean left;
    private boolean plus;
    private boolean blank;
    private boolean alternate;
    private boolean zero;
    private int width;
    private int precision;

    private LuaFormat(LuaEngine engine, Varargs arguments) {
        this.engine = engine;
        this.arguments = arguments;
    }

    /** Formats; the first argument is the format. */
    static LuaString format(LuaEngine engine, Varargs arguments) {
        LuaFormat format = new LuaFormat(engine, arguments);
        format.run(StringLibrary.text(arguments, 1, "format"));
        byte[] bytes = format.out.toByteArray();
        return LuaString.valueUsing(bytes, 0, bytes.length);
    }

    private void run(LuaString format) {
        byte[] bytes = format.m_bytes;
        int end = format.m_offset + format.m_length;
        int i = format.m_offset;
        while (i < end) {
            if (bytes[i] != '%') {
                out.write(bytes[i++]);
            } else if (i + 1 < end && bytes[i + 1] == '%') {
                out.write('%');
                i += 2;
            } else {
                i = options(bytes, i + 1, end);
                if (i >= end) {
                    throw new LuaError("invalid option '%' to 'format'");
                }
                item((char) (bytes[i++] & 0xff));
            }
        }
    }

    private int options(byte[] bytes, int from, int end) {
        left = false;
        plus = false;
        blank = false;
        alternate = false;
        zero = false;
        width = 0;
        precision = -1;
        int i = from;
        boolean more = true;
        while (i < end && more) {
            switch (bytes[i]) {
                case '-' -> left = true;
                case '+' -> plus = true;
                case ' ' -> blank = true;
                case '#' -> alternate = true;
                case '0' -> zero = true;
                default -> more = false;
            }
            if (more) {
                i++;
            }
        }
        int start = i;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            width = width * 10 + bytes[i++] - '0';
            checkDigits(i - start);
        }
        if (i < end && bytes[i] == '.') {
            precision = 0;
            start = ++i;
            while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
                precision = precision * 10 + bytes[i++] - '0';
                checkDigits(i - start);
            }
        }
        return i;
    }

    private static void checkDigits(int count) {
        if (count > 2) {
            throw new LuaError("invalid format (width or precision too long)");
        }
    }

    private void item(char conversion) {
        LuaValue value = arguments.arg(++argument);
        if (argument > arguments.narg()) {
            throw new LuaError("bad argument #" + argument + " to 'format' (no value)");
        }
        switch (conversion) {
            case 'c' -> pad(new byte[]{(byte) (long) number(value)}, 0, 1);
            case 'd', 'i' -> integer(Long.toString(Math.abs(whole(value))).replace("-", ""), whole(value) < 0, "", true);
            case 'u' -> integer(Long.toUnsignedString(whole(value)), false, "", false);
            case 'o' -> integer(Long.toOctalString(whole(value)), false, alternate ? "0" : "", false);
            case 'x' -> integer(Long.toHexString(whole(value)), false, alternate ? "0x" : "", false);
            case 'X' -> integer(Long.toHexString(whole(value)).toUpperCase(), false, alternate ? "0X" : "", false);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> real(number(value), conversion);
            case 'a', 'A' -> signed(Double.toHexString(Math.abs(number(value))), isNegative(number(value)), true);
            case 'q' -> quoted(StringLibrary.text(arguments, argument, "format"));
            case 's' -> {
                LuaString text = engine.text(value);
                int length = precision >= 0 ? Math.min(precision, text.m_length) : text.m_length;
                pad(text.m_bytes, text.m_offset, length);
            }
            default -> throw new LuaError("invalid option '%" + conversion + "' to 'format'");
        }
    }

    private double number(LuaValue value) {
        LuaValue number = value.tonumber();
        if (number.isnil()) {
            throw new LuaError("bad argument #" + argument + " to 'format' (number expected, got "
                    + value.typename() + ")");
        }
        return number.todouble();
    }

    private long whole(LuaValue value) {
        double number = number(value);
        return number >= TWO_TO_63 ? (long) (number - TWO_TO_63) + Long.MIN_VALUE : (long) number;
    }

    private static boolean isNegative(double value) {
        return (Double.doubleToRawLongBits(value) & Long.MIN_VALUE) != 0;
    }

    private void integer(String digits, boolean negative, String prefix, boolean hasSign) {
        String text = precision > digits.length() ? "0".repeat(precision - digits.length()) + digits : digits;
        if (precision >= 0) {
            zero = false;
        }
        String sign = !hasSign ? prefix : negative ? "-" : plus ? "+" : blank ? " " : "";
        padded(sign, text, true);
    }

    private void real(double value, char conversion) {
        int digits = precision < 0 ? 6 : precision;
        double size = Math.abs(value);
        boolean finite = !Double.isNaN(value) && !Double.isInfinite(value);
        String text = switch (conversion) {
            case 'e', 'E' -> NumberText.scientific(size, digits);
            case 'f', 'F' -> NumberText.fixed(size, digits);
            default -> NumberText.general(size, digits, alternate);
        };
        boolean upper = conversion == 'E' || conversion == 'G' || conversion == 'F';
        signed(upper ? text.toUpperCase() : text, isNegative(value) && !Double.isNaN(value), finite);
    }

    private void signed(String text, boolean negative, boolean mayZero) {
        padded(negative ? "-" : plus ? "+" : blank ? " " : "", text, mayZero);
    }

    private void padded(String sign, String text, boolean mayZero) {
        int missing = width - sign.length() - text.length();
        String whole = sign + (zero && !left && mayZero && missing > 0 ? "0".repeat(missing) : "") + text;
        byte[] bytes = whole.getBytes(StandardCharsets.ISO_8859_1);
        pad(bytes, 0, bytes.length);
    }

    private void pad(byte[] bytes, int from, int length) {
        int missing = width - length;
        if (!left) {
            blanks(missing);
        }
        out.write(bytes, from, length);
        if (left) {
            blanks(missing);
        }
    }

    private void blanks(int count) {
        for (int i = 0; i < count; i++) {
            out.write(' ');
        }
    }

    private void quoted(LuaString text) {
        out.write('"');
        for (int i = 0; i < text.m_length; i++) {
            int c = text.m_bytes[text.m_offset + i];
            switch (c) {
                case '"', '\\', '\n' -> {
                    out.write('\\');
                    out.write(c);
                }
                case '\r' -> out.writeBytes(new byte[]{'\\', 'r'});
                case 0 -> out.writeBytes(new byte[]{'\\', '0', '0', '0'});
                default -> out.write(c);
            }
        }
        out.write('"');
    }
}
