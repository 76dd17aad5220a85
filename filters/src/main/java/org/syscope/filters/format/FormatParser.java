package org.syscope.filters.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.syscope.filters.eval.ValueCompiler;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldFlag;
import org.syscope.filters.field.FieldInfo;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.lang.FilterParser;
import org.syscope.filters.lang.Value;

/** Takes a format apart. */
final class FormatParser {

    private static final char ESCAPE = 0x1B;
    private static final String RESET = "\u001b[00m";
    private static final int MAX_WIDTH = 65_536;

    private final String format;
    private final FieldCatalog catalog;
    private final ValueCompiler values;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private boolean colours;
    private int position;

    FormatParser(String format, FieldCatalog catalog) {
        this.format = format;
        this.catalog = catalog;
        this.values = new ValueCompiler(catalog, format);
    }

    OutputFormat parse() throws FormatException {
        boolean star = format.startsWith("*");
        position = star ? 1 : 0;
        if (position == format.length()) {
            throw error(0, 0, "empty formatting token");
        }
        while (position < format.length()) {
            char c = format.charAt(position);
            if (c == '%') {
                field();
            } else if (c == '\\') {
                escape();
            } else {
                colours |= c == ESCAPE;
                literal.append(c);
                position++;
            }
        }
        if (colours) {
            literal.append(RESET);
        }
        endLiteral();
        return new OutputFormat(pieces, !star);
    }

    private void endLiteral() {
        if (!literal.isEmpty()) {
            pieces.add(Piece.literal(literal.toString().getBytes(StandardCharsets.UTF_8)));
            literal.setLength(0);
        }
    }

    private void escape() {
        char next = position + 1 < format.length() ? format.charAt(position + 1) : 0;
        char meant = switch (next) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'e' -> ESCAPE;
            case '\\' -> '\\';
            default -> 0;
        };
        if (meant == 0) {
            literal.append('\\');
            position++;
        } else {
            colours |= meant == ESCAPE;
            literal.append(meant);
            position += 2;
        }
    }

    private void field() throws FormatException {
        int start = position++;
        if (position == format.length()) {
            throw error(start, 1, "invalid formatting syntax: formatting cannot end with a %");
        }
        int width = width(start);
        endLiteral();
        int nameStart = position;
        Extractor extractor = isTransformer() ? transformer() : plainField();
        pieces.add(Piece.field(format.substring(nameStart, position), extractor, width));
    }

    private int width(int start) throws FormatException {
        int from = position;
        while (position < format.length() && Character.isDigit(format.charAt(position))) {
            position++;
        }
        if (position == format.length()) {
            throw error(start, position - start, "invalid formatting syntax: formatting cannot end with a number");
        }
        String digits = format.substring(from, position);
        if (digits.length() > 5 || !digits.isEmpty() && Integer.parseInt(digits) > MAX_WIDTH) {
            throw error(from, digits.length(), "a field cannot be wider than " + MAX_WIDTH);
        }
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.';
    }

    private int nameEnd() {
        int end = position;
        while (end < format.length() && isNamePart(format.charAt(end))) {
            end++;
        }
        return end;
    }

    private boolean isTransformer() {
        int end = nameEnd();
        return end > position && end < format.length() && format.charAt(end) == '('
                && format.substring(position, end).indexOf('.') < 0;
    }

    private Extractor transformer() throws FormatException {
        try {
            Value value = FilterParser.parseValue(format, position);
            Extractor extractor = values.compile(value);
            position = value.span().end();
            return extractor;
        } catch (FilterException e) {
            throw new FormatException(format, e.position(), e.length(), e.getMessage(), e.suggestions());
        }
    }

    /** The longest name that is a field's wins; what follows it is text. */
    private Field plainField() throws FormatException {
        int greedy = nameEnd();
        for (int end = greedy; end > position; end--) {
            Optional<FieldInfo> info = catalog.find(format.substring(position, end));
            if (info.isPresent()) {
                return withArgument(info.get(), end, greedy);
            }
        }
        String token = format.substring(position, greedy > position ? greedy : Math.min(format.length(), position + 1));
        throw new FormatException(format, position, token.length(), "invalid formatting token " + token,
                catalog.nearest(token));
    }

    private Field withArgument(FieldInfo info, int end, int greedy) throws FormatException {
        int start = position;
        String name = format.substring(start, end);
        if (end < format.length() && format.charAt(end) == '[' && info.argument().bracketed()) {
            int close = format.indexOf(']', end);
            if (close < 0) {
                throw error(end, 1, "expected a ']' token");
            }
            position = close + 1;
            return checked(resolve(name, unquoted(format.substring(end + 1, close)), start), start);
        }
        if (end < greedy - 1 && format.charAt(end) == '.' && info.argument().dotted()) {
            // what follows a complete argument behind another dot is text; a word is never taken apart
            FieldException refusal = null;
            for (int stop = greedy; stop > end + 1; stop = format.lastIndexOf('.', stop - 1)) {
                if (format.charAt(stop - 1) == '.') {
                    continue;
                }
                try {
                    Field field = catalog.resolve(format.substring(start, stop), null);
                    position = stop;
                    return checked(field, start);
                } catch (FieldException e) {
                    refusal = e;
                }
            }
            if (info.argument().required() && refusal != null) {
                throw new FormatException(format, start, greedy - start, refusal.getMessage(), refusal.suggestions());
            }
        }
        position = end;
        return checked(resolve(name, null, start), start);
    }

    private static String unquoted(String text) {
        int n = text.length();
        boolean quoted = n >= 2 && (text.charAt(0) == '"' || text.charAt(0) == '\'') && text.charAt(n - 1) == text.charAt(0);
        return quoted ? text.substring(1, n - 1) : text;
    }

    private Field resolve(String name, String argument, int start) throws FormatException {
        try {
            return catalog.resolve(name, argument);
        } catch (FieldException e) {
            throw new FormatException(format, start, position - start, e.getMessage(), e.suggestions());
        }
    }

    private Field checked(Field field, int start) throws FormatException {
        if (field.info().has(FieldFlag.FILTER_ONLY)) {
            throw error(start, position - start,
                    "field '" + field.text() + "' has no single value to show: it can only be used in filters");
        }
        return field;
    }

    private FormatException error(int at, int length, String message) {
        return new FormatException(format, at, length, message, List.of());
    }
}
