package org.syscope.filters.field;

/** Helpers for output. */
final class UtilFields extends TableFamily {

    UtilFields(FieldRows rows) {
        super("util", rows);
    }

    @Override
    public Field create(FieldInfo info, String argument) {
        long[] count = new long[1];
        return new BoundField(info, null, (c, out) -> number(out, ++count[0]));
    }
}
