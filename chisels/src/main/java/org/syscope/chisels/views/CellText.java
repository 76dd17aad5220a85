package org.syscope.chisels.views;

import java.nio.charset.StandardCharsets;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.format.JsonText;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.DurationText;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TextEscape;

/** Cells as text: with units for the eyes, plain for commands, and as JSON. */
final class CellText {

    private static final double SECOND = 1e9;
    private static final String UNITS = "KMGTPE";
    private static final long KIB = 1024;
    private static final int JSON_TIME = 10;

    private CellText() {
    }

    /** The number of a cell, per second where the column is; 0 if it has none. */
    static double scaled(SampleColumn column, SampleRow row, int index, long nanos) {
        double value = row.number(column, index);
        return perSecond(column) && nanos > 0 ? value / (nanos / SECOND) : value;
    }

    private static boolean perSecond(SampleColumn column) {
        return column.definition().aggregation() == Aggregation.TIME_AVG
                || column.definition().groupByAggregation() == Aggregation.TIME_AVG;
    }

    /** As tables show it: {@code 1.50K}, {@code 12us}. */
    static String nice(SampleColumn column, SampleRow row, int index, long nanos) {
        if (column.isText() || !column.isNumeric()) {
            return plain(column, row, index);
        }
        OutputBuffer out = new OutputBuffer();
        double value = scaled(column, row, index, nanos);
        if (column.type() == FieldType.RELTIME) {
            if (row.has(index) || value != 0) {
                DurationText.append(out, Math.max(0, (long) value));
            }
        } else if (column.isReal()) {
            hundredths(out, value);
        } else {
            sized(out, value, perSecond(column));
        }
        return out.toString();
    }

    private static void sized(OutputBuffer out, double value, boolean fraction) {
        double rest = Math.abs(value);
        if (rest < KIB) {
            if (fraction && rest < 100 && rest != Math.rint(rest)) {
                hundredths(out, value);
            } else {
                out.decimal(Math.round(value));
            }
            return;
        }
        int unit = -1;
        while (rest >= KIB && unit + 1 < UNITS.length()) {
            rest /= KIB;
            unit++;
        }
        threeDigits(out, value < 0 ? -rest : rest);
        out.append(UNITS.charAt(unit));
    }

    private static void threeDigits(OutputBuffer out, double value) {
        double size = Math.abs(value);
        if (size < 9.995) {
            hundredths(out, value);
        } else if (size < 99.95) {
            long tenths = Math.round(size * 10);
            out.ascii(value < 0 ? "-" : "");
            out.unsigned(tenths / 10);
            out.append('.');
            out.unsigned(tenths % 10);
        } else {
            out.decimal(Math.round(value));
        }
    }

    private static void hundredths(OutputBuffer out, double value) {
        long hundredths = Math.round(Math.abs(value) * 100);
        if (value < 0 && hundredths > 0) {
            out.append('-');
        }
        out.unsigned(hundredths / 100);
        out.append('.');
        out.padded(hundredths % 100, 2);
    }

    /** A time in ns with its unit. */
    static String duration(long nanos) {
        OutputBuffer out = new OutputBuffer();
        DurationText.append(out, nanos);
        return out.toString();
    }

    /** As filters and commands take it. */
    static String plain(SampleColumn column, SampleRow row, int index) {
        if (column.isText()) {
            OutputBuffer out = new OutputBuffer();
            text(out, column.type(), row.bytes(index));
            return new String(out.array(), 0, out.length(), StandardCharsets.UTF_8);
        }
        OutputBuffer out = new OutputBuffer();
        number(out, column, row, index);
        return out.toString();
    }

    /** A text with control characters escaped, or an address. */
    static void text(OutputBuffer out, FieldType type, byte[] bytes) {
        if (isAddress(type)) {
            address(out, bytes);
        } else {
            TextEscape.append(out, bytes, 0, bytes.length);
        }
    }

    static boolean isAddress(FieldType type) {
        return type.group() == FieldType.Group.ADDRESS || type.group() == FieldType.Group.NETWORK;
    }

    private static void address(OutputBuffer out, byte[] bytes) {
        long high = 0;
        long low = 0;
        for (byte b : bytes) {
            high = high << 8 | low >>> 56;
            low = low << 8 | b & 0xFF;
        }
        if (bytes.length == 4) {
            AddressText.ipv4(out, (int) low);
        } else if (bytes.length == 16) {
            AddressText.ipv6(out, high, low);
        }
    }

    private static void number(OutputBuffer out, SampleColumn column, SampleRow row, int index) {
        long value = row.integer(index);
        if (column.isReal()) {
            hundredths(out, Double.longBitsToDouble(value));
        } else if (column.type() == FieldType.BOOL && column.definition().aggregation() == Aggregation.NONE) {
            out.ascii(value == 0 ? "false" : "true");
        } else if (column.format() == PrintFormat.HEX) {
            out.hexUpper(value);
        } else if (column.format() == PrintFormat.OCT) {
            out.octal(value);
        } else if (column.type().group() == FieldType.Group.SIGNED) {
            out.decimal(value);
        } else {
            out.unsigned(value);
        }
    }

    /** As JSON: numbers as numbers, not per second; times of calls as text with a unit, in ten columns; all else as text. */
    static void json(OutputBuffer out, SampleColumn column, SampleRow row, int index) {
        if (column.isText()) {
            OutputBuffer text = new OutputBuffer();
            if (isAddress(column.type())) {
                address(text, row.bytes(index));
            } else {
                text.append(row.bytes(index));
            }
            JsonText.string(out, text.array(), 0, text.length());
        } else if (column.isReal()) {
            out.ascii(Double.toString(Double.longBitsToDouble(row.integer(index))));
        } else if (column.type() == FieldType.RELTIME) {
            String text = duration(row.integer(index));
            out.append('"');
            out.repeat(' ', JSON_TIME - text.length());
            out.ascii(text);
            out.append('"');
        } else if (column.format() == PrintFormat.HEX || column.format() == PrintFormat.OCT) {
            out.append('"');
            number(out, column, row, index);
            out.append('"');
        } else {
            number(out, column, row, index);
        }
    }
}
