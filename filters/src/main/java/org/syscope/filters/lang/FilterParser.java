package org.syscope.filters.lang;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.syscope.filters.field.NearestNames;

/**
 * Parses filters by recursive descent.
 *
 * <pre>
 *   filter    = or
 *   or        = and { "or" and }            "or" and "and" are followed by a blank or a bracket
 *   and       = not { "and" not }
 *   not       = { "not" blank } ( "not(" or ")" | check )
 *   check     = "(" or ")" | ( field | transform ) condition | identifier
 *   field     = name "." name { "." name } [ "[" ( quoted | argument ) "]" ]
 *   transform = function "(" value { "," value } ")" [ "[" ( quoted | argument ) "]" ]
 *   value     = number | quoted | "(" [ value { "," value } ] ")" | transform | field
 *   condition = "exists"
 *             | ( "<=" | "<" | ">=" | ">" ) ( number | side )
 *             | string-operator ( [ modifier ] list | string | side )
 *             | ( "intersects" | "in" | "pmatch" ) ( list | side | identifier )
 *   side      = transform | "val" "(" field ")"
 *   list      = "(" [ string { "," string } ] ")"
 * </pre>
 *
 * <p>{@code and} binds tighter than {@code or}. Brackets and transformers nest at most {@value #MAX_DEPTH} deep.
 */
public final class FilterParser {
    /** How deep brackets, {@code not(} and transformers may nest. */
    public static final int MAX_DEPTH = 100;

    /** What a condition begins with, rather than the rest of a value with a blank in it. */
    private static final Pattern FIELD = Pattern.compile("[a-z]+\\.[a-z]");

    private final Lexer lexer;
    private int depth;

    private FilterParser(String text, int position) {
        this.lexer = new Lexer(text, position);
    }

    /**
     * Parses a whole filter.
     *
     * @throws FilterException if the text is not a filter
     */
    public static Expression parse(String text) throws FilterException {
        FilterParser parser = new FilterParser(text, 0);
        parser.lexer.skipBlanks();
        if (parser.lexer.atEnd()) {
            throw new FilterException(text, new Span(0, 0), "filter input string is empty",
                    "write a condition such as proc.name=cat", List.of());
        }
        Expression result = parser.or();
        parser.lexer.skipBlanks();
        if (!parser.lexer.atEnd()) {
            throw parser.unexpected(result);
        }
        return result;
    }

    /**
     * Parses the field or transformer that begins at an offset, as it stands in an output format; what follows it is
     * left alone: the value's span tells where it ends.
     *
     * @throws FilterException if there is no field or transformer at the offset
     */
    public static Value parseValue(String text, int offset) throws FilterException {
        FilterParser parser = new FilterParser(text, offset);
        Value value = parser.leftSide();
        if (value == null) {
            throw parser.lexer.error(parser.lexer.here(), "expected a field or a transformer", "");
        }
        return value;
    }

    // ---- and, or, not

    private Expression or() throws FilterException {
        enter();
        List<Expression> terms = new ArrayList<>();
        terms.add(and());
        while (connective("or")) {
            terms.add(and());
        }
        depth--;
        return terms.size() == 1 ? terms.getFirst()
                : new Expression.Or(terms, terms.getFirst().span().to(terms.getLast().span()));
    }

    private Expression and() throws FilterException {
        List<Expression> terms = new ArrayList<>();
        terms.add(not());
        while (connective("and")) {
            terms.add(not());
        }
        return terms.size() == 1 ? terms.getFirst()
                : new Expression.And(terms, terms.getFirst().span().to(terms.getLast().span()));
    }

    /** Takes the word with what must follow it; leaves the position at the next term. */
    private boolean connective(String word) throws FilterException {
        lexer.skipBlanks();
        if (!lexer.take(word)) {
            return false;
        }
        if (!lexer.atBlank() && !lexer.at('(')) {
            throw lexer.error(new Span(lexer.position(), lexer.position()),
                    "expected blank or '(' after '" + word + "'", "another condition must follow");
        }
        lexer.skipBlanks();
        return true;
    }

