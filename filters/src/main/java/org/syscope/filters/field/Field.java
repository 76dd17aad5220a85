package org.syscope.filters.field;

import java.util.List;
import java.util.Set;

/** A field with its argument, ready to be asked. */
public interface Field extends Extractor {
    /** The row of the field list. */
    FieldInfo info();

    /** The field as the user writes it, argument included: {@code proc.aname[2]}. */
    String text();

    @Override
    default FieldType type() {
        return info().type();
    }

    @Override
    default boolean isList() {
        return info().list();
    }

    @Override
    default boolean isStateful() {
        return info().has(FieldFlag.STATEFUL);
    }

    /** How a comparison treats the extracted value or values. */
    default Quantifier quantifier() {
        return isList() ? Quantifier.LIST : Quantifier.ONE;
    }

    /**
     * Checks a constant of the filter, and may replace it by what the type's usual conversion understands: a field with
     * a fixed set of values refuses others, a port takes a service's name. Called for operators that compare with whole
     * values (equality, order, lists), not for those that look for parts or patterns.
     *
     * @param text the constant as written, quoting removed
     * @return the text to convert
     * @throws FieldException if the field can never have this value; with the nearest ones it can
     */
    default String constant(String text) throws FieldException {
        return text;
    }

    /**
     * A doubt about a constant that the field will hardly ever have or hold, such as a flag that has no such name: a
     * warning, not an error.
     *
     * @param operator the operator's name as written in filters
     * @param text the constant as written, quoting removed
     * @return one sentence, with the nearest names; null for no doubt
     */
    default String doubt(String operator, String text) {
        return null;
    }

    /**
     * A comparison of the field's own, instead of the comparison of an extracted value.
     *
     * @param operator the operator's name as written in filters, {@code exists} included
     * @param constants the right-hand side, as {@link #constant} gave it; empty for {@code exists}
     * @return null for the usual comparison
     * @throws FieldException if the operator or a constant is not for this field
     */
    default FieldTest comparison(String operator, List<String> constants) throws FieldException {
        return null;
    }

    /** Names of the event parameters that extraction may read; empty if it reads none. */
    default Set<String> parameters() {
        return Set.of();
    }
}
