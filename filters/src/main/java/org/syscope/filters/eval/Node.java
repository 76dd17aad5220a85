package org.syscope.filters.eval;

import java.util.ArrayList;
import java.util.List;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.FieldTest;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.Quantifier;
import org.syscope.filters.lang.Modifier;
import org.syscope.filters.lang.Operator;

/** A compiled condition, with the kinds of events on which it can be true, and on which it can be false. */
abstract class Node {
    private final EventSet canHold;
    private final EventSet canFail;
    private final int cost;
    private final boolean stateful;

    Node(EventSet canHold, EventSet canFail, int cost, boolean stateful) {
        this.canHold = canHold;
        this.canFail = canFail;
        this.cost = cost;
        this.stateful = stateful;
    }

    abstract boolean test(EventContext context);

    final EventSet canHold() {
        return canHold;
    }

    final EventSet canFail() {
        return canFail;
    }

    /** About how long an evaluation takes, ns. */
    final int cost() {
        return cost;
    }

    final boolean stateful() {
        return stateful;
    }

    /** Follows from the event's type alone. */
    static final class Kinds extends Node {
        private final EventSet set;

        Kinds(EventSet set) {
            super(set, set.not(), 1, false);
            this.set = set;
        }

        @Override
        boolean test(EventContext context) {
            return set.contains(context.eventCode(), context.syscallCode());
        }
    }

    static final class Not extends Node {
        private final Node term;

        Not(Node term) {
            super(term.canFail(), term.canHold(), term.cost(), term.stateful());
            this.term = term;
        }

        @Override
        boolean test(EventContext context) {
            return !term.test(context);
        }
    }

    /** Terms in the order of evaluation; ends at the first that decides. */
    static final class Chain extends Node {
        private final Node[] terms;
        private final boolean decides;

        /**
         * Several terms.
         *
         * @param decides the result of a term that ends the evaluation: true makes the chain an "or"
         */
        Chain(List<Node> terms, boolean decides, EventSet canHold, EventSet canFail) {
            super(canHold, canFail, cost(terms), isStateful(terms));
            this.terms = terms.toArray(new Node[0]);
            this.decides = decides;
        }

        private static int cost(List<Node> terms) {
            int sum = 0;
            for (Node term : terms) {
                sum += term.cost();
            }
            return sum;
        }

        private static boolean isStateful(List<Node> terms) {
            for (Node term : terms) {
                if (term.stateful()) {
                    return true;
                }
            }
            return false;
        }

        /** The same for events that {@link #canHold} has let through: what follows from their type need not be asked. */
        Node behindKinds() {
            if (decides || stateful()) {
                return this;
            }
            List<Node> rest = new ArrayList<>();
            for (Node term : terms) {
                if (!(term instanceof Kinds)) {
                    rest.add(term);
                }
            }
            return new Chain(rest, false, canHold(), canFail());
        }

        @Override
        boolean test(EventContext context) {
            for (Node term : terms) {
                if (term.test(context) == decides) {
                    return decides;
                }
            }
            return !decides;
        }
    }

    /** A condition that is false for kinds of events on which its value does not exist. */
    abstract static class Leaf extends Node {
        Leaf(EventSet canHold, int cost, boolean stateful) {
            super(canHold, EventSet.all(canHold.space()), cost, stateful);
        }
    }

    static final class Exists extends Leaf {
        private final Slot slot;

        Exists(Slot slot) {
            super(slot.events(), slot.cost(), slot.extractor().isStateful());
            this.slot = slot;
        }

        @Override
        boolean test(EventContext context) {
            return slot.load(context);
        }
    }

    /** One value and one matcher; the only leaf that can be joined with others of its kind. */
    static final class One extends Leaf {
        private final Slot slot;
        private final Matcher matcher;

        One(Slot slot, Matcher matcher) {
            super(slot.events(), slot.cost() + matcher.cost(), slot.extractor().isStateful());
            this.slot = slot;
            this.matcher = matcher;
        }

        @Override
        boolean test(EventContext context) {
            return slot.load(context) && fits(slot.value(), matcher);
        }
    }

    private static boolean fits(FieldValue value, Matcher matcher) {
        return switch (value.kind()) {
            case NUMBER -> matcher.number(value.number());
            case BYTES -> matcher.bytes(value.bytes(), value.offset(), value.length());
            case REAL -> matcher.real(value.real());
            default -> false;
        };
    }

    private static boolean fitsAt(FieldValue value, int index, Matcher matcher) {
        return value.kind() == FieldValue.Kind.NUMBERS ? matcher.number(value.numberAt(index))
                : matcher.bytes(value.bytes(), value.offsetAt(index), value.lengthAt(index));
    }

