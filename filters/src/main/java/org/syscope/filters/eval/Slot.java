package org.syscope.filters.eval;

import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.Quantifier;

/** One value that a filter looks at, extracted at most once for each event however many conditions use it. */
final class Slot {
    private final Extractor extractor;
    private final Clock clock;
    private final FieldValue value = new FieldValue();
    private final EventSpace space;
    private EventSet events;
    private EventSet limits;
    private long seen = -1;
    private boolean present;

    /** Counts the evaluations of a filter, so that a slot knows whether its value is of this one. */
    static final class Clock {
        private long now;

        void tick() {
            now++;
        }
    }

    Slot(Extractor extractor, Clock clock, EventSpace space) {
        this.extractor = extractor;
        this.clock = clock;
        this.space = space;
    }

    /** The kinds of events that can have the value. */
    EventSet events() {
        if (events == null) {
            events = KindValue.isEnoughFor(extractor) ? EventSet.all(space) : extractor.events(space);
            limits = events.isAll() ? null : events;
        }
        return events;
    }

    Extractor extractor() {
        return extractor;
    }

    /** Extracts the value unless this evaluation has it; false if there is none. */
    boolean load(EventContext context) {
        if (seen != clock.now) {
            seen = clock.now;
            present = (limits == null || limits.contains(context.eventCode(), context.syscallCode()))
                    && extractor.extract(context, value);
        }
        return present;
    }

    /** The value; only after {@link #load} said that there is one. */
    FieldValue value() {
        return value;
    }

    Quantifier quantifier() {
        if (extractor instanceof Field field) {
            return field.quantifier();
        }
        return extractor.isList() ? Quantifier.LIST : Quantifier.ONE;
    }

    int cost() {
        int cost = extractor.cost();
        return quantifier() == Quantifier.ANY ? Math.max(cost, 80) : cost;
    }
}
