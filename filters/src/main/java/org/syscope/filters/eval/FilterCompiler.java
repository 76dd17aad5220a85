package org.syscope.filters.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.EventSpace;
import org.syscope.filters.field.Extractor;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldException;
import org.syscope.filters.field.FieldFlag;
import org.syscope.filters.field.FieldTest;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.field.FieldValue;
import org.syscope.filters.field.Quantifier;
import org.syscope.filters.lang.Expression;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.lang.FilterParser;
import org.syscope.filters.lang.Operator;
import org.syscope.filters.lang.Span;
import org.syscope.filters.lang.Value;

/** Compiles filters. */
public final class FilterCompiler {
    private final FieldCatalog catalog;

    /** A compiler for filters over the fields of a catalog. */
    public FilterCompiler(FieldCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Compiles a filter.
     *
     * @throws FilterException if the text is not a filter, or makes no sense with the fields there are
     */
    public Filter compile(String text) throws FilterException {
        Expression expression;
        try {
            expression = FilterParser.parse(text);
        } catch (FilterException e) {
            throw withFieldNames(text, e);
        }
        return new Run(text).filter(expression);
    }

    /** A bare word where a field belongs was left unexplained by the grammar, which knows no fields. */
    private FilterException withFieldNames(String text, FilterException e) {
        int end = e.position();
        while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
            start--;
        }
        if (!e.suggestions().isEmpty() || !e.expected().contains("is not a field")) {
            return e;
        }
        return new FilterException(text, e.span(), e.getMessage(), e.expected(),
                catalog.nearest(text.substring(start, end)));
    }

    /** The compilation of one filter. */
    private final class Run {
        private final String text;
        private final ValueCompiler values;
        private final EventSpace space = catalog.space();
        private final Slot.Clock clock = new Slot.Clock();
        private final Map<String, Slot> slots = new HashMap<>();
        private final Map<Node, Membership> memberships = new HashMap<>();
        private final List<String> warnings = new ArrayList<>();

        Run(String text) {
            this.text = text;
            this.values = new ValueCompiler(catalog, text);
        }

        Filter filter(Expression expression) throws FilterException {
            Node root = node(expression);
            if (root.canHold().isEmpty()) {
                warnings.add("no event can satisfy this filter");
            }
            if (root instanceof Node.Chain chain) {
                root = chain.behindKinds();
            }
            return new Filter(expression, root, clock, values.fields(), warnings);
        }

        private Node node(Expression expression) throws FilterException {
            if (expression instanceof Expression.Condition condition) {
                return condition(condition);
            }
            if (expression instanceof Expression.And and) {
                return chain(nodes(and.terms()), false);
            }
            if (expression instanceof Expression.Or or) {
                return chain(nodes(or.terms()), true);
            }
            if (expression instanceof Expression.Not not) {
                Node term = node(not.term());
                return term instanceof Node.Kinds kinds ? new Node.Kinds(kinds.canFail()) : new Node.Not(term);
            }
            String name = ((Expression.Identifier) expression).name();
            throw new FilterException(text, expression.span(), "unexpected identifier '" + name + "'",
                    "a condition begins with a field, such as proc.name", catalog.nearest(name));
        }

        private List<Node> nodes(List<Expression> terms) throws FilterException {
            List<Node> nodes = new ArrayList<>();
            for (Expression term : terms) {
                nodes.add(node(term));
            }
            return nodes;
        }

        // ---- and, or

        private Node chain(List<Node> terms, boolean or) throws FilterException {
            List<Node> ordered = terms;
            boolean stateful = false;
            for (Node term : terms) {
                stateful |= term.stateful();
            }
            if (!stateful) {
                ordered = or ? joined(terms) : new ArrayList<>(terms);
                joinKinds(ordered, or);
                sortByCost(ordered);
            }
            if (ordered.size() == 1) {
                return ordered.getFirst();
            }
            EventSet hold = ordered.getFirst().canHold();
            EventSet fail = ordered.getFirst().canFail();
            for (Node term : ordered) {
                hold = or ? hold.or(term.canHold()) : hold.and(term.canHold());
                fail = or ? fail.and(term.canFail()) : fail.or(term.canFail());
            }
            boolean decided = !stateful && (hold.isEmpty() || fail.isEmpty());
            return decided ? new Node.Kinds(hold) : new Node.Chain(ordered, or, hold, fail);
        }

