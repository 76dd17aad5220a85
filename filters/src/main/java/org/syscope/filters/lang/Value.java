package org.syscope.filters.lang;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** One side of a condition, or an argument of a transformer. Printing it gives text that parses to the same value. */
public sealed interface Value {
    /** Where it stands. */
    Span span();

    /**
     * A field.
     *
     * @param name name up to the bracket, with any argument behind a dot
     * @param argument what stands between the brackets, quoting removed; null without brackets
     * @param span where it stands
     */
    record FieldRef(String name, String argument, Span span) implements Value {
        @Override
        public String toString() {
            return argument == null ? name : name + "[" + Text.quote(argument.getBytes(StandardCharsets.UTF_8)) + "]";
        }
    }

    /**
     * A string or number as written by the user.
     *
     * @param bytes its bytes: the text in UTF-8, with {@code \xHH} as single bytes
     * @param quoted it stood in quotes
     * @param span where it stands, quotes included
     */
    record Text(byte[] bytes, boolean quoted, Span span) implements Value {
        /** The bytes as text. */
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return quote(bytes);
        }

        private static String quote(byte[] bytes) {
            StringBuilder out = new StringBuilder("\"");
            for (byte b : bytes) {
                if (b == '"' || b == '\\') {
                    out.append('\\').append((char) b);
                } else if (b >= 0x20 && b < 0x7F) {
                    out.append((char) b);
                } else {
                    out.append(String.format("\\x%02x", b & 0xFF));
                }
            }
            return out.append('"').toString();
        }
    }

    /**
     * A number where the grammar asks for one.
     *
     * @param text the number as written
     * @param span where it stands
     */
    record Number(String text, Span span) implements Value {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Values in brackets.
     *
     * @param elements texts, or for transformers any values; may be empty
     * @param span where it stands, brackets included
     */
    record Values(List<Value> elements, Span span) implements Value {
        /** Copies the list. */
        public Values {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return elements.stream().map(Value::toString).collect(Collectors.joining(", ", "(", ")"));
        }
    }

    /**
     * A list each of whose elements is compared by the operator.
     *
     * @param modifier how many elements must satisfy it
     * @param list the list
     * @param span where it stands, modifier included
     */
    record Modified(Modifier modifier, Values list, Span span) implements Value {
        @Override
        public String toString() {
            return modifier + " " + list;
        }
    }

    /**
     * A transformer around values.
     *
     * @param transformer the function
     * @param arguments at least one
     * @param index what stands in brackets behind it; null without brackets
     * @param span where it stands
     */
    record Transformed(Transformer transformer, List<Value> arguments, String index, Span span) implements Value {
        /** Copies the list. */
        public Transformed {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return arguments.stream().map(Value::toString).collect(Collectors.joining(", ", transformer + "(", ")"))
                    + (index == null ? "" : "[" + Text.quote(index.getBytes(StandardCharsets.UTF_8)) + "]");
        }
    }
}
