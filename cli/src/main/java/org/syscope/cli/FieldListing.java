package org.syscope.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Locale;
import java.util.TreeSet;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldFamily;
import org.syscope.filters.field.FieldFlag;
import org.syscope.filters.field.FieldInfo;

/** The list of fields: text ({@code -l}), JSON ({@code -l -j}) and Markdown ({@code --list-markdown}), family by family. */
final class FieldListing {

    private static final int WIDTH = 80;
    private static final int INDENT = 30;

    private FieldListing() {
    }

    /**
     * The list as text of 80 columns.
     *
     * @param verbose with types and what may be done with each field
     */
    static String text(FieldCatalog catalog, boolean verbose) {
        StringBuilder text = new StringBuilder(1 << 16);
        for (FieldFamily family : catalog.families()) {
            text.append(text.isEmpty() ? "" : "\n").append("-".repeat(22)).append("\nField class: ").append(family.name())
                    .append("\n\n");
            for (FieldInfo field : family.fields()) {
                paragraph(text, field.name() + field.argument().hint(), field.description());
                if (verbose) {
                    paragraph(text, "", "Type: " + type(field));
                    note(text, field, FieldFlag.PRINT_ONLY, "Only for output, not for filters");
                    note(text, field, FieldFlag.FILTER_ONLY, "Only for filters, not for output");
                    note(text, field, FieldFlag.DEPRECATED, "Deprecated");
                }
            }
        }
        return text.toString();
    }

    private static void note(StringBuilder text, FieldInfo field, FieldFlag flag, String words) {
        if (field.has(flag)) {
            paragraph(text, "", words);
        }
    }

    private static String type(FieldInfo field) {
        String name = field.type().name();
        return field.list() ? "list of " + name : name;
    }

    private static void paragraph(StringBuilder text, String head, String words) {
        text.append(head);
        int column = head.length();
        if (column >= INDENT) {
            text.append('\n');
            column = 0;
        }
        for (String word : words.split("\\s+")) {
            if (column > INDENT && column + 1 + word.length() > WIDTH) {
                text.append('\n');
                column = 0;
            }
            if (column <= INDENT) {
                text.repeat(' ', INDENT - column).append(word);
                column = INDENT + word.length();
            } else {
                text.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        text.append('\n');
    }

    /** The list as Markdown, one table a family. */
    static String markdown(FieldCatalog catalog) {
        StringBuilder text = new StringBuilder(1 << 16);
        for (FieldFamily family : catalog.families()) {
            text.append(text.isEmpty() ? "" : "\n").append("## ").append(family.name())
                    .append("\n\n| Name | Type | Description |\n|:---|:---|:---|\n");
            for (FieldInfo field : family.fields()) {
                text.append("| `").append(field.name()).append(field.argument().hint()).append("` | ")
                        .append(type(field).toLowerCase(Locale.ROOT)).append(" | ")
                        .append(field.description().replace("|", "\\|")).append(" |\n");
            }
        }
        return text.toString();
    }

    /** The list as one JSON array, an object a line. */
    static String json(FieldCatalog catalog) throws IOException {
        StringWriter text = new StringWriter(1 << 16);
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.setRootValueSeparator(null);
            for (FieldFamily family : catalog.families()) {
                for (FieldInfo field : family.fields()) {
                    out.writeRaw(text.getBuffer().isEmpty() ? "[\n" : ",\n");
                    out.writeStartObject();
                    out.writeStringField("class", family.name());
                    out.writeStringField("name", field.name());
                    out.writeStringField("argument", field.argument().hint());
                    out.writeStringField("type", field.type().name());
                    out.writeBooleanField("list", field.list());
                    out.writeArrayFieldStart("flags");
                    for (FieldFlag flag : new TreeSet<>(field.flags())) {
                        out.writeString(flag.name());
                    }
                    out.writeEndArray();
                    out.writeStringField("description", field.description());
                    out.writeEndObject();
                    out.flush();
                }
            }
            out.writeRaw("\n]\n");
        }
        return text.toString();
    }
}
