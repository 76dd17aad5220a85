package org.syscope.filters.lang;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The grammar: what is accepted, how it is understood, and where the error stands if it is not. */
final class FilterParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        # conditions
        proc.name=cat                       | proc.name = "cat"
        proc.name = cat                     | proc.name = "cat"
        proc.name==cat                      | proc.name = "cat"
        proc.name!=cat                      | proc.name != "cat"
        proc.name="my cat"                  | proc.name = "my cat"
        proc.name='my cat'                  | proc.name = "my cat"
        proc.name=my-cat.sh:1/x[0]{a}       | proc.name = "my-cat.sh:1/x[0]{a}"
        evt.dir=<                           | evt.dir = "<"
        evt.dir=>                           | evt.dir = ">"
        fd.name exists                      | fd.name exists
        fd.name exists and fd.num<3         | (fd.name exists and fd.num < 3)
        fd.num<3                            | fd.num < 3
        fd.num <= -3                        | fd.num <= -3
        fd.num>+3                           | fd.num > +3
        fd.num >= 0x1F                      | fd.num >= 0x1F
        fd.num>1.5e+3                       | fd.num > 1.5e+3
        fd.name contains /etc               | fd.name contains "/etc"
        fd.name icontains /etc              | fd.name icontains "/etc"
        fd.name startswith /etc             | fd.name startswith "/etc"
        fd.name endswith .conf              | fd.name endswith ".conf"
        fd.name glob /etc/*                 | fd.name glob "/etc/*"
        fd.name iglob '/ETC/*'              | fd.name iglob "/ETC/*"
        fd.name regex '/(a[b]).*'           | fd.name regex "/(a[b]).*"
        evt.buffer bcontains deadbeef       | evt.buffer bcontains "deadbeef"
        evt.buffer bstartswith 7f45         | evt.buffer bstartswith "7f45"
        evt.type in (open,openat)           | evt.type in ("open", "openat")
        evt.type in( open , openat )        | evt.type in ("open", "openat")
        evt.type in (open, "open at")       | evt.type in ("open", "open at")
        evt.type in ()                      | evt.type in ()
        evt.type in ( )                     | evt.type in ()
        evt.type in open                    | evt.type in ("open")
        fd.types intersects (file, pipe)    | fd.types intersects ("file", "pipe")
        fd.name pmatch (/etc, /usr)         | fd.name pmatch ("/etc", "/usr")
        # modifiers
        fd.name startswith anyof (/etc, /usr) | fd.name startswith anyof ("/etc", "/usr")
        proc.name = oneof(a, b)             | proc.name = oneof ("a", "b")
        proc.name != allof (a)              | proc.name != allof ("a")
        proc.name = anyof names             | proc.name = anyof ("names")
        proc.name = anyof                   | proc.name = "anyof"
        proc.name = anyofthem               | proc.name = "anyofthem"
        proc.name = oneof and fd.num > 1    | (proc.name = "oneof" and fd.num > 1)
        # fields and arguments
        proc.aname[2]=sshd                  | proc.aname["2"] = "sshd"
        evt.arg.flags contains O_CREAT      | evt.arg.flags contains "O_CREAT"
        evt.arg[0]=x                        | evt.arg["0"] = "x"
        proc.env[PATH] exists               | proc.env["PATH"] exists
        proc.env["A B"] exists              | proc.env["A B"] exists
        proc.env['A]B'] exists              | proc.env["A]B"] exists
        evt.type.is.5 = 1                   | evt.type.is.5 = "1"
        # transformers
        tolower(proc.name) = cat            | tolower(proc.name) = "cat"
        toupper( proc.name )=CAT            | toupper(proc.name) = "CAT"
        tolower(basename(fd.name)) = x      | tolower(basename(fd.name)) = "x"
        proc.name = tolower(proc.pname)     | proc.name = tolower(proc.pname)
        proc.name = val(proc.pname)         | proc.name = val(proc.pname)
        proc.name=val( proc.aname[1] )      | proc.name = val(proc.aname["1"])
        fd.num > val(fd.ino)                | fd.num > val(fd.ino)
        fd.num < len(fd.name)               | fd.num < len(fd.name)
        proc.name in val(fd.types)          | proc.name in val(fd.types)
        fd.types in getopt(proc.args, "a:b") | fd.types in getopt(proc.args, "a:b")
        getopt(proc.args, "a:b")[a] = 3     | getopt(proc.args, "a:b")["a"] = "3"
        getopt(proc.args, "a:b")["a"] = 3   | getopt(proc.args, "a:b")["a"] = "3"
        join(",", fd.types) = a             | join(",", fd.types) = "a"
        join(",", (proc.name, "x", 3)) = a  | join(",", (proc.name, "x", 3)) = "a"
        join(",", ()) = a                   | join(",", ()) = "a"
        concat(proc.name, "-", fd.name)=x   | concat(proc.name, "-", fd.name) = "x"
        b64(evt.buffer) contains root       | b64(evt.buffer) contains "root"
        len(evt.buffer) > 10                | len(evt.buffer) > 10
        # and, or, not, brackets
        a.b=1 and c.d=2 or e.f=3            | ((a.b = "1" and c.d = "2") or e.f = "3")
        a.b=1 or c.d=2 and e.f=3            | (a.b = "1" or (c.d = "2" and e.f = "3"))
        a.b=1 or (c.d=2) and e.f=3          | (a.b = "1" or (c.d = "2" and e.f = "3"))
        (a.b=1 or c.d=2) and e.f=3          | ((a.b = "1" or c.d = "2") and e.f = "3")
        (a.b=1)and(c.d=2)or(e.f=3)          | ((a.b = "1" and c.d = "2") or e.f = "3")
        a.b=1 and(c.d=2)and e.f=3           | (a.b = "1" and c.d = "2" and e.f = "3")
        fd.num>3and fd.num<9                | (fd.num > 3 and fd.num < 9)
        not a.b=1                           | not a.b = "1"
        not not a.b=1                       | a.b = "1"
        not not not a.b=1                   | not a.b = "1"
        not(a.b=1)                          | not a.b = "1"
        not (a.b=1)                         | not a.b = "1"
        not not(a.b=1)                      | a.b = "1"
        not a.b=1 and c.d=2                 | (not a.b = "1" and c.d = "2")
        not (a.b=1 and c.d=2)               | not (a.b = "1" and c.d = "2")
        a.b=1 and not(c.d=2 or e.f=3)       | (a.b = "1" and not (c.d = "2" or e.f = "3"))
        ((((a.b=1))))                       | a.b = "1"
        notevt.type=open                    | notevt.type = "open"
        macro and a.b=1                     | (macro and a.b = "1")
        not_a_macro                         | not_a_macro
        """)
    void accepts(String filter, String meaning) throws FilterException {
        assertThat(FilterParser.parse(filter).toString()).isEqualTo(meaning);
        assertThat(FilterParser.parse(meaning).toString()).as("printed form parsed again").isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ` `                        | 0  | 0 | filter input string is empty | `` | ``
        proc.name                  | 9  | 0 | expected a valid check operator: one of 'exists' | exists | ``
        proc.name and fd.num=1     | 10 | 3 | expected a valid check operator: one of 'exists' | exists | ``
        proc.name=                 | 10 | 0 | expected a string value or a field with a valid transformer: | `` | ``
        proc.name=a and            | 15 | 0 | expected blank or '(' after 'and' | another condition | ``
        `proc.name=a and `         | 16 | 0 | expected a '(' token, a field check, | field | ``
        proc.name=a or             | 14 | 0 | expected blank or '(' after 'or' | another condition | ``
        proc.name=a andfd.num=1    | 15 | 0 | expected blank or '(' after 'and' | `` | ``
        proc.name=a b              | 12 | 1 | unexpected token after 'a', expecting 'or', 'and' | quotes | ``
        proc.name=a fd.num=1       | 12 | 8 | unexpected token after 'a', expecting 'or', 'and' | between two conditions | ``
        proc.name=a,b              | 11 | 2 | unexpected token after 'a', expecting 'or', 'and' | quotes | ``
        proc.name=a && fd.num=1    | 12 | 2 | unexpected token after 'a', expecting 'or', 'and' | `` | and
        `proc.name=a || fd.num=1`  | 12 | 2 | unexpected token after 'a', expecting 'or', 'and' | `` | or
        proc.name=a AND fd.num=1   | 12 | 3 | unexpected token after 'a', expecting 'or', 'and' | `` | and
        !proc.name=a               | 0  | 12| expected a '(' token, a field check, or an identifier | `` | not
        proc.name=a)               | 11 | 1 | unexpected token after 'a', expecting 'or', 'and' | no '(' | ``
        (proc.name=a               | 12 | 0 | expected a ')' token | '(' at position 0 | ``
        (proc.name=a b             | 13 | 1 | expected a ')' token | quotes | ``
        not(proc.name=a            | 15 | 0 | expected a ')' token | position 3 | ``
        pid=3                      | 3  | 2 | unexpected token after 'pid', expecting 'or', 'and' | have a dot | ``
        proc.name contain cat      | 10 | 7 | expected a valid check operator: one of | `` | contains
        proc.name startwith cat    | 10 | 9 | expected a valid check operator: one of | `` | startswith
        proc.name matches cat      | 10 | 7 | expected a valid check operator: one of | `` | glob
        proc.name contains         | 10 | 8 | expected a valid check operator: one of | value behind it | ``
        proc.name =~ cat           | 10 | 2 | expected a valid check operator: one of | `` | regex
        proc.name ~ cat            | 10 | 1 | expected a valid check operator: one of | `` | regex
        proc.name <> cat           | 11 | 1 | expected a number value or a field with | compare with a number | ``
        proc.name < "a"            | 12 | 3 | expected a number value or a field with | compare with a number | ``
        fd.num > abc               | 9  | 3 | expected a number value or a field with | compare with a number | ``
        fd.num >                   | 8  | 0 | expected a number value or a field with | `` | ``
        fd.num > 3x                | 10 | 1 | unexpected token after '3' | `` | ``
        evt.type in                | 11 | 0 | expected a list, an identifier, or | brackets | ``
        evt.type in "a"            | 12 | 3 | expected a list, an identifier, or | brackets | ``
        evt.type in (a             | 14 | 0 | expected a ')' token | position 12 | ``
        evt.type in (a b)          | 15 | 2 | expected a ')' token | commas | ``
        evt.type in (a,)           | 15 | 1 | expected a string value | `` | ``
        evt.type in (,a)           | 13 | 3 | expected a string value | quotes | ``
        proc.aname[=x              | 13 | 0 | expected a ']' token | `` | ``
        proc.aname[]=x             | 11 | 3 | expected a valid field argument | `` | ``
        proc.aname[2=x             | 14 | 0 | expected a ']' token | `` | ``
        proc.aname[2 ]=x           | 12 | 0 | expected a ']' token | `` | ``
        tolower(proc.name = x      | 18 | 1 | expected a ')' token | `` | ``
        tolower(proc.name          | 17 | 0 | expected a ')' token | `` | ``
        tolower() = x              | 8  | 1 | expected a field, a transformer, a quoted string | `` | ``
        proc.name = val(3)         | 16 | 2 | expected a field inside 'val()' | `` | ``
        proc.name = val(fd.name    | 23 | 0 | expected a ')' token | `` | ``
        val(proc.name) = x         | 3  | 11| unexpected token after 'val' | `` | ``
        proc.name="abc             | 10 | 4 | expected a closing " token | has no end | ``
        proc.name='abc"            | 10 | 5 | expected a closing ' token | has no end | ``
        proc.name="a\\qb"          | 12 | 2 | unsupported string escape sequence: \\q | known are | ``
        proc.name="a\\'b"          | 12 | 2 | invalid \\' escape in "-quoted string | without a backslash | ``
        proc.name='a\\"b'          | 12 | 2 | invalid \\" escape in '-quoted string | without a backslash | ``
        proc.name="a\\x4"          | 12 | 3 | truncated hex char escape sequence | two hex digits | ``
        proc.name="a\\x            | 12 | 2 | truncated hex char escape sequence | two hex digits | ``
        proc.name="a\\xg1"         | 12 | 4 | invalid hex char escape sequence: g1 | two hex digits | ``
        proc.name="a\\x00"         | 12 | 4 | filter value cannot contain a NUL byte (\\x00) | `` | ``
        proc.name="a\\             | 12 | 1 | unsupported string escape sequence: \\ | `` | ``
        """)
    void refuses(String filter, int position, int length, String message, String expected, String suggestion) {
        FilterException error = error(filter);
        assertThat(error.getMessage()).startsWith(message);
        assertThat(error.expected()).contains(expected);
        assertThat(error.position()).isEqualTo(position);
        assertThat(error.length()).isEqualTo(length);
        if (suggestion.isEmpty()) {
            assertThat(error.suggestions()).isEmpty();
        } else {
            assertThat(error.suggestions()).contains(suggestion);
        }
        assertThat(error.expression()).isEqualTo(filter);
        assertThat(error.render()).contains(error.getMessage()).contains("^");
    }

    @Test
    void emptyTextIsNoFilter() {
        assertThat(error("").getMessage()).isEqualTo("filter input string is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\r", "\n", "\b", " \n\t "})
    void blanksOfEveryKindSeparate(String blank) throws FilterException {
        String filter = blank + "not" + blank + "a.b" + blank + "in" + blank + "(x" + blank + "," + blank + "y)" + blank
                + "and" + blank + "c.d" + blank + "contains" + blank + "z" + blank;
        assertThat(FilterParser.parse(filter).toString())
                .isEqualTo("(not a.b in (\"x\", \"y\") and c.d contains \"z\")");
    }

    @Test
    void escapesInQuotesBecomeBytes() throws FilterException {
        assertThat(bytes("\"\\b\\f\\n\\r\\t\\\\\\/\\ \\\"'\"")).isEqualTo("\b\f\n\r\t\\/\\\"'".getBytes());
        assertThat(bytes("'\\x41\\xff\\x7F\\''")).containsExactly('A', 0xff, 0x7f, '\'');
        assertThat(bytes("\"größe\"")).isEqualTo("größe".getBytes(StandardCharsets.UTF_8));
        assertThat(bytes("a\\nb")).as("no escapes outside quotes").isEqualTo("a\\nb".getBytes());
        assertThat(bytes("\"\"")).isEmpty();
    }

    private static byte[] bytes(String literal) throws FilterException {
        Expression.Condition condition = (Expression.Condition) FilterParser.parse("a.b=" + literal);
        return ((Value.Text) condition.right()).bytes();
    }

    @Test
    void nulCannotStandInAValue() {
        assertThat(error("a.b=x\0y").getMessage()).contains("NUL byte");
        assertThat(error("a.b=\"x\0y\"").position()).isEqualTo(6);
    }

    @Test
    void nestingIsLimited() throws FilterException {
        int deepest = FilterParser.MAX_DEPTH - 1;
        FilterParser.parse("(".repeat(deepest) + "a.b=1" + ")".repeat(deepest));
        FilterParser.parse("not(".repeat(deepest) + "a.b=1" + ")".repeat(deepest));
        FilterParser.parse("tolower(".repeat(deepest) + "a.b" + ")".repeat(deepest) + "=1");
        for (String open : new String[] {"(", "not(", "tolower(", "tolower(("}) {
            FilterException error = error(open.repeat(100_000));
            assertThat(error.getMessage()).isEqualTo("exceeded max depth limit of 100");
        }
    }

    @Test
    void spansCoverTheText() throws FilterException {
        String filter = "  proc.name = cat and fd.num > 3 ";
        Expression.And and = (Expression.And) FilterParser.parse(filter);
        assertThat(cut(filter, and.span())).isEqualTo("proc.name = cat and fd.num > 3");
        Expression.Condition first = (Expression.Condition) and.terms().getFirst();
        assertThat(cut(filter, first.span())).isEqualTo("proc.name = cat");
        assertThat(cut(filter, first.left().span())).isEqualTo("proc.name");
        assertThat(cut(filter, first.operatorSpan())).isEqualTo("=");
        assertThat(cut(filter, first.right().span())).isEqualTo("cat");
    }

    private static String cut(String text, Span span) {
        return text.substring(span.start(), span.end());
    }

    @Test
    void valueOfAFormatEndsWhereItEnds() throws FilterException {
        String format = "%tolower(proc.name)s %proc.aname[2], %fd.name.";
        Value lower = FilterParser.parseValue(format, 1);
        assertThat(lower.toString()).isEqualTo("tolower(proc.name)");
        assertThat(cut(format, lower.span())).isEqualTo("tolower(proc.name)");
        assertThat(cut(format, FilterParser.parseValue(format, 22).span())).isEqualTo("proc.aname[2]");
        assertThat(cut(format, FilterParser.parseValue(format, 38).span())).isEqualTo("fd.name");
        assertThat(catchThrowableOfType(FilterException.class, () -> FilterParser.parseValue("%5", 1))).isNotNull();
    }

    @Test
    void errorShowsThePlace() {
        assertThat(error("proc.name contain cat").render()).isEqualTo("""
                filter error at position 10: expected a valid check operator: one of 'exists', '<=', '<', '>=', '>', \
                '=', '!=', 'glob', 'iglob', 'contains', 'icontains', 'bcontains', 'startswith', 'bstartswith', \
                'endswith', 'regex', 'intersects', 'in', 'pmatch'
                  proc.name contain cat
                            ^^^^^^^
                did you mean contains, icontains or bcontains?""");
        assertThat(error("proc.name=a and\n\tfd.num=\n").render()).isEqualTo("""
                filter error at position 25, line 3, column 1: expected a string value or a field with a valid \
                transformer: 'tolower', 'toupper', 'b64', 'basename', 'len', 'join', 'concat', 'getopt', 'val'
                \s\s
                  ^""");
        String longFilter = "proc.name=a or ".repeat(50) + "proc.name";
        String[] lines = error(longFilter).render().split("\n");
        assertThat(lines[1]).hasSize(105).startsWith("  ...").endsWith("proc.name");
        assertThat(lines[2].indexOf('^')).isEqualTo(105);
    }

    @Test
    void onlyTheDefinedExceptionWhateverTheText() {
        String[] parts = {"proc.name", "fd.num", "evt.arg[", "]", "(", ")", "not", "not(", "and", "or", " ", "\t", "=",
            "==", "!=", "<", "<=", ">", ">=", "exists", "in", "intersects", "pmatch", "contains ", "glob ", "regex ",
            "oneof", "anyof ", "allof(", "tolower(", "concat(", "join(", "getopt(", "len(", "val(", ",", "\"", "'",
            "\\", "\\x", "41", "0x", "1e", "-", "+", ".", "a", "\0", "\u00e9", "\ud800", "\uD83D\uDE00", "!", "&&",
            "'a b'", "\"x\"", "(a, b)", "3.5", "identifier"};
        Random random = new Random(20261120);
        int good = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
                if (random.nextInt(3) == 0) {
                    text.append(' ');
                }
            }
            String filter = text.toString();
            try {
                String printed = FilterParser.parse(filter).toString();
                good++;
                assertThat(FilterParser.parse(printed).toString()).as(filter).isEqualTo(printed);
            } catch (FilterException e) {
                assertThat(e.position()).as(filter).isBetween(0, filter.length());
                assertThat(e.position() + e.length()).as(filter).isLessThanOrEqualTo(filter.length() + 1);
                assertThat(e.render()).contains("^");
            }
        }
        assertThat(good).isGreaterThan(1000);
    }

    private static FilterException error(String filter) {
        FilterException error = catchThrowableOfType(FilterException.class, () -> FilterParser.parse(filter));
        assertThat(error).as("'%s' must be refused", filter).isNotNull();
        return error;
    }
}
