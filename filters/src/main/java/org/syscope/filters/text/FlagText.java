package org.syscope.filters.text;

import org.syscope.capture.event.FlagTable;

/** Flag sets, enumerations and modes as names joined by bars. */
public final class FlagText {

    private FlagText() {
    }

    /**
     * Adds the names of the bits of a flag set, in the order of the table. Each entry takes its bits away, so that a
     * combination listed before its parts hides them; the walk ends at an entry that is the whole value. Bits without a
     * name are left out.
     */
    public static void flags(OutputBuffer out, FlagTable table, long value) {
        long rest = value;
        boolean first = true;
        for (int i = 0; i < table.size(); i++) {
            long bits = table.entryValue(i);
            if (matches(bits, rest, value)) {
                rest &= ~bits;
                first = name(out, table, i, first);
                if (bits == value) {
                    return;
                }
            }
        }
    }

    /** Adds every name that an enumeration has for the value; several where two names mean the same. */
    public static void names(OutputBuffer out, FlagTable table, long value) {
        boolean first = true;
        for (int i = 0; i < table.size(); i++) {
            if (table.entryValue(i) == value) {
                first = name(out, table, i, first);
            }
        }
    }

    /** Adds the names of the bits of a file mode; an entry that is the whole value ends the walk and is named too. */
    public static void mode(OutputBuffer out, FlagTable table, long value) {
        long rest = value;
        boolean first = true;
        for (int i = 0; i < table.size(); i++) {
            long bits = table.entryValue(i);
            if (bits == value) {
                name(out, table, i, first);
                return;
            }
            if (matches(bits, rest, value)) {
                rest &= ~bits;
                first = name(out, table, i, first);
            }
        }
    }

    private static boolean matches(long bits, long rest, long value) {
        return bits == 0 ? value == 0 : (rest & bits) == bits;
    }

    private static boolean name(OutputBuffer out, FlagTable table, int index, boolean first) {
        if (!first) {
            out.append('|');
        }
        out.ascii(table.entryName(index));
        return false;
    }
}
