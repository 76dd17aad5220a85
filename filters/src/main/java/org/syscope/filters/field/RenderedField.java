package org.syscope.filters.field;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.syscope.filters.text.OutputBuffer;

/** A field whose value is a text that is put together for each event. */
final class RenderedField implements TextField {

    private final FieldInfo info;
    private final String text;
    private final Writer writer;
    private final int cost;
    private final OutputBuffer buffer = new OutputBuffer();
    private final KindLimits limits = new KindLimits();
    private Getter getter;
    private boolean eventTime;
    private UnaryOperator<String> doubt = text -> null;
    private Set<String> parameters = Set.of();

    /** Adds the text; see {@link TextField#write}. */
    @FunctionalInterface
    interface Writer {
        boolean write(EventContext context, OutputBuffer out, boolean escape);
    }

    RenderedField(FieldInfo info, String argument, int cost, Writer writer) {
        this.info = info;
        this.text = BoundField.text(info, argument);
        this.cost = cost;
        this.writer = writer;
    }

    /** Which kinds of events can have a value. */
    RenderedField only(EventSet.KindTest value) {
        limits.set(value);
        return this;
    }

    /** What filters compare, where it is not the text. */
    RenderedField compared(Getter value) {
        getter = value;
        return this;
    }

    RenderedField eventTime() {
        eventTime = true;
        return this;
    }

    /** What is doubtful of a constant; see {@link Field#doubt}. */
    RenderedField doubt(UnaryOperator<String> value) {
        doubt = value;
        return this;
    }

    RenderedField parameters(Set<String> value) {
        parameters = value;
        return this;
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
    public boolean write(EventContext context, OutputBuffer out, boolean escape) {
        return writer.write(context, out, escape);
    }

    @Override
    public boolean isEventTime() {
        return eventTime;
    }

    @Override
    public boolean extract(EventContext context, FieldValue out) {
        out.clear();
        if (!limits.allow(context)) {
            return false;
        }
        if (getter != null) {
            return getter.get(context, out);
        }
        buffer.clear();
        if (!writer.write(context, buffer, false)) {
            return false;
        }
        out.setBytes(buffer.array(), 0, buffer.length());
        return true;
    }

    @Override
    public EventSet events(EventSpace space) {
        return limits.events(space);
    }

    @Override
    public int cost() {
        return cost;
    }

    @Override
    public String doubt(String operator, String text) {
        return operator.equals("regex") || operator.endsWith("glob") ? null : doubt.apply(text);
    }

    @Override
    public Set<String> parameters() {
        return parameters;
    }
}
