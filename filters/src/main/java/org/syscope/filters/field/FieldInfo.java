package org.syscope.filters.field;

import java.util.Set;

/**
 * What is known of a field before its argument is: the row of the field list.
 *
 * @param name the full name, such as {@code proc.name}
 * @param type value type; {@link FieldType#DYN} where the argument decides
 * @param format how a number is shown
 * @param list the field gives a list of values
 * @param argument the argument it takes
 * @param flags what may be done with it
 * @param description one line for the field list
 */
public record FieldInfo(String name, FieldType type, PrintFormat format, boolean list, FieldArgument argument,
        Set<FieldFlag> flags, String description) {
    /** Copies the flags. */
    public FieldInfo {
        flags = Set.copyOf(flags);
    }

    /** A field without argument, list or flags. */
    public static FieldInfo of(String name, FieldType type, PrintFormat format, String description) {
        return new FieldInfo(name, type, format, false, FieldArgument.NONE, Set.of(), description);
    }

    /** Whether the flag is set. */
    public boolean has(FieldFlag flag) {
        return flags.contains(flag);
    }
}
