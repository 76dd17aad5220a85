package org.syscope.chisels.views;

import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.PrintFormat;

/**
 * A column of what is shown.
 *
 * @param definition as the view file has it
 * @param field as it was resolved, {@code %depth} replaced
 * @param type of its values
 * @param format how a number is shown
 * @param explanation what the field means: one line of the field list
 */
public record SampleColumn(ViewColumn definition, String field, FieldType type, PrintFormat format, String explanation) {

    /** The heading. */
    public String name() {
        return definition.name();
    }

    /** What the column means: the view file's words, or those of the field list. */
    public String help() {
        return definition.description().isEmpty() ? explanation : definition.description();
    }

    /** Whether its values are numbers to calculate with: shown to the right, sorted downwards at first. */
    public boolean isNumeric() {
        return (type.isInteger() || type.group() == FieldType.Group.REAL) && type != FieldType.BOOL && format != PrintFormat.ID
                && type != FieldType.PORT;
    }

    boolean isText() {
        return type.isBytes();
    }

    boolean isReal() {
        return type.group() == FieldType.Group.REAL;
    }
}
