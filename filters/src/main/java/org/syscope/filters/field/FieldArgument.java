package org.syscope.filters.field;

/**
 * Which argument a field takes: {@code name[argument]}, {@code name.argument}, or none.
 *
 * @param bracketed {@code name[argument]} is understood
 * @param dotted {@code name.argument} is understood
 * @param required the field means nothing without
 * @param hint how the argument is written, for lists and errors, such as {@code [N]} or {@code .NAME}; empty for none
 */
public record FieldArgument(boolean bracketed, boolean dotted, boolean required, String hint) {
    /** The field takes no argument. */
    public static final FieldArgument NONE = new FieldArgument(false, false, false, "");

    /** {@code name[argument]} or the bare name. */
    public static FieldArgument optional(String hint) {
        return new FieldArgument(true, false, false, hint);
    }

    /** {@code name[argument]} only. */
    public static FieldArgument required(String hint) {
        return new FieldArgument(true, false, true, hint);
    }

    /** {@code name.argument} only. */
    public static FieldArgument requiredName(String hint) {
        return new FieldArgument(false, true, true, hint);
    }

    /** {@code name.argument} or the bare name. */
    public static FieldArgument optionalName(String hint) {
        return new FieldArgument(false, true, false, hint);
    }

    /** {@code name[argument]} or {@code name.argument}. */
    public static FieldArgument requiredAny(String hint) {
        return new FieldArgument(true, true, true, hint);
    }
}
