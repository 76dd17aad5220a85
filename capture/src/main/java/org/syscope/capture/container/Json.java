package org.syscope.capture.container;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.syscope.capture.event.Text;

/**
 * A JSON document to look things up in. What is not there, or is of another kind than asked for, is an empty value: engines
 * leave out what they do not know, and say null for an empty list.
 */
final class Json {

    private static final int MAX_DEPTH = 64;
    /** A value that is not there. */
    static final Json NOTHING = new Json(null);

    private final Object value;

    private Json(Object value) {
        this.value = value;
    }

    /** What reads documents; expensive to make, so that it is made when the first document comes. */
    static JsonFactory factory() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build()).build();
    }

    /**
     * Reads the document that {@code bytes} are.
     *
     * @throws IOException if they are not JSON
     */
    static Json read(JsonFactory factory, byte[] bytes, int offset, int length) throws IOException {
        try (JsonParser parser = factory.createParser(bytes, offset, length)) {
            return of(parser);
        }
    }

    /**
     * Reads the document that {@code stream} gives.
     *
     * @throws IOException if the stream fails or is not JSON
     */
    static Json read(JsonFactory factory, InputStream stream) throws IOException {
        try (JsonParser parser = factory.createParser(stream)) {
            return of(parser);
        }
    }

    private static Json of(JsonParser parser) throws IOException {
        return parser.nextToken() == null ? NOTHING : new Json(value(parser));
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser));
            }
            return items;
        }
        return switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue() instanceof BigInteger big ? big.longValue() : parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> (long) parser.getDoubleValue();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            default -> null;
        };
    }

    private static Json of(Object value) {
        return value == null ? NOTHING : new Json(value);
    }

    /** Whether it is an object, even an empty one. */
    boolean isObject() {
        return value instanceof Map;
    }

    /** Whether it is a number. */
    boolean isNumber() {
        return value instanceof Long;
    }

    /** The member of that name, one level below another for each name. */
    Json at(String... names) {
        Object current = value;
        for (String name : names) {
            current = current instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return of(current);
    }

    /** The string; empty if it is none. */
    String string() {
        return value instanceof String string ? string : "";
    }

    /** The string as bytes; empty if it is none. */
    Text text() {
        return Text.of(string());
    }

    /** The number, without its fraction; {@code absent} if it is none. */
    long number(long absent) {
        return value instanceof Long number ? number : absent;
    }

    /** The truth value; false if it is none. */
    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    /** The truth value; null if it is none. */
    Boolean bool() {
        return value instanceof Boolean bool ? bool : null;
    }

    /** The elements; empty if it is no array. */
    List<Json> items() {
        return value instanceof List<?> items ? items.stream().map(Json::of).toList() : List.of();
    }

    /** The first element; an empty value if there is none. */
    Json first() {
        List<Json> items = items();
        return items.isEmpty() ? NOTHING : items.getFirst();
    }

    /** Visits the members in their order. */
    void forEach(BiConsumer<String, Json> visitor) {
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> visitor.accept((String) name, of(member)));
        }
    }

    /** Written as JSON again, without blanks. */
    String write() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = factory().createGenerator(text)) {
            write(generator, value);
        } catch (IOException impossible) {
            throw new IllegalStateException("writing into memory failed", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        switch (value) {
            case Map<?, ?> members -> {
                generator.writeStartObject();
                for (Map.Entry<?, ?> member : members.entrySet()) {
                    generator.writeFieldName((String) member.getKey());
                    write(generator, member.getValue());
                }
                generator.writeEndObject();
            }
            case List<?> items -> {
                generator.writeStartArray();
                for (Object item : items) {
                    write(generator, item);
                }
                generator.writeEndArray();
            }
            case null -> generator.writeNull();
            case String string -> generator.writeString(string);
            case Long number -> generator.writeNumber(number);
            default -> generator.writeBoolean(Boolean.TRUE.equals(value));
        }
    }

    /** The members that are strings. */
    Map<String, Text> texts() {
        Map<String, Text> texts = new LinkedHashMap<>();
        forEach((name, member) -> {
            if (member.value instanceof String string) {
                texts.put(name, Text.of(string));
            }
        });
        return texts;
    }
}
