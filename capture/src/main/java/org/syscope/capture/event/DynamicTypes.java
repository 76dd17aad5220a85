package org.syscope.capture.event;

import java.util.HashMap;
import java.util.Map;

/** The types that one kind of DYN parameter can have, by the index in its first byte. */
public final class DynamicTypes {

    private static final Map<String, DynamicTypes> TABLES = parse();

    private final String name;
    private final ParameterType[] types;
    private final PrintFormat[] formats;

    private DynamicTypes(String name, String[] entries) {
        this.name = name;
        this.types = new ParameterType[entries.length];
        this.formats = new PrintFormat[entries.length];
        for (int i = 0; i < entries.length; i++) {
            int colon = entries[i].indexOf(':');
            types[i] = ParameterType.valueOf(entries[i].substring(0, colon));
            formats[i] = PrintFormat.valueOf(entries[i].substring(colon + 1));
        }
    }

    private static Map<String, DynamicTypes> parse() {
        Map<String, DynamicTypes> tables = new HashMap<>();
        for (String row : SchemaRows.DYNAMIC_TABLES) {
            int tab = row.indexOf('\t');
            String name = row.substring(0, tab);
            tables.put(name, new DynamicTypes(name, row.substring(tab + 1).split(" ")));
        }
        return tables;
    }

    static DynamicTypes named(String name) {
        return TABLES.get(name);
    }

    /** The table's name, for example {@code sockopt_dynamic_param}. */
    public String name() {
        return name;
    }

    /** How many types there are; an index from here on is invalid. */
    public int count() {
        return types.length;
    }

    /** The type at {@code index}, 0 to {@link #count()} - 1. */
    public ParameterType type(int index) {
        return types[index];
    }

    /** The print format at {@code index}, 0 to {@link #count()} - 1. */
    public PrintFormat format(int index) {
        return formats[index];
    }
}
