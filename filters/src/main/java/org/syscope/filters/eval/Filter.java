package org.syscope.filters.eval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Field;
import org.syscope.filters.lang.Expression;

/**
 * A compiled filter. It holds the values of the event it looks at, and so serves one thread at a time; it allocates
 * nothing while it runs, unless it has a {@code regex} and the text is not ASCII.
 */
public final class Filter {
    private final Expression expression;
    private final Node root;
    private final EventSet events;
    private final EventSpace space;
    private final Slot.Clock clock;
    private final List<Field> fields;
    private final List<String> warnings;
    private final boolean always;

    Filter(Expression expression, Node root, Slot.Clock clock, List<Field> fields, List<String> warnings) {
        this.expression = expression;
        this.root = root;
        this.events = root.canHold();
        this.space = events.space();
        this.clock = clock;
        this.fields = List.copyOf(fields);
        this.warnings = List.copyOf(warnings);
        this.always = root.stateful();
    }

    /** Whether the event satisfies the filter. */
    public boolean matches(EventContext context) {
        if (!always && !events.contains(context.eventCode(), context.syscallCode())) {
            return false;
        }
        clock.tick();
        return root.test(context);
    }

    /**
     * The kinds of events that can satisfy the filter; all others never do. May be too large.
     */
    public EventSet events() {
        return events;
    }

    /** The kinds of events that there are. */
    public EventSpace space() {
        return space;
    }

    /** Every field the filter reads, in the order of the text, each once. */
    public List<Field> fields() {
        return fields;
    }

    /** Names of all event parameters that the fields may read. */
    public Set<String> parameters() {
        Set<String> names = new LinkedHashSet<>();
        for (Field field : fields) {
            names.addAll(field.parameters());
        }
        return names;
    }

    /**
     * Whether the filter is made for enter events: it names {@code evt.dir}, and can be satisfied by an enter event of
     * a system call. A tracer that leaves these out by default must then have them.
     *
     * @param enterEvents the kinds of events that are system call enter events
     */
    public boolean asksFor(EventSet enterEvents) {
        for (Field field : fields) {
            if (field.info().name().equals("evt.dir")) {
                return !events.and(enterEvents).isEmpty();
            }
        }
        return false;
    }

    /** What is legal but hardly meant, one sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** The filter's syntax tree. */
    public Expression expression() {
        return expression;
    }
}
