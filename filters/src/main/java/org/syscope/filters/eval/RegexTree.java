package org.syscope.filters.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * What a regular expression means for texts of ASCII characters: parses an expression that RE2/J has accepted. Knows
 * the usual constructs; {@link #parse} gives null for the rest (assertions inside, flags other than a leading
 * {@code (?i)}, Unicode classes, octal escapes), which is then left to RE2/J.
 */
sealed interface RegexTree {
    /**
     * One character of a set.
     *
     * @param low bit for each of the characters 0 to 63
     * @param high bit for each of the characters 64 to 127
     */
    record Set(long low, long high) implements RegexTree {
        static final Set NONE = new Set(0, 0);

        static Set of(int c) {
            return range(c, c);
        }

        static Set range(int from, int to) {
            long low = 0;
            long high = 0;
            for (int c = from; c <= Math.min(to, 127); c++) {
                low |= c < 64 ? 1L << c : 0;
                high |= c < 64 ? 0 : 1L << c;
            }
            return new Set(low, high);
        }

        Set or(Set other) {
            return new Set(low | other.low, high | other.high);
        }

        Set not() {
            return new Set(~low, ~high);
        }

        Set ignoringCase() {
            long letters = high & 0x07FFFFFE_07FFFFFEL;
            return new Set(low, high | letters << 32 | letters >>> 32);
        }

        boolean contains(int c) {
            return ((c < 64 ? low : high) >>> c & 1) != 0;
        }
    }

    /** One after the other; none at all is the empty text. */
    record Sequence(List<RegexTree> parts) implements RegexTree {
    }

    /** One of several. */
    record Choice(List<RegexTree> parts) implements RegexTree {
    }

    /**
     * Repetition.
     *
     * @param most -1 for any number
     */
    record Repeat(RegexTree part, int least, int most) implements RegexTree {
    }

    /** The expression as a tree; null if it has something that is not known here. */
    static RegexTree parse(String expression) {
        boolean fold = expression.startsWith("(?i)");
        if (fold && !expression.chars().allMatch(c -> c < 128)) {
            return null;
        }
        Parser parser = new Parser(expression, fold ? 4 : 0, fold);
        RegexTree tree = parser.choice(0);
        return parser.known && parser.at == expression.length() ? tree : null;
    }

    /** Reads one expression. */
    final class Parser {
        private static final int DEPTH = 200;
        private static final Set DIGIT = Set.range('0', '9');
        private static final Set WORD = Set.range('a', 'z').or(Set.range('A', 'Z')).or(DIGIT).or(Set.of('_'));
        private static final Set SPACE = Set.range('\t', '\n').or(Set.range('\f', '\r')).or(Set.of(' '));
        private static final Set GRAPH = Set.range('!', '~');

        private final String text;
        private final boolean fold;
        private final boolean choices;
        private int at;
        private boolean known = true;

        Parser(String text, int at, boolean fold) {
            this.text = text;
            this.at = at;
            this.fold = fold;
            this.choices = text.indexOf('|') >= 0;
        }

        private boolean more() {
            return known && at < text.length();
        }

        private RegexTree unknown() {
            known = false;
            return Set.NONE;
        }

        RegexTree choice(int depth) {
            List<RegexTree> parts = new ArrayList<>();
            if (depth > DEPTH) {
                return unknown();
            }
            parts.add(sequence(depth));
            while (more() && text.charAt(at) == '|') {
                at++;
                parts.add(sequence(depth));
            }
            return parts.size() == 1 ? parts.getFirst() : new Choice(parts);
        }

        private RegexTree sequence(int depth) {
            List<RegexTree> parts = new ArrayList<>();
            while (more() && text.charAt(at) != '|' && text.charAt(at) != ')') {
                RegexTree part = atom(depth);
                parts.add(repeated(part));
            }
            return new Sequence(parts);
        }

        private RegexTree repeated(RegexTree part) {
            if (!more()) {
                return part;
            }
            RegexTree result;
            switch (text.charAt(at)) {
                case '*' -> result = new Repeat(part, 0, -1);
                case '+' -> result = new Repeat(part, 1, -1);
                case '?' -> result = new Repeat(part, 0, 1);
                case '{' -> {
                    return counted(part);
                }
                default -> {
                    return part;
                }
            }
            at++;
            return lazy(result);
        }

        /** Whether as much or as little as possible is taken makes no difference to a match of the whole. */
        private RegexTree lazy(RegexTree result) {
            if (more() && text.charAt(at) == '?') {
                at++;
            }
            return more() && "*+?".indexOf(text.charAt(at)) >= 0 ? unknown() : result;
        }

        private RegexTree counted(RegexTree part) {
            int close = text.indexOf('}', at);
            String[] counts = close < 0 ? new String[0] : text.substring(at + 1, close).split(",", -1);
            if (counts.length < 1 || counts.length > 2 || !counts[0].matches("[0-9]{1,4}")
                    || counts.length == 2 && !counts[1].matches("[0-9]{0,4}")) {
                return part;
            }
            int least = Integer.parseInt(counts[0]);
            int most = counts.length == 1 ? least : counts[1].isEmpty() ? -1 : Integer.parseInt(counts[1]);
            at = close + 1;
            return lazy(new Repeat(part, least, most));
        }

