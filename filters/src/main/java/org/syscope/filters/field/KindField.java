package org.syscope.filters.field;

import java.util.List;

/** A field that follows from the event's type. */
final class KindField implements TypeField {

    private final FieldInfo info;
    private final String text;
    private final KindGetter getter;
    private final List<String> known;

    /** See {@link TypeField#extract(int, int, FieldValue)}. */
    @FunctionalInterface
    interface KindGetter {
        boolean get(int eventCode, int syscallCode, FieldValue out);
    }

    /**
     * A field of the type.
     *
     * @param known the only values it can have; empty if any constant will do
     */
    KindField(FieldInfo info, String argument, List<String> known, KindGetter getter) {
        this.info = info;
        this.text = BoundField.text(info, argument);
        this.known = known;
        this.getter = getter;
    }

    @Override
    public FieldInfo info() {
        return info;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean extract(int eventCode, int syscallCode, FieldValue out) {
        out.clear();
        return getter.get(eventCode, syscallCode, out);
    }

    @Override
    public String constant(String value) throws FieldException {
        if (!known.isEmpty() && !known.contains(value)) {
            throw new FieldException("unknown event type " + value, NearestNames.of(value, known));
        }
        return value;
    }
}