    private Expression not() throws FilterException {
        boolean negated = false;
        lexer.skipBlanks();
        int start = lexer.position();
        while (lexer.takeWord("not")) {
            negated = !negated;
            lexer.skipBlanks();
        }
        Expression term;
        if (lexer.at("not(")) {
            lexer.take("not");
            negated = !negated;
            term = brackets();
        } else {
            term = check();
        }
        return negated ? new Expression.Not(term, new Span(start, term.span().end())) : term;
    }

    private Expression brackets() throws FilterException {
        lexer.take("(");
        Span open = lexer.token();
        Expression inner = or();
        lexer.skipBlanks();
        if (!lexer.take(")")) {
            if (lexer.atEnd()) {
                throw lexer.error(new Span(lexer.position(), lexer.position()), "expected a ')' token",
                        "the '(' at position " + open.start() + " has no ')'");
            }
            FilterException more = unexpected(inner);
            throw new FilterException(lexer.text(), more.span(), "expected a ')' token", more.expected(),
                    more.suggestions());
        }
        return inner;
    }

    // ---- conditions

    private Expression check() throws FilterException {
        lexer.skipBlanks();
        if (lexer.at('(')) {
            return brackets();
        }
        Value left = leftSide();
        if (left != null) {
            return condition(left);
        }
        if (lexer.takeIdentifier()) {
            return new Expression.Identifier(lexer.tokenText(), lexer.token());
        }
        List<String> meant = lexer.at('!') ? List.of("not") : List.of();
        throw new FilterException(lexer.text(), lexer.here(), "expected a '(' token, a field check, or an identifier",
                "a condition begins with a field, such as proc.name", meant);
    }

    private Value leftSide() throws FilterException {
        Value transformed = transformed();
        if (transformed != null) {
            return transformed;
        }
        return lexer.takeFieldName() ? field() : null;
    }

    /** The field whose name was taken last. */
    private Value.FieldRef field() throws FilterException {
        String name = lexer.tokenText();
        int start = lexer.token().start();
        String argument = index();
        return new Value.FieldRef(name, argument, new Span(start, lexer.position()));
    }

    /** What stands between square brackets, or null if there are none. */
    private String index() throws FilterException {
        if (!lexer.take("[")) {
            return null;
        }
        String argument;
        if (lexer.atQuote()) {
            argument = new String(lexer.takeQuoted(), StandardCharsets.UTF_8);
        } else if (lexer.takeBareArgument()) {
            argument = lexer.tokenText();
        } else {
            throw lexer.error(lexer.here(), "expected a valid field argument: a quoted string or a bare string", "");
        }
        if (!lexer.take("]")) {
            throw lexer.error(lexer.here(), "expected a ']' token", "");
        }
        return argument;
    }

    private Expression condition(Value left) throws FilterException {
        lexer.skipBlanks();
        Operator operator = lexer.at("=~ ") ? null : operator();
        if (operator == null) {
            throw noOperator();
        }
        Span at = lexer.token();
        if (operator.operand() == Operator.Operand.NONE) {
            return new Expression.Condition(left, operator, at, null, left.span().to(at));
        }
        lexer.skipBlanks();
        Value right = side();
        if (right == null) {
            right = operator.operand() == Operator.Operand.NUMBER ? number()
                    : operator.operand() == Operator.Operand.LIST ? listOrIdentifier() : stringOrModified();
        }
        return new Expression.Condition(left, operator, at, right, new Span(left.span().start(), lexer.position()));
    }

    private Operator operator() {
        if (lexer.take("==")) {
            return Operator.EQ;
        }
        for (Operator operator : Operator.values()) {
            boolean blankNeeded = operator.isWord() && operator.operand() == Operator.Operand.STRING;
            if (blankNeeded ? lexer.takeWord(operator.text()) : lexer.take(operator.text())) {
                return operator;
            }
        }
        return null;
    }

