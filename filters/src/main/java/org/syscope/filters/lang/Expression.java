package org.syscope.filters.lang;

import java.util.List;
import java.util.stream.Collectors;

/** A filter's syntax tree. Printing it gives text, with every bracket, that parses to the same tree. */
public sealed interface Expression {
    /** Where it stands. */
    Span span();

    /**
     * True if all terms are.
     *
     * @param terms at least two
     * @param span from the first to the last
     */
    record And(List<Expression> terms, Span span) implements Expression {
        /** Copies the list. */
        public And {
            terms = List.copyOf(terms);
        }

        @Override
        public String toString() {
            return terms.stream().map(Expression::toString).collect(Collectors.joining(" and ", "(", ")"));
        }
    }

    /**
     * True if one of the terms is.
     *
     * @param terms at least two
     * @param span from the first to the last
     */
    record Or(List<Expression> terms, Span span) implements Expression {
        /** Copies the list. */
        public Or {
            terms = List.copyOf(terms);
        }

        @Override
        public String toString() {
            return terms.stream().map(Expression::toString).collect(Collectors.joining(" or ", "(", ")"));
        }
    }

    /**
     * True if the term is not.
     *
     * @param term what is turned round
     * @param span with the word {@code not}
     */
    record Not(Expression term, Span span) implements Expression {
        @Override
        public String toString() {
            return "not " + term;
        }
    }

    /**
     * A name that stands where a condition should: nothing defines such names.
     *
     * @param name the name
     * @param span where it stands
     */
    record Identifier(String name, Span span) implements Expression {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A comparison.
     *
     * @param left a field or a transformer
     * @param operator the operator
     * @param operatorSpan where the operator stands
     * @param right the other side; null for {@code exists}. A {@link Value.FieldRef} stood in {@code val()}
     * @param span all of it
     */
    record Condition(Value left, Operator operator, Span operatorSpan, Value right, Span span) implements Expression {
        @Override
        public String toString() {
            if (right == null) {
                return left + " exists";
            }
            return left + " " + operator + " " + (right instanceof Value.FieldRef ? "val(" + right + ")" : right);
        }
    }
}
