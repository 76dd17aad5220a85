package org.syscope.filters.format;

import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.PrintFormat;
import org.syscope.filters.field.TextField;
import org.syscope.filters.text.OutputBuffer;

/** One field of a format, or with {@link #literal} the text between two of them. */
final class Piece {

    private static final byte[] MISSING = {'<', 'N', 'A', '>'};

    final byte[] literal;
    final String name;
    final Extractor extractor;
    final TextField text;
    final PrintFormat format;
    private final int width;
    private final FieldValue value = new FieldValue();
    /** How many lines were left out because this field had no value. */
    long hidden;

    private Piece(byte[] literal, String name, Extractor extractor, int width) {
        this.literal = literal;
        this.name = name;
        this.extractor = extractor;
        this.text = extractor instanceof TextField field ? field : null;
        this.format = extractor instanceof Field field ? field.info().format() : PrintFormat.NA;
        this.width = width;
    }

    static Piece literal(byte[] text) {
        return new Piece(text, null, null, 0);
    }

    /**
     * A field.
     *
     * @param name as written, without the percent sign
     * @param width exact width in bytes; 0 for as wide as it is
     */
    static Piece field(String name, Extractor extractor, int width) {
        return new Piece(null, name, extractor, width);
    }

    /**
     * Adds the piece.
     *
     * @param evenMissing whether {@code <NA>} stands for a missing value
     * @return false if there is no value and nothing stands for it
     */
    boolean write(EventContext context, OutputBuffer out, boolean evenMissing) {
        if (literal != null) {
            out.append(literal);
            return true;
        }
        int start = out.length();
        boolean present;
        if (text != null) {
            present = text.write(context, out, true);
        } else {
            present = extractor.extract(context, value);
            if (present) {
                ValueText.append(out, value, extractor.type(), format);
            }
        }
        if (!present) {
            if (!evenMissing) {
                return false;
            }
            out.append(MISSING);
        }
        if (width > 0) {
            fit(out, start);
        }
        return true;
    }

    /** Cuts or fills what was written to the width; a UTF-8 sequence that would be cut apart is left out. */
    private void fit(OutputBuffer out, int start) {
        int end = start + width;
        if (out.length() > end) {
            byte[] bytes = out.array();
            int cut = end;
            while (cut > start && (bytes[cut] & 0xC0) == 0x80) {
                cut--;
            }
            out.truncate(cut);
        }
        out.repeat(' ', end - out.length());
    }

    /** The value for JSON; see {@link Extractor#extract}. */
    FieldValue value(EventContext context) {
        return extractor.extract(context, value) ? value : null;
    }
}
