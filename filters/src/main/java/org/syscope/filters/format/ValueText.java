package org.syscope.filters.format;

import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TextEscape;

/** Values as they are shown in lines. */
final class ValueText {

    private ValueText() {
    }

    /** Adds a value; of a list all elements in brackets, with commas between them. */
    static void append(OutputBuffer out, FieldValue value, FieldType type, PrintFormat format) {
        switch (value.kind()) {
            case NONE -> {
            }
            case NUMBER -> number(out, value.number(), type, format);
            case REAL -> tenths(out, value.real());
            case BYTES -> bytes(out, value.bytes(), value.offset(), value.length(), type);
            case NUMBERS, SLICES -> list(out, value, type, format);
        }
    }

    private static void list(OutputBuffer out, FieldValue value, FieldType type, PrintFormat format) {
        out.append('(');
        for (int i = 0; i < value.count(); i++) {
            if (i > 0) {
                out.append(',');
            }
            if (value.kind() == FieldValue.Kind.NUMBERS) {
                number(out, value.numberAt(i), type, format);
            } else {
                bytes(out, value.bytes(), value.offsetAt(i), value.lengthAt(i), type);
            }
        }
        out.append(')');
    }

    static void number(OutputBuffer out, long value, FieldType type, PrintFormat format) {
        if (type == FieldType.BOOL) {
            out.ascii(value == 0 ? "false" : "true");
            return;
        }
        switch (format) {
            case HEX -> out.hexUpper(value);
            case OCT -> out.octal(value);
            case PADDED_DEC -> out.padded(value, 9);
            default -> {
                if (type.group() == FieldType.Group.SIGNED) {
                    out.decimal(value);
                } else {
                    out.unsigned(value);
                }
            }
        }
    }

    /** One digit behind the point, half to even. */
    static void tenths(OutputBuffer out, double value) {
        long tenths = (long) Math.rint(Math.abs(value) * 10);
        if (value < 0 && tenths != 0) {
            out.append('-');
        }
        out.unsigned(tenths / 10);
        out.append('.');
        out.unsigned(tenths % 10);
    }

    static void bytes(OutputBuffer out, byte[] bytes, int offset, int length, FieldType type) {
        FieldType.Group group = type.group();
        if (group == FieldType.Group.ADDRESS || group == FieldType.Group.NETWORK) {
            address(out, bytes, offset, length);
        } else {
            TextEscape.append(out, bytes, offset, length);
        }
    }

    /** Adds an address of 4 or 16 bytes in network order. */
    static void address(OutputBuffer out, byte[] bytes, int offset, int length) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < length; i++) {
            high = high << 8 | low >>> 56;
            low = low << 8 | bytes[offset + i] & 0xFF;
        }
        if (length == 4) {
            AddressText.ipv4(out, (int) low);
        } else {
            AddressText.ipv6(out, high, low);
        }
    }
}
