package org.syscope.filters.field;

import java.util.List;
import java.util.Set;

/** A field put together of its row and of the way to take its value; what is not told is as {@link Field} has it. */
final class BoundField implements Field {

    private final FieldInfo info;
    private final String text;
    private final Getter getter;
    private FieldType type;
    private Quantifier quantifier;
    private final KindLimits limits = new KindLimits();
    private int cost;
    private Set<String> parameters = Set.of();
    private Comparison comparison;
    private Constant constant;

    /** Makes a comparison of the field's own; see {@link Field#comparison}. */
    @FunctionalInterface
    interface Comparison {
        FieldTest of(String operator, List<String> constants) throws FieldException;
    }

    /** Checks a constant; see {@link Field#constant}. */
    @FunctionalInterface
    interface Constant {
        String check(String text) throws FieldException;
    }

    BoundField(FieldInfo info, String argument, Getter getter) {
        this.info = info;
        this.text = text(info, argument);
        this.getter = getter;
        this.type = info.type();
        this.quantifier = info.list() ? Quantifier.LIST : Quantifier.ONE;
    }

    /** The field as the user writes it. */
    static String text(FieldInfo info, String argument) {
        if (argument == null) {
            return info.name();
        }
        FieldArgument spec = info.argument();
        boolean number = !argument.isEmpty() && Character.isDigit(argument.charAt(0));
        return spec.bracketed() && (number || !spec.dotted()) ? info.name() + '[' + argument + ']'
                : info.name() + '.' + argument;
    }

    BoundField type(FieldType value) {
        type = value;
        return this;
    }

    BoundField quantifier(Quantifier value) {
        quantifier = value;
        return this;
    }

    /** Which kinds of events can have a value. */
    BoundField only(EventSet.KindTest value) {
        limits.set(value);
        return this;
    }

    BoundField cost(int value) {
        cost = value;
        return this;
    }

    BoundField parameters(Set<String> value) {
        parameters = value;
        return this;
    }

    BoundField comparison(Comparison value) {
        comparison = value;
        return this;
    }

    BoundField constant(Constant value) {
        constant = value;
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
    public FieldType type() {
        return type;
    }

    @Override
    public boolean extract(EventContext context, FieldValue out) {
        out.clear();
        if (!limits.allow(context)) {
            return false;
        }
        return getter.get(context, out);
    }

    @Override
    public Quantifier quantifier() {
        return quantifier;
    }

    @Override
    public EventSet events(EventSpace space) {
        return limits.events(space);
    }

    @Override
    public int cost() {
        return cost > 0 ? cost : Field.super.cost();
    }

    @Override
    public Set<String> parameters() {
        return parameters;
    }

    @Override
    public String constant(String value) throws FieldException {
        return constant == null ? value : constant.check(value);
    }

    @Override
    public FieldTest comparison(String operator, List<String> constants) throws FieldException {
        return comparison == null ? null : comparison.of(operator, constants);
    }
}
