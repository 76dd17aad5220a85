package org.syscope.filters.format;

import java.util.ArrayList;
import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.text.OutputBuffer;

/**
 * An output format: text with fields in it, such as {@code *%evt.num %proc.name (%thread.tid)}. With a leading star a line
 * is shown for every event, {@code <NA>} where a field has no value; without it only where all fields have one, and lines
 * left out are counted. {@code %20proc.name} is exactly 20 wide.
 */
public final class OutputFormat {

    private final Piece[] pieces;
    private final boolean requiresAll;

    OutputFormat(List<Piece> pieces, boolean requiresAll) {
        this.pieces = pieces.toArray(Piece[]::new);
        this.requiresAll = requiresAll;
    }

    /**
     * A field that lines were left out for.
     *
     * @param field the field as written in the format
     * @param lines how many lines
     */
    public record Hidden(String field, long lines) {
    }

    /**
     * Compiles a format.
     *
     * @throws FormatException if it is wrong
     */
    public static OutputFormat compile(String format, FieldCatalog catalog) throws FormatException {
        return new FormatParser(format, catalog).parse();
    }

    /**
     * Adds the line of the current event, without a line end. Allocates nothing once warm.
     *
     * @return false if a value is missing that the format asks for; nothing was added then
     */
    public boolean write(EventContext context, OutputBuffer out) {
        int start = out.length();
        boolean whole = true;
        for (Piece piece : pieces) {
            if (whole) {
                if (!piece.write(context, out, !requiresAll)) {
                    piece.hidden++;
                    whole = false;
                }
            } else if (piece.extractor != null && piece.extractor.isStateful()) {
                piece.value(context);
            }
        }
        if (!whole) {
            out.truncate(start);
        }
        return whole;
    }

    /** Whether the format shows that field. */
    public boolean names(String field) {
        for (Piece piece : pieces) {
            if (field.equals(piece.name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line is only shown if all fields have a value. */
    public boolean requiresAll() {
        return requiresAll;
    }

    /** How many lines were left out so far, by the first field that had no value; empty if none was. */
    public List<Hidden> hidden() {
        List<Hidden> result = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.hidden > 0) {
                result.add(new Hidden(piece.name, piece.hidden));
            }
        }
        return result;
    }

    /** The fields as written, in the order of the format. */
    public List<String> fields() {
        List<String> result = new ArrayList<>();
        for (Piece piece : pieces) {
            if (piece.name != null) {
                result.add(piece.name);
            }
        }
        return result;
    }

    Piece[] pieces() {
        return pieces;
    }
}