        private static void sortByCost(List<Node> terms) {
            for (int i = 1; i < terms.size(); i++) {
                Node term = terms.get(i);
                int to = i;
                while (to > 0 && terms.get(to - 1).cost() > term.cost()) {
                    terms.set(to, terms.get(to - 1));
                    to--;
                }
                terms.set(to, term);
            }
        }

        /** All terms that follow from the event's type become one. */
        private void joinKinds(List<Node> terms, boolean or) {
            EventSet joined = null;
            for (Node term : terms) {
                if (term instanceof Node.Kinds kinds) {
                    EventSet set = kinds.canHold();
                    joined = joined == null ? set : or ? joined.or(set) : joined.and(set);
                }
            }
            if (joined != null) {
                for (int i = terms.size() - 1; i >= 0; i--) {
                    if (terms.get(i) instanceof Node.Kinds) {
                        terms.remove(i);
                    }
                }
                terms.addFirst(new Node.Kinds(joined));
            }
        }

        /** A field compared with constants for equality: several of them joined by "or" are one "in". */
        private record Membership(Slot slot, List<Constants.Constant> constants) {
        }

        private List<Node> joined(List<Node> terms) throws FilterException {
            Map<Slot, List<Constants.Constant>> bySlot = new LinkedHashMap<>();
            Map<Slot, Integer> uses = new HashMap<>();
            List<Node> result = new ArrayList<>();
            for (Node term : terms) {
                Membership membership = memberships.get(term);
                if (membership != null) {
                    List<Constants.Constant> constants = bySlot.get(membership.slot());
                    if (constants == null) {
                        constants = new ArrayList<>();
                        bySlot.put(membership.slot(), constants);
                    }
                    constants.addAll(membership.constants());
                    uses.put(membership.slot(), uses.getOrDefault(membership.slot(), 0) + 1);
                }
            }
            for (Node term : terms) {
                Membership membership = memberships.get(term);
                if (membership == null || uses.get(membership.slot()) == 1) {
                    result.add(term);
                }
            }
            for (Map.Entry<Slot, List<Constants.Constant>> entry : bySlot.entrySet()) {
                if (uses.get(entry.getKey()) > 1) {
                    result.add(member(entry.getKey(), entry.getValue(), new Span(0, 0)));
                }
            }
            return result;
        }

        private Node member(Slot slot, List<Constants.Constant> constants, Span span) throws FilterException {
            try {
                Matcher matcher = Constants.oneOf(slot.extractor().type(), constants);
                Node node = new Node.One(slot, matcher);
                memberships.put(node, new Membership(slot, constants));
                return node;
            } catch (FieldException e) {
                throw values.error(span, e);
            }
        }

        // ---- conditions

        private Node condition(Expression.Condition condition) throws FilterException {
            Extractor extractor = values.compile(condition.left());
            if (extractor instanceof Field field && field.info().has(FieldFlag.PRINT_ONLY)) {
                throw values.error(condition.left().span(), "field '" + field.text() + "' can only be printed");
            }
            Slot slot = slot(condition.left(), extractor);
            Node node = leaf(condition, slot, extractor);
            if (node instanceof Node.Kinds || node instanceof Node.Own || !dependsOnKind(condition, slot)) {
                return node;
            }
            return new Node.Kinds(EventSet.where(space, new EventSet.KindTest() {
                @Override
                public boolean test(int code, int syscall) {
                    clock.tick();
                    return node.test(new KindValue.Kind(code, syscall));
                }
            }));
        }

        private boolean dependsOnKind(Expression.Condition condition, Slot left) throws FilterException {
            if (!KindValue.isEnoughFor(left.extractor())) {
                return false;
            }
            return !isSide(condition.right())
                    || KindValue.isEnoughFor(slot(condition.right(), values.compile(condition.right())).extractor());
        }

        private static boolean isSide(Value right) {
            return right instanceof Value.FieldRef || right instanceof Value.Transformed;
        }

        private Slot slot(Value value, Extractor extractor) {
            Extractor plain = extractor instanceof Field field ? KindValue.of(field) : extractor;
            Slot known = slots.get(value.toString());
            if (known == null) {
                known = new Slot(plain, clock, space);
                slots.put(value.toString(), known);
            }
            return known;
        }