    /** Whether all values, or one of them, fit; never with no value at all. A single value counts as a list of one. */
    private static boolean fits(FieldValue value, Matcher matcher, boolean all) {
        if (!value.isList()) {
            return fits(value, matcher);
        }
        int count = value.count();
        for (int i = 0; i < count; i++) {
            if (fitsAt(value, i, matcher) != all) {
                return !all;
            }
        }
        return all && count > 0;
    }

    /** Several values: all of them, or one, must fit. */
    static final class Many extends Leaf {
        private final Slot slot;
        private final Matcher matcher;
        private final boolean all;

        Many(Slot slot, Matcher matcher, boolean all) {
            super(slot.events(), slot.cost() + 2 * matcher.cost(), slot.extractor().isStateful());
            this.slot = slot;
            this.matcher = matcher;
            this.all = all;
        }

        @Override
        boolean test(EventContext context) {
            return slot.load(context) && fits(slot.value(), matcher, all);
        }

        /** Whether all values must fit, rather than one. */
        static boolean all(Quantifier quantifier, Operator operator) {
            return switch (quantifier) {
                case ONE, ANY -> false;
                case LIST -> operator != Operator.INTERSECTS;
                case ENDS -> operator == Operator.NE;
            };
        }
    }

    /** A modified list: one matcher for each of its elements. */
    static final class Counted extends Leaf {
        private final Slot slot;
        private final Modifier modifier;
        private final Matcher[] matchers;
        private final boolean all;

        Counted(Slot slot, Modifier modifier, Matcher[] matchers, boolean all) {
            super(slot.events(), slot.cost() + 8 * matchers.length, slot.extractor().isStateful());
            this.slot = slot;
            this.modifier = modifier;
            this.matchers = matchers;
            this.all = all;
        }

        @Override
        boolean test(EventContext context) {
            if (matchers.length == 0 || !slot.load(context)) {
                return false;
            }
            int found = 0;
            for (Matcher matcher : matchers) {
                boolean fits = fits(slot.value(), matcher, all);
                if (fits && modifier == Modifier.ANYOF) {
                    return true;
                }
                if (!fits && modifier == Modifier.ALLOF) {
                    return false;
                }
                found += fits ? 1 : 0;
            }
            return modifier == Modifier.ONEOF ? found == 1 : modifier == Modifier.ALLOF;
        }
    }

    /** A comparison that the field brings itself. */
    static final class Own extends Leaf {
        private final FieldTest test;

        Own(Slot slot, FieldTest test) {
            super(slot.events(), slot.cost(), slot.extractor().isStateful());
            this.test = test;
        }

        @Override
        boolean test(EventContext context) {
            return test.test(context);
        }
    }

    /** Two values of the event. */
    static final class Two extends Leaf {
        private final Slot left;
        private final Slot right;
        private final Operator operator;
        private final boolean unsigned;

        Two(Slot left, Operator operator, Slot right, boolean unsigned) {
            super(left.events().and(right.events()), left.cost() + right.cost() + 5,
                    left.extractor().isStateful() || right.extractor().isStateful());
            this.left = left;
            this.operator = operator;
            this.right = right;
            this.unsigned = unsigned;
        }

        @Override
        boolean test(EventContext context) {
            if (!left.load(context) || !right.load(context)) {
                return false;
            }
            FieldValue a = left.value();
            FieldValue b = right.value();
            if (a.kind() != b.kind()) {
                return false;
            }
            return switch (a.kind()) {
                case NUMBER -> Matcher.holds(operator, unsigned ? Long.compareUnsigned(a.number(), b.number())
                        : Long.compare(a.number(), b.number()));
                case REAL -> Matcher.holds(operator, Double.compare(a.real(), b.real()));
                case BYTES -> Matcher.OfBytes.compare(operator, a.bytes(), a.offset(), a.length(),
                        b.bytes(), b.offset(), b.length());
                case NUMBERS, SLICES -> lists(a, b);
                case NONE -> false;
            };
        }

        private boolean lists(FieldValue a, FieldValue b) {
            boolean all = operator == Operator.IN;
            for (int i = 0; i < a.count(); i++) {
                if (isIn(a, i, b) != all) {
                    return !all;
                }
            }
            return all && a.count() > 0;
        }

        private static boolean isIn(FieldValue a, int i, FieldValue b) {
            for (int j = 0; j < b.count(); j++) {
                boolean same = a.kind() == FieldValue.Kind.NUMBERS ? a.numberAt(i) == b.numberAt(j)
                        : ByteSlices.equal(a.bytes(), a.offsetAt(i), a.lengthAt(i),
                                b.bytes(), b.offsetAt(j), b.lengthAt(j));
                if (same) {
                    return true;
                }
            }
            return false;
        }
    }
}
