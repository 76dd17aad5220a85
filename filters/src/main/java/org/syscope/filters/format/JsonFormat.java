package org.syscope.filters.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.text.OutputBuffer;

/**
 * One JSON object for each event, on a line of its own: the fields of an output format by name, sorted. Numbers are
 * numbers, unless they are shown in another base; times of the event are ns since the epoch; a missing value is null.
 * Always valid UTF-8: bytes that are not become U+FFFD.
 */
public final class JsonFormat {

    private final Piece[] pieces;
    private final byte[][] keys;
    private final boolean requiresAll;
    private final OutputBuffer scratch = new OutputBuffer();

    /** Objects of the fields of a format; the text between them is left out. */
    public JsonFormat(OutputFormat format) {
        List<Piece> fields = new ArrayList<>();
        for (Piece piece : format.pieces()) {
            if (piece.name != null && fields.stream().noneMatch(other -> other.name.equals(piece.name))) {
                fields.add(piece);
            }
        }
        fields.sort(Comparator.comparing(piece -> piece.name));
        pieces = fields.toArray(Piece[]::new);
        requiresAll = format.requiresAll();
        keys = new byte[pieces.length][];
        for (int i = 0; i < keys.length; i++) {
            OutputBuffer key = new OutputBuffer();
            byte[] name = pieces[i].name.getBytes(StandardCharsets.UTF_8);
            key.append(i == 0 ? '{' : ',');
            JsonText.string(key, name, 0, name.length);
            key.append(':');
            keys[i] = Arrays.copyOf(key.array(), key.length());
        }
    }

    /**
     * Adds the object of the current event, without a line end. Allocates nothing once warm.
     *
     * @return false if a value is missing that the format asks for; nothing was added then
     */
    public boolean write(EventContext context, OutputBuffer out) {
        int start = out.length();
        boolean whole = true;
        for (int i = 0; i < pieces.length; i++) {
            Piece piece = pieces[i];
            if (!whole) {
                if (piece.extractor.isStateful()) {
                    piece.value(context);
                }
                continue;
            }
            out.append(keys[i]);
            if (!value(context, piece, out)) {
                if (requiresAll) {
                    piece.hidden++;
                    whole = false;
                } else {
                    out.ascii("null");
                }
            }
        }
        if (!whole) {
            out.truncate(start);
            return false;
        }
        out.ascii(pieces.length == 0 ? "{}" : "}");
        return true;
    }

    private boolean value(EventContext context, Piece piece, OutputBuffer out) {
        FieldType type = piece.extractor.type();
        if (piece.text != null) {
            return text(context, piece, type, out);
        }
        FieldValue value = piece.value(context);
        if (value == null) {
            return false;
        }
        switch (value.kind()) {
            case NONE -> {
                return false;
            }
            case NUMBER -> number(out, value.number(), type, piece.format);
            case REAL -> out.ascii(Double.toString(value.real()));
            case BYTES -> bytes(out, value.bytes(), value.offset(), value.length(), type);
            case NUMBERS, SLICES -> list(out, value, type, piece.format);
        }
        return true;
    }

    private boolean text(EventContext context, Piece piece, FieldType type, OutputBuffer out) {
        if (piece.text.isEventTime()) {
            out.unsigned(context.event().timestamp());
            return true;
        }
        scratch.clear();
        if (!piece.text.write(context, scratch, false)) {
            return false;
        }
        if (type.isInteger()) {
            out.append(scratch.array(), 0, scratch.length());
        } else {
            JsonText.string(out, scratch.array(), 0, scratch.length());
        }
        return true;
    }

    private void number(OutputBuffer out, long value, FieldType type, PrintFormat format) {
        if (format == PrintFormat.HEX || format == PrintFormat.OCT) {
            out.append('"');
            ValueText.number(out, value, type, format);
            out.append('"');
        } else {
            ValueText.number(out, value, type, PrintFormat.DEC);
        }
    }

    private void bytes(OutputBuffer out, byte[] bytes, int offset, int length, FieldType type) {
        FieldType.Group group = type.group();
        if (group == FieldType.Group.ADDRESS || group == FieldType.Group.NETWORK) {
            out.append('"');
            ValueText.address(out, bytes, offset, length);
            out.append('"');
        } else {
            JsonText.string(out, bytes, offset, length);
        }
    }

    private void list(OutputBuffer out, FieldValue value, FieldType type, PrintFormat format) {
        out.append('[');
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
        out.append(']');
    }
}