        private Node leaf(Expression.Condition condition, Slot slot, Extractor extractor) throws FilterException {
            Operator operator = condition.operator();
            Field field = extractor instanceof Field f ? f : null;
            Quantifier quantifier = field != null ? field.quantifier() : slot.quantifier();
            Value right = condition.right();
            if (isSide(right)) {
                Extractor other = values.compile(right);
                if (!(other instanceof TransformedValue.Constant)) {
                    return two(condition, slot, extractor, other);
                }
            }
            List<Constants.Constant> constants = constants(right, operator, field);
            if (field != null && !(right instanceof Value.Modified)) {
                Node own = own(condition, slot, field, operator, constants);
                if (own != null) {
                    return own;
                }
            }
            if (operator == Operator.EXISTS) {
                return new Node.Exists(slot);
            }
            check(condition, extractor, quantifier);
            if (right instanceof Value.Modified modified) {
                return counted(condition, modified, slot, field, quantifier, constants);
            }
            Matcher matcher = matcher(condition, extractor.type(), constants);
            if (quantifier != Quantifier.ONE) {
                return new Node.Many(slot, matcher, Node.Many.all(quantifier, operator));
            }
            Node node = new Node.One(slot, matcher);
            if (operator == Operator.EQ || operator == Operator.IN) {
                memberships.put(node, new Membership(slot, constants));
            }
            return node;
        }

        private void check(Expression.Condition condition, Extractor extractor, Quantifier quantifier)
                throws FilterException {
            Operator operator = condition.operator();
            String refusal = Constants.refusal(extractor.type(), quantifier == Quantifier.LIST, operator);
            if (refusal == null) {
                return;
            }
            if (quantifier == Quantifier.ENDS) {
                refusal = extractor.type().isInteger() ? "unsupported port comparison operator"
                        : "IP filter only supports '=' and '!=' operators";
            }
            StringBuilder allowed = new StringBuilder();
            for (Operator other : Operator.values()) {
                if (Constants.refusal(extractor.type(), quantifier == Quantifier.LIST, other) == null) {
                    allowed.append(allowed.isEmpty() ? "" : ", ").append(other);
                }
            }
            throw new FilterException(text, condition.operatorSpan(), refusal, "'" + condition.left() + "' has type "
                    + ValueCompiler.typeName(extractor) + ", which knows: " + allowed, List.of());
        }

        /** The comparison that a field brings itself, or null. */
        private Node own(Expression.Condition condition, Slot slot, Field field, Operator operator,
                List<Constants.Constant> constants) throws FilterException {
            try {
                List<String> texts = new ArrayList<>();
                for (Constants.Constant constant : constants) {
                    texts.add(constant.text());
                }
                FieldTest test = field.comparison(operator.text(), texts);
                return test == null ? null : new Node.Own(slot, test);
            } catch (FieldException e) {
                Span span = condition.right() == null ? condition.operatorSpan() : condition.right().span();
                throw values.error(span, e);
            }
        }

        private Node counted(Expression.Condition condition, Value.Modified modified, Slot slot, Field field,
                Quantifier quantifier, List<Constants.Constant> constants) throws FilterException {
            Operator operator = condition.operator();
            Matcher[] matchers = new Matcher[constants.size()];
            for (int i = 0; i < matchers.length; i++) {
                if (field != null) {
                    refuseOwn(condition, slot, field, operator, constants.get(i));
                }
                matchers[i] = matcher(condition, slot.extractor().type(), List.of(constants.get(i)));
            }
            return new Node.Counted(slot, modified.modifier(), matchers, Node.Many.all(quantifier, operator));
        }

        private void refuseOwn(Expression.Condition condition, Slot slot, Field field, Operator operator,
                Constants.Constant constant) throws FilterException {
            if (own(condition, slot, field, operator, List.of(constant)) != null) {
                throw values.error(condition.right().span(), "field '" + field.text()
                        + "' cannot be compared with a modified list");
            }
        }

        private Matcher matcher(Expression.Condition condition, FieldType type, List<Constants.Constant> constants)
                throws FilterException {
            Operator operator = condition.operator();
            try {
                if (operator == Operator.PMATCH) {
                    List<byte[]> paths = new ArrayList<>();
                    for (Constants.Constant constant : constants) {
                        paths.add(constant.bytes());
                    }
                    return new PathMatcher(paths);
                }
                if (operator == Operator.IN || operator == Operator.INTERSECTS) {
                    return Constants.oneOf(type, constants);
                }
                return Constants.matcher(type, operator, constants.getFirst());
            } catch (FieldException e) {
                throw values.error(wrongConstant(condition, type), e);
            }
        }

