package org.syscope.filters.eval;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldFlag;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.lang.Span;
import org.syscope.filters.lang.Transformer;
import org.syscope.filters.lang.Value;

/**
 * Turns fields and transformers of the syntax tree into extractors. Output formats use it for their tokens; a filter's
 * compiler for the sides of its conditions.
 */
public final class ValueCompiler {
    private final FieldCatalog catalog;
    private final String text;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    /**
     * A compiler for the values of one text.
     *
     * @param catalog the fields there are
     * @param text the expression or format that the values' spans refer to
     */
    public ValueCompiler(FieldCatalog catalog, String text) {
        this.catalog = catalog;
        this.text = text;
    }

    /** The fields met so far, each once. */
    public List<Field> fields() {
        return List.copyOf(fields.values());
    }

    /**
     * Compiles a value.
     *
     * @throws FilterException if there is no such field, or a transformer does not take what it is given
     */
    public Extractor compile(Value value) throws FilterException {
        if (value instanceof Value.FieldRef ref) {
            return field(ref);
        }
        if (value instanceof Value.Transformed transformed) {
            return transformed(transformed);
        }
        if (value instanceof Value.Text constant) {
            return new TransformedValue.Constant(constant.bytes());
        }
        if (value instanceof Value.Number number) {
            return new TransformedValue.Constant(number.text().getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof Value.Values list) {
            return list(list);
        }
        throw error(value.span(), "a modified list is no value");
    }

    /** Compiles a field; each text is resolved once. */
    Field field(Value.FieldRef ref) throws FilterException {
        Field known = fields.get(ref.toString());
        if (known != null) {
            return known;
        }
        try {
            Field field = catalog.resolve(ref.name(), ref.argument());
            fields.put(ref.toString(), field);
            return field;
        } catch (FieldException e) {
            throw error(ref.span(), e);
        }
    }

    private Extractor list(Value.Values list) throws FilterException {
        List<Extractor> elements = new ArrayList<>();
        for (Value element : list.elements()) {
            Extractor extractor = compile(element);
            if (extractor.isList() || extractor.type().group() != FieldType.Group.STRING) {
                throw error(element.span(), "a list holds texts, '" + element + "' has type '" + typeName(extractor)
                        + "'");
            }
            elements.add(transformable(element, extractor));
        }
        return folded(new TransformedValue.Listed(elements));
    }

    private Extractor transformed(Value.Transformed call) throws FilterException {
        List<Value> values = call.arguments();
        List<Extractor> inputs = new ArrayList<>();
        for (Value value : values) {
            inputs.add(transformable(value, compile(value)));
        }
        Extractor first = inputs.getFirst();
        Transformer name = call.transformer();
        TransformedValue result = switch (name) {
            case TOLOWER, TOUPPER -> {
                one(call, first.type().group() == FieldType.Group.STRING, first);
                yield new TransformedValue.Cased(first, name == Transformer.TOUPPER);
            }
            case BASENAME -> {
                one(call, first.type().group() == FieldType.Group.STRING, first);
                yield new TransformedValue.Basename(first);
            }
            case B64 -> {
                one(call, isText(first), first);
                yield new TransformedValue.Base64(first);
            }
            case LEN -> {
                one(call, first.isList() || isText(first), first);
                yield new TransformedValue.Length(first);
            }
            case JOIN -> {
                count(call, 2, 2);
                take(call, 0, !first.isList() && first.type().group() == FieldType.Group.STRING, first);
                Extractor list = inputs.get(1);
                take(call, 1, list.isList() && list.type().group() == FieldType.Group.STRING, list);
                yield new TransformedValue.Joined(inputs, true);
            }
            case CONCAT -> {
                count(call, 2, Integer.MAX_VALUE);
                for (int i = 0; i < inputs.size(); i++) {
                    Extractor input = inputs.get(i);
                    take(call, i, !input.isList() && input.type().group() == FieldType.Group.STRING, input);
                }
                yield new TransformedValue.Joined(inputs, false);
            }
            case GETOPT -> options(call, inputs);
        };
        return folded(result);
    }

    private TransformedValue options(Value.Transformed call, List<Extractor> inputs) throws FilterException {
        count(call, 2, 2);
        take(call, 0, inputs.getFirst().type().group() == FieldType.Group.STRING, inputs.getFirst());
        if (!(call.arguments().get(1) instanceof Value.Text taken)) {
            throw error(call.arguments().get(1).span(),
                    "the second argument of 'getopt' must be a quoted option string such as \"ab:\"");
        }
        byte wanted = 0;
        if (call.index() != null) {
            byte[] index = call.index().getBytes(StandardCharsets.UTF_8);
            if (index.length != 1 || index[0] == ':' || taken.text().indexOf(index[0]) < 0) {
                throw error(call.span(), "'" + call.index() + "' is not a letter of the option string \""
                        + taken.text() + "\"");
            }
            wanted = index[0];
        }
        return new Options(inputs.getFirst(), taken.bytes(), wanted);
    }

    private Extractor transformable(Value value, Extractor extractor) throws FilterException {
        if (extractor instanceof Field field && field.info().has(FieldFlag.NO_TRANSFORMER)) {
            throw error(value.span(), "field '" + field.text() + "' does not support transformers");
        }
        return extractor instanceof Field field ? KindValue.of(field) : extractor;
    }

    private void one(Value.Transformed call, boolean fits, Extractor input) throws FilterException {
        count(call, 1, 1);
        take(call, 0, fits, input);
    }

    private void count(Value.Transformed call, int least, int most) throws FilterException {
        int count = call.arguments().size();
        if (count < least || count > most) {
            throw error(call.span(), "transformer '" + call.transformer() + "' takes "
                    + (least == most ? "" : "at least ") + least + (least == 1 ? " argument" : " arguments") + ", not "
                    + count);
        }
    }

    private void take(Value.Transformed call, int index, boolean fits, Extractor input) throws FilterException {
        if (!fits) {
            throw error(call.arguments().get(index).span(), "can't add field transformer: type '" + typeName(input)
                    + "' is not supported by '" + call.transformer() + "' transformer applied on '"
                    + call.arguments().get(index) + "'");
        }
    }

    private static boolean isText(Extractor input) {
        return input.type().group() == FieldType.Group.STRING || input.type() == FieldType.BYTEBUF;
    }

    /** A transformer around nothing but constants becomes a constant. */
    private static Extractor folded(TransformedValue value) {
        boolean constant = value.inputs().stream().allMatch(TransformedValue.Constant.class::isInstance);
        FieldValue out = new FieldValue();
        if (!constant || value.isList() || value.type() != FieldType.CHARBUF || !value.extract(null, out)) {
            return value;
        }
        byte[] bytes = new byte[out.length()];
        System.arraycopy(out.bytes(), out.offset(), bytes, 0, bytes.length);
        return new TransformedValue.Constant(bytes);
    }

    static String typeName(Extractor extractor) {
        return (extractor.isList() ? "LIST(" : "") + extractor.type().schemaName() + (extractor.isList() ? ")" : "");
    }

    FilterException error(Span span, String message) {
        return new FilterException(text, span, message, "", List.of());
    }

    FilterException error(Span span, FieldException cause) {
        return new FilterException(text, span, cause.getMessage(), "", cause.suggestions());
    }
}
