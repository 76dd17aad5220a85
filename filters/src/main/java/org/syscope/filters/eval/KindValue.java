package org.syscope.filters.eval;

import org.syscope.capture.event.Event;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.TypeField;

/** The value of a field that follows from the event's type: asks the context for nothing but the two codes. */
final class KindValue implements Extractor {
    private final TypeField field;

    private KindValue(TypeField field) {
        this.field = field;
    }

    /** Wraps a field whose value follows from the event's type; gives others back as they are. */
    static Extractor of(Field field) {
        return field instanceof TypeField typed && !field.isStateful() ? new KindValue(typed) : field;
    }

    /** Whether a value can be worked out from the event's type alone. */
    static boolean isEnoughFor(Extractor extractor) {
        if (!(extractor instanceof TransformedValue value)) {
            return extractor instanceof KindValue;
        }
        for (Extractor input : value.inputs()) {
            if (!isEnoughFor(input)) {
                return false;
            }
        }
        return true;
    }

    /** An event of a kind, of which nothing else is known: a field that follows from the kind asks for nothing else. */
    record Kind(int eventCode, int syscallCode) implements EventContext {
        @Override
        public Event event() {
            throw new IllegalStateException("only the kind of the event is known");
        }

        @Override
        public SystemState state() {
            throw new IllegalStateException("only the kind of the event is known");
        }

        @Override
        public long firstTimestamp() {
            throw new IllegalStateException("only the kind of the event is known");
        }
    }

    @Override
    public FieldType type() {
        return field.type();
    }

    @Override
    public boolean isList() {
        return field.isList();
    }

    @Override
    public boolean extract(EventContext context, FieldValue out) {
        return field.extract(context.eventCode(), context.syscallCode(), out);
    }

    @Override
    public EventSet events(EventSpace space) {
        return field.events(space);
    }

    @Override
    public int cost() {
        return field.cost();
    }
}