        private RegexTree atom(int depth) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            switch (c) {
                case '(' -> {
                    return group(depth);
                }
                case '[' -> {
                    return set();
                }
                case '.' -> {
                    return Set.of('\n').not();
                }
                case '\\' -> {
                    return folded(escape());
                }
                case '^' -> {
                    return at == 1 && !choices && !repeats() ? new Sequence(List.of()) : unknown();
                }
                case '$' -> {
                    return at == text.length() && !choices && text.indexOf('(') < 0 ? new Sequence(List.of())
                            : unknown();
                }
                default -> {
                    return folded(Set.of(c));
                }
            }
        }

        private boolean repeats() {
            return more() && "*+?{".indexOf(text.charAt(at)) >= 0;
        }

        private RegexTree group(int depth) {
            if (more() && text.charAt(at) == '?') {
                if (!text.startsWith("?:", at)) {
                    return unknown();
                }
                at += 2;
            }
            RegexTree inner = choice(depth + 1);
            at++;
            return inner;
        }

        private Set folded(Set set) {
            return fold ? set.ignoringCase() : set;
        }

        /** The set of the escape whose backslash was taken. */
        private Set escape() {
            if (!more()) {
                known = false;
                return Set.NONE;
            }
            char c = text.charAt(at++);
            switch (c) {
                case 'd' -> {
                    return DIGIT;
                }
                case 'D' -> {
                    return DIGIT.not();
                }
                case 'w' -> {
                    return WORD;
                }
                case 'W' -> {
                    return WORD.not();
                }
                case 's' -> {
                    return SPACE;
                }
                case 'S' -> {
                    return SPACE.not();
                }
                default -> {
                    int code = character(c);
                    known &= code >= 0;
                    return code < 0 || code > 127 ? Set.NONE : Set.of(code);
                }
            }
        }

        /** The character that an escape with this letter stands for; -1 if it is something else. */
        private int character(char c) {
            return switch (c) {
                case 'n' -> '\n';
                case 't' -> '\t';
                case 'r' -> '\r';
                case 'f' -> '\f';
                case 'v' -> 0x0B;
                case 'a' -> 0x07;
                case 'x' -> hex();
                default -> c < 128 && !Character.isLetterOrDigit(c) ? c : -1;
            };
        }

        private int hex() {
            boolean braces = text.startsWith("{", at);
            int end = braces ? text.indexOf('}', at) : at + 2;
            if (end < 0 || end > text.length()) {
                return -1;
            }
            String digits = text.substring(braces ? at + 1 : at, end);
            at = braces ? end + 1 : end;
            return digits.matches("[0-9a-fA-F]{1,6}") ? Integer.parseInt(digits, 16) : -1;
        }

        /** The set whose opening bracket was taken. */
        private RegexTree set() {
            boolean negated = more() && text.charAt(at) == '^';
            at += negated ? 1 : 0;
            Set set = Set.NONE;
            boolean first = true;
            while (more() && (first || text.charAt(at) != ']')) {
                first = false;
                set = set.or(element());
            }
            at++;
            Set result = folded(set);
            return negated ? result.not() : result;
        }

        private Set element() {
            if (text.startsWith("[:", at)) {
                int end = text.indexOf(":]", at + 2);
                Set named = end < 0 ? null : named(text.substring(at + 2, end));
                if (named != null) {
                    at = end + 2;
                    return named;
                }
            }
            int low = setCharacter();
            if (low == SHORTHAND) {
                return shorthand;
            }
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                at++;
                int high = setCharacter();
                if (high == SHORTHAND) {
                    known = false;
                }
                return Set.range(low, high);
            }
            return Set.range(low, low);
        }

        private static final int SHORTHAND = -2;
        private Set shorthand;

        private int setCharacter() {
            if (!more()) {
                known = false;
                return 0;
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c != '\\') {
                return c;
            }
            if (more() && "dDwWsS".indexOf(text.charAt(at)) >= 0) {
                shorthand = escape();
                return SHORTHAND;
            }
            int code = more() ? character(text.charAt(at++)) : -1;
            known &= code >= 0;
            return Math.max(0, code);
        }

        private static Set named(String name) {
            if (name.startsWith("^")) {
                Set set = named(name.substring(1));
                return set == null ? null : set.not();
            }
            Set letters = Set.range('a', 'z').or(Set.range('A', 'Z'));
            return switch (name) {
                case "alpha" -> letters;
                case "digit" -> DIGIT;
                case "alnum" -> letters.or(DIGIT);
                case "upper" -> Set.range('A', 'Z');
                case "lower" -> Set.range('a', 'z');
                case "word" -> WORD;
                case "space" -> SPACE.or(Set.of(0x0B));
                case "blank" -> Set.of(' ').or(Set.of('\t'));
                case "punct" -> new Set(GRAPH.low() & ~letters.or(DIGIT).low(), GRAPH.high() & ~letters.high());
                case "print" -> GRAPH.or(Set.of(' '));
                case "graph" -> GRAPH;
                case "cntrl" -> Set.range(0, 31).or(Set.of(127));
                case "xdigit" -> DIGIT.or(Set.range('a', 'f')).or(Set.range('A', 'F'));
                case "ascii" -> Set.range(0, 127);
                default -> null;
            };
        }
    }
}
