package org.syscope.filters.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The list of all fields, read from the table beside this class: their names are written down once, there. */
final class FieldRows {

    private static final String TABLE = "fields.tsv";

    private final Map<String, String> descriptions = new LinkedHashMap<>();
    private final Map<String, List<FieldInfo>> rows = new LinkedHashMap<>();

    FieldRows() {
        try (InputStream in = FieldRows.class.getResourceAsStream(TABLE)) {
            read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String table) {
        List<FieldInfo> family = List.of();
        int start = 0;
        while (start < table.length()) {
            int end = table.indexOf('\n', start);
            String line = table.substring(start, end);
            start = end + 1;
            if (line.charAt(0) == '@') {
                int tab = line.indexOf('\t');
                family = new ArrayList<>();
                rows.put(line.substring(1, tab), family);
                descriptions.put(line.substring(1, tab), line.substring(tab + 1));
            } else if (line.charAt(0) != '#') {
                family.add(row(line.split("\t")));
            }
        }
    }

    private static FieldInfo row(String[] cells) {
        Set<FieldFlag> flags = EnumSet.noneOf(FieldFlag.class);
        if (!cells[5].equals("-")) {
            for (String flag : cells[5].split(",")) {
                flags.add(FieldFlag.valueOf(flag));
            }
        }
        return new FieldInfo(cells[0], FieldType.valueOf(cells[1]), PrintFormat.valueOf(cells[2]), cells[3].equals("list"),
                argument(cells[4]), flags, cells[6]);
    }

    private static FieldArgument argument(String cell) {
        int blank = cell.indexOf(' ');
        String hint = cell.substring(blank + 1);
        return switch (blank < 0 ? "" : cell.substring(0, blank)) {
            case "optional" -> FieldArgument.optional(hint);
            case "optional-name" -> FieldArgument.optionalName(hint);
            case "brackets" -> FieldArgument.required(hint);
            case "name" -> FieldArgument.requiredName(hint);
            case "any" -> FieldArgument.requiredAny(hint);
            default -> FieldArgument.NONE;
        };
    }

    /** The rows of a family, in the order of the table. */
    List<FieldInfo> of(String family) {
        return List.copyOf(rows.get(family));
    }

    /** What a family is about. */
    String description(String family) {
        return descriptions.get(family);
    }
}
