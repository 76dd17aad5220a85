package org.syscope.filters.field;

import java.util.List;

/** Fields that are listed together and made in the same place. */
public interface FieldFamily {
    /** The heading in the field list, such as {@code process}. */
    String name();

    /** One sentence for the field list. */
    String description();

    /** The fields in the order of the list. */
    List<FieldInfo> fields();

    /**
     * Makes a field.
     *
     * @param info one of {@link #fields()}
     * @param argument the text between the brackets or behind the dot; null if there is none. Its presence and form
     *        agree with {@link FieldInfo#argument()}
     * @throws FieldException if the argument is not one the field understands
     */
    Field create(FieldInfo info, String argument) throws FieldException;
}
