package org.syscope.filters.field;

/**
 * The tracer span around an event. No driver of today reports spans, so these fields have no value; they are known so that
 * formats and filters that name them keep working.
 */
final class SpanFields extends TableFamily {

    SpanFields(FieldRows rows) {
        super("evtin", rows);
    }

    @Override
    public Field create(FieldInfo info, String argument) throws FieldException {
        if (info.name().endsWith(".tag") && index(argument) < 0) {
            throw notANumber(info, argument);
        }
        return new BoundField(info, argument, (c, out) -> false).only((code, call) -> false);
    }
}
