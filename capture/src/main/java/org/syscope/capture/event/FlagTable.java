package org.syscope.capture.event;

import java.util.HashMap;
import java.util.Map;

/**
 * Names of the bits of a flag set, or of the values of an enumeration, in the order in which they are matched. Values are
 * those on the wire (PPM_*), which are not always the kernel's.
 */
public final class FlagTable {

    private static final Map<String, Integer> ROWS = index();
    private static final FlagTable[] TABLES = new FlagTable[SchemaRows.FLAG_TABLES.length];

    private final String name;
    private final String[] names;
    private final long[] values;

    private FlagTable(String row) {
        int tab = row.indexOf('\t');
        this.name = row.substring(0, tab);
        String[] entries = row.substring(tab + 1).split(" ");
        this.names = new String[entries.length];
        this.values = new long[entries.length];
        for (int i = 0; i < entries.length; i++) {
            int equals = entries[i].indexOf('=');
            names[i] = entries[i].substring(0, equals);
            values[i] = Long.decode(entries[i].substring(equals + 1));
        }
    }

    private static Map<String, Integer> index() {
        Map<String, Integer> rows = new HashMap<>();
        for (int i = 0; i < SchemaRows.FLAG_TABLES.length; i++) {
            String row = SchemaRows.FLAG_TABLES[i];
            rows.put(row.substring(0, row.indexOf('\t')), i);
        }
        return rows;
    }

    /**
     * The table of that name, parsed on first use.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static FlagTable named(String name) {
        Integer row = ROWS.get(name);
        if (row == null) {
            throw new IllegalArgumentException("no flag table " + name);
        }
        FlagTable table = TABLES[row];
        if (table == null) {
            table = new FlagTable(SchemaRows.FLAG_TABLES[row]);
            TABLES[row] = table;
        }
        return table;
    }

    /** The table's name, for example {@code file_flags}. */
    public String name() {
        return name;
    }

    /** How many entries there are. */
    public int size() {
        return names.length;
    }

    /** The name of the entry at {@code index}. */
    public String entryName(int index) {
        return names[index];
    }

    /** The value of the entry at {@code index}, 0 to 2^32-1. */
    public long entryValue(int index) {
        return values[index];
    }

    /**
     * The value of a name.
     *
     * @throws IllegalArgumentException if the table has no such name
     */
    public long value(String entry) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(entry)) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("no " + entry + " in flag table " + name);
    }
}