    private FilterException noOperator() {
        String all = "'" + String.join("', '", Operator.texts()) + "'";
        int from = lexer.position();
        Span here = lexer.here();
        List<String> meant = List.of();
        String hint = "";
        if (lexer.takeIdentifier()) {
            here = lexer.token();
            String word = lexer.tokenText();
            meant = Operator.texts().contains(word) ? List.of() : NearestNames.of(word, Operator.texts());
            hint = Operator.texts().contains(word) ? "'" + word + "' needs a blank and a value behind it" : "";
            if (word.equals("and") || word.equals("or")) {
                hint = "a field alone is no condition: to ask for any value, write 'exists' behind it";
            } else if (word.equals("like") || word.equals("matches")) {
                meant = List.of("glob", "regex");
            }
        } else if (lexer.at('~') || lexer.at("=~")) {
            meant = List.of("regex");
        } else if (lexer.at("<>")) {
            meant = List.of("!=");
        } else if (lexer.atEnd() || lexer.at(')')) {
            hint = "a field alone is no condition: to ask for any value, write 'exists' behind it";
            here = new Span(from, from);
        }
        lexer.moveTo(from);
        return new FilterException(lexer.text(), here, "expected a valid check operator: one of " + all, hint, meant);
    }

    // ---- right side

    private static String orField() {
        return " or a field with a valid transformer: '" + String.join("', '", Transformer.texts()) + "', 'val'";
    }

    /** A transformer or a field in {@code val()}, or null if neither comes next. */
    private Value side() throws FilterException {
        Value transformed = transformed();
        if (transformed != null || !lexer.take("val(")) {
            return transformed;
        }
        lexer.skipBlanks();
        if (!lexer.takeFieldName()) {
            throw lexer.error(lexer.here(), "expected a field inside 'val()'", "");
        }
        Value.FieldRef field = field();
        closeArguments();
        return field;
    }

    private Value number() throws FilterException {
        if (lexer.takeNumber()) {
            return new Value.Number(lexer.tokenText(), lexer.token());
        }
        throw lexer.error(lexer.here(), "expected a number value" + orField(), "<, <=, > and >= compare with a number");
    }

    private Value.Text string(boolean inList) throws FilterException {
        if (lexer.atQuote()) {
            byte[] bytes = lexer.takeQuoted();
            return new Value.Text(bytes, true, lexer.token());
        }
        if (!lexer.takeBareString()) {
            throw lexer.error(lexer.here(), "expected a string value" + (inList ? "" : orField()), lexer.at(',') || lexer.at('=')
                    ? "a value that has brackets, quotes, commas, equals signs or blanks must stand in quotes" : "");
        }
        int nul = lexer.tokenText().indexOf(0);
        if (nul >= 0) {
            int at = lexer.token().start() + nul;
            throw lexer.error(new Span(at, at + 1), "filter value cannot contain a NUL byte (\\x00)", "");
        }
        return new Value.Text(lexer.tokenText().getBytes(StandardCharsets.UTF_8), false, lexer.token());
    }

    private Value stringOrModified() throws FilterException {
        for (Modifier modifier : Modifier.values()) {
            int start = lexer.position();
            if (lexer.take(modifier.text())) {
                Value.Values list = modifiedList();
                if (list != null) {
                    return new Value.Modified(modifier, list, new Span(start, lexer.position()));
                }
                lexer.moveTo(start);
            }
        }
        return string(false);
    }

    /** The list behind a modifier, or null if the word was not one. */
    private Value.Values modifiedList() throws FilterException {
        boolean blank = lexer.atBlank();
        lexer.skipBlanks();
        if (lexer.at('(')) {
            return list();
        }
        if (!blank || !lexer.takeIdentifier() || lexer.tokenText().equals("and") || lexer.tokenText().equals("or")) {
            return null;
        }
        return single();
    }

    private Value listOrIdentifier() throws FilterException {
        if (lexer.at('(')) {
            return list();
        }
        if (lexer.takeIdentifier()) {
            return single();
        }
        throw lexer.error(lexer.here(), "expected a list, an identifier," + orField(),
                "a list stands in brackets: (a, b)");
    }

    /** A list of the identifier taken last. */
    private Value.Values single() {
        Value word = new Value.Text(lexer.tokenText().getBytes(StandardCharsets.UTF_8), false, lexer.token());
        return new Value.Values(List.of(word), lexer.token());
    }

    private Value.Values list() throws FilterException {
        lexer.take("(");
        int start = lexer.token().start();
        List<Value> elements = new ArrayList<>();
        lexer.skipBlanks();
        if (!lexer.take(")")) {
            do {
                lexer.skipBlanks();
                elements.add(string(true));
                lexer.skipBlanks();
            } while (lexer.take(","));
            closeList(start);
        }
        return new Value.Values(elements, new Span(start, lexer.position()));
    }