        /** Where the first constant stands that cannot be converted. */
        private Span wrongConstant(Expression.Condition condition, FieldType type) {
            Value right = condition.right();
            List<Value> elements = right instanceof Value.Values list ? list.elements()
                    : right instanceof Value.Modified modified ? modified.list().elements() : List.of();
            for (Value element : elements) {
                try {
                    Operator operator = right instanceof Value.Values ? Operator.EQ : condition.operator();
                    Constants.matcher(type, operator, constant(element, null));
                } catch (FieldException | FilterException e) {
                    return element.span();
                }
            }
            return right.span();
        }

        // ---- right side

        /** Whether the constant is a value the field may have, and not a part or a pattern of one. */
        private static boolean isEquality(Operator operator) {
            return switch (operator) {
                case EQ, NE, IN, INTERSECTS, LT, LE, GT, GE -> true;
                default -> false;
            };
        }

        private List<Constants.Constant> constants(Value right, Operator operator, Field field)
                throws FilterException {
            List<Value> elements = right == null ? List.of() : right instanceof Value.Values list ? list.elements()
                    : right instanceof Value.Modified modified ? modified.list().elements() : List.of(right);
            List<Constants.Constant> constants = new ArrayList<>();
            for (Value element : elements) {
                constants.add(constant(element, isEquality(operator) ? field : null));
                if (field != null && element instanceof Value.Text literal) {
                    warn(field.doubt(operator.text(), literal.text()));
                }
            }
            return constants;
        }

        private Constants.Constant constant(Value value, Field field) throws FilterException {
            Constants.Constant constant;
            if (value instanceof Value.Text literal) {
                constant = new Constants.Constant(literal.text(), literal.bytes());
            } else if (value instanceof Value.Number number) {
                constant = Constants.Constant.of(number.text());
            } else {
                FieldValue out = new FieldValue();
                values.compile(value).extract(null, out);
                constant = new Constants.Constant(out.text(), Arrays.copyOfRange(out.bytes(), out.offset(),
                        out.offset() + out.length()));
            }
            warnOfFieldName(value);
            if (field == null) {
                return constant;
            }
            try {
                String checked = field.constant(constant.text());
                return checked.equals(constant.text()) ? constant : Constants.Constant.of(checked);
            } catch (FieldException e) {
                throw values.error(value.span(), e);
            }
        }

        private void warnOfFieldName(Value value) {
            if (value instanceof Value.Text literal && !literal.quoted()
                    && catalog.find(literal.text()).isPresent()) {
                warn("'" + literal.text() + "' is compared as a text: to compare with the field, write val("
                        + literal.text() + ")");
            }
        }

        private void warn(String warning) {
            if (warning != null && !warnings.contains(warning)) {
                warnings.add(warning);
            }
        }

        private Node two(Expression.Condition condition, Slot slot, Extractor left, Extractor right)
                throws FilterException {
            Operator operator = condition.operator();
            if (left instanceof Field field && field.info().has(FieldFlag.NO_RHS)) {
                throw values.error(condition.left().span(), "field '" + field.text()
                        + "' doesn't support right-hand side fields");
            }
            if (right instanceof Field field && (field.info().has(FieldFlag.NO_RHS)
                    || field.info().has(FieldFlag.PRINT_ONLY))) {
                throw values.error(condition.right().span(), "field '" + field.text()
                        + "' can't be used as a right-hand side field");
            }
            check(condition, left, left.isList() ? Quantifier.LIST : Quantifier.ONE);
            if (operator == Operator.PMATCH || operator == Operator.REGEX
                    || left.type().group() == FieldType.Group.NETWORK) {
                throw values.error(condition.right().span(), "'" + operator
                        + "' operator does not support right-hand side fields"
                        + (left.type().group() == FieldType.Group.NETWORK ? " of type 'PT_IPNET'" : ""));
            }
            if (left.type() != right.type() || left.isList() != right.isList()) {
                throw values.error(condition.right().span(), "field '" + condition.left() + "' has type '"
                        + ValueCompiler.typeName(left) + "' while the right-hand side field '" + condition.right()
                        + "' has incompatible type '" + ValueCompiler.typeName(right) + "'");
            }
            return new Node.Two(slot, operator, slot(condition.right(), right),
                    left.type().group() == FieldType.Group.UNSIGNED);
        }
    }
}
