package org.syscope.chisels;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.TextField;
import org.syscope.filters.text.AddressText;
import org.syscope.filters.text.OutputBuffer;

/**
 * A field that a script asked for, and what it gives the script: numbers as numbers, truth values as booleans, text and
 * buffers as strings, addresses as their text, of lists the first element, nil where there is no value. Fields that are
 * shown in another form than they are compared in (evt.buffer, times) give the shown one.
 */
final class FieldReader {
    private static final double TWO_TO_64 = 0x1p64;

    private final FieldValue value = new FieldValue();
    private final OutputBuffer text = new OutputBuffer();
    private Field field;
    private FieldType type;
    private TextField shown;
    private byte[] lastBytes = new byte[0];
    private LuaString lastText = LuaValue.EMPTYSTRING;

    FieldReader(Field field) {
        bind(field);
    }

    /** Reads another field from now on: the same one of another catalog. */
    void bind(Field other) {
        field = other;
        type = other.type();
        shown = other instanceof TextField written && type.isBytes() ? written : null;
    }

    Field field() {
        return field;
    }

    /** Takes the field's value from an event. */
    LuaValue read(EventContext context) {
        if (shown != null) {
            text.clear();
            return shown.write(context, text, false) ? bytes(text.array(), 0, text.length()) : LuaValue.NIL;
        }
        if (!field.extract(context, value)) {
            return LuaValue.NIL;
        }
        return switch (value.kind()) {
            case NONE -> LuaValue.NIL;
            case NUMBER -> number(value.number(), type);
            case REAL -> LuaValue.valueOf(value.real());
            case BYTES -> slice(value.offset(), value.length());
            case NUMBERS -> value.count() == 0 ? LuaValue.NIL : number(value.numberAt(0), type);
            case SLICES -> value.count() == 0 ? LuaValue.NIL : slice(value.offsetAt(0), value.lengthAt(0));
        };
    }

    /** A number of a field of that type. */
    static LuaValue number(long number, FieldType type) {
        if (type == FieldType.BOOL) {
            return LuaValue.valueOf(number != 0);
        }
        if (number == (int) number) {
            return LuaValue.valueOf((int) number);
        }
        return LuaValue.valueOf(number < 0 && type.group() == FieldType.Group.UNSIGNED ? number + TWO_TO_64 : number);
    }

    private LuaValue slice(int offset, int length) {
        return isAddress(type, length) ? address(value.bytes(), offset, length) : bytes(value.bytes(), offset, length);
    }

    /** Whether so many bytes of a field of that type are an IP address. */
    static boolean isAddress(FieldType type, int length) {
        return (type.group() == FieldType.Group.ADDRESS || type.group() == FieldType.Group.NETWORK)
                && (length == 4 || length == 16);
    }

    /** An IP address as its text. */
    static LuaValue address(byte[] array, int offset, int length) {
        OutputBuffer out = new OutputBuffer();
        ByteBuffer words = ByteBuffer.wrap(array, offset, length);
        if (length == 4) {
            AddressText.ipv4(out, words.getInt());
        } else {
            AddressText.ipv6(out, words.getLong(), words.getLong());
        }
        return LuaValue.valueOf(out.toString());
    }

    private LuaValue bytes(byte[] array, int offset, int length) {
        if (!Arrays.equals(lastBytes, 0, lastBytes.length, array, offset, offset + length)) {
            lastBytes = Arrays.copyOfRange(array, offset, offset + length);
            lastText = LuaString.valueUsing(lastBytes, 0, length);
        }
        return lastText;
    }

    @Override
    public String toString() {
        return "field " + field.text();
    }
}
