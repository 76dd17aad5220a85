package org.syscope.filters.field;

/**
 * Fields of sources that are gone: tracer spans, which no driver of today reports, and the Mesos server. They never have a
 * value; they are known so that formats, views and filters that name them keep working.
 */
final class BygoneFields extends TableFamily {

    BygoneFields(String name, FieldRows rows) {
        super(name, rows);
    }

    @Override
    public Field create(FieldInfo info, String argument) throws FieldException {
        if (info.name().endsWith(".tag") && index(argument) < 0) {
            throw notANumber(info, argument);
        }
        return new BoundField(info, argument, (c, out) -> false).only((code, call) -> false);
    }
}