    private void closeList(int start) throws FilterException {
        if (!lexer.take(")")) {
            throw lexer.error(lexer.atEnd() ? new Span(lexer.position(), lexer.position()) : lexer.here(),
                    "expected a ')' token", lexer.atEnd() ? "the '(' at position " + start + " has no ')'"
                            : "the elements of a list are separated by commas");
        }
    }

    // ---- transformers

    private Value transformed() throws FilterException {
        for (Transformer transformer : Transformer.values()) {
            int start = lexer.position();
            if (!lexer.take(transformer.open())) {
                continue;
            }
            enter();
            List<Value> arguments = new ArrayList<>();
            do {
                lexer.skipBlanks();
                arguments.add(argument());
                lexer.skipBlanks();
            } while (lexer.take(","));
            closeArguments();
            depth--;
            String index = transformer == Transformer.GETOPT ? index() : null;
            return new Value.Transformed(transformer, arguments, index, new Span(start, lexer.position()));
        }
        return null;
    }

    private void closeArguments() throws FilterException {
        lexer.skipBlanks();
        if (!lexer.take(")")) {
            throw lexer.error(lexer.atEnd() ? new Span(lexer.position(), lexer.position()) : lexer.here(),
                    "expected a ')' token", "");
        }
    }

    private Value argument() throws FilterException {
        if (lexer.atQuote()) {
            byte[] bytes = lexer.takeQuoted();
            return new Value.Text(bytes, true, lexer.token());
        }
        if (lexer.at('(')) {
            return argumentList();
        }
        Value value = leftSide();
        if (value != null) {
            return value;
        }
        if (lexer.takeNumber()) {
            return new Value.Number(lexer.tokenText(), lexer.token());
        }
        throw lexer.error(lexer.here(), "expected a field, a transformer, a quoted string, a number or a list", "");
    }

    private Value argumentList() throws FilterException {
        lexer.take("(");
        int start = lexer.token().start();
        enter();
        List<Value> elements = new ArrayList<>();
        lexer.skipBlanks();
        if (!lexer.take(")")) {
            do {
                lexer.skipBlanks();
                elements.add(argument());
                lexer.skipBlanks();
            } while (lexer.take(","));
            closeList(start);
        }
        depth--;
        return new Value.Values(elements, new Span(start, lexer.position()));
    }

    // ---- errors

    private void enter() throws FilterException {
        if (++depth > MAX_DEPTH) {
            throw lexer.error(new Span(lexer.position(), lexer.position() + 1),
                    "exceeded max depth limit of " + MAX_DEPTH, "");
        }
    }

    /** Something stands behind a complete expression that does not go on from it. */
    private FilterException unexpected(Expression before) {
        String last = lexer.tokenText();
        List<String> meant = List.of();
        String hint = "";
        Span here = lexer.here();
        if (lexer.at("&&") || lexer.at("AND")) {
            meant = List.of("and");
        } else if (lexer.at("||") || lexer.at("OR")) {
            meant = List.of("or");
        } else if (lexer.at(')')) {
            hint = "there is no '(' for this ')'";
        } else if (endsWith(before) instanceof Expression.Identifier identifier
                && identifier.span().end() == lexer.token().end()) {
            hint = "'" + identifier.name() + "' is not a field: field names have a dot, such as proc.name";
        } else if (FIELD.matcher(lexer.text().substring(here.start())).lookingAt()) {
            hint = "between two conditions stands 'and' or 'or'";
        } else if (endsWith(before) instanceof Expression.Condition condition
                && condition.right() instanceof Value.Text text && !text.quoted()) {
            hint = "a value that has brackets, quotes, commas, equals signs or blanks must stand in quotes";
        }
        return new FilterException(lexer.text(), here, "unexpected token after '" + last
                + "', expecting 'or', 'and'", hint, meant);
    }

    private static Expression endsWith(Expression expression) {
        return switch (expression) {
            case Expression.And and -> endsWith(and.terms().getLast());
            case Expression.Or or -> endsWith(or.terms().getLast());
            case Expression.Not not -> endsWith(not.term());
            case Expression.Condition condition -> condition;
            case Expression.Identifier identifier -> identifier;
        };
    }
}
