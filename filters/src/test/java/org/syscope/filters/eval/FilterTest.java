package org.syscope.filters.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.filters.field.EventSet;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldType;
import org.syscope.filters.lang.Expression;
import org.syscope.filters.lang.FilterException;
import org.syscope.filters.lang.FilterParser;
import org.syscope.filters.lang.Operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Compiled filters: what they answer, what they refuse, and what they know of themselves. */
final class FilterTest {
    private static final FilterCompiler COMPILER = new FilterCompiler(FakeFields.catalog());

    /** The file's own head explains its columns. */
    @ParameterizedTest(name = "{0} on {1}")
    @CsvFileSource(resources = "conditions.txt", delimiter = '~', quoteCharacter = '`', maxCharsPerColumn = 500)
    void answers(String filter, String event, boolean answer) throws FilterException {
        FakeEvent with = FakeEvent.of(event);
        assertThat(COMPILER.compile(filter).matches(with)).isEqualTo(answer);
        assertThat(COMPILER.compile("not (" + filter + ")").matches(with)).isEqualTo(!answer);
        assertThat(COMPILER.compile("proc.pid=99 or " + filter).matches(with)).isEqualTo(answer);
        String printed = FilterParser.parse(filter).toString();
        assertThat(COMPILER.compile(printed).matches(with)).as(printed).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "conditions.txt", delimiter = '~', quoteCharacter = '`', maxCharsPerColumn = 500)
    void aConditionWithoutAValueIsFalse(String filter, String event, boolean answer) throws FilterException {
        if (!(FilterParser.parse(filter) instanceof Expression.Condition condition)
                || condition.left().toString().matches("(evt|syscall)\\.(type|dir|is_io|around.*)|.*\\(\".*")) {
            return;
        }
        FakeEvent without = FakeEvent.of("-");
        assertThat(COMPILER.compile(filter).matches(without)).isFalse();
        assertThat(COMPILER.compile("not " + filter).matches(without)).isTrue();
    }

    /** Which operator goes with which type: the rest is refused with a message that names the operator. */
    @Test
    void operatorsByType() {
        for (FieldType type : FieldType.values()) {
            String field = "t." + type.name().toLowerCase();
            for (Operator operator : Operator.values()) {
                String right = switch (operator) {
                    case EXISTS -> "";
                    case LT, LE, GT, GE -> " 10";
                    case IN, INTERSECTS, PMATCH -> " (" + constant(type) + ")";
                    case BCONTAINS, BSTARTSWITH -> " 0aff";
                    default -> " " + constant(type);
                };
                String filter = field + " " + operator + right;
                if (isAllowed(type, operator)) {
                    assertThat(catchThrowableOfType(FilterException.class, () -> COMPILER.compile(filter)))
                            .as(filter).isNull();
                } else {
                    FilterException error = error(filter);
                    String kind = switch (type.group()) {
                        case SIGNED, UNSIGNED, REAL, BOOL -> "for numeric filters";
                        case STRING -> "for string filters";
                        case BYTES -> "for buffer filters";
                        case ADDRESS, NETWORK -> "for ip address and network filters";
                        case NONE -> "for type 'PT_" + type + "'";
                    };
                    assertThat(error.getMessage()).isEqualTo("'" + operator + "' operator not supported " + kind);
                    assertThat(error.position()).isEqualTo(field.length() + 1);
                    assertThat(error.length()).isEqualTo(operator.text().length());
                }
            }
        }
    }

    private static String constant(FieldType type) {
        return switch (type) {
            case BOOL -> "true";
            case IPV4ADDR -> "10.0.0.1";
            case IPADDR, IPV6ADDR -> "fe80::1";
            case IPV4NET -> "10.0.0.0/8";
            case IPNET, IPV6NET -> "fe80::/10";
            default -> "10";
        };
    }

    private static boolean isAllowed(FieldType type, Operator operator) {
        String allowed = "= != in intersects exists " + switch (type.group()) {
            case SIGNED, UNSIGNED, REAL -> "< <= > >=";
            case STRING -> "< <= > >= contains icontains startswith endswith glob iglob regex pmatch";
            case BYTES -> "contains startswith endswith bcontains bstartswith";
            case BOOL, ADDRESS, NETWORK, NONE -> "";
        };
        return operator == Operator.EXISTS
                || type.group() != FieldType.Group.NONE && List.of(allowed.split(" ")).contains(operator.text());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        # fields
        proc.nam=cat                ~ 0  ~ 8 ~ filter_check called with nonexistent field proc.nam ~ proc.name
        foo.bar=1                   ~ 0  ~ 7 ~ filter_check called with nonexistent field foo.bar ~ ``
        notproc.name=a              ~ 0  ~ 12 ~ filter_check called with nonexistent field notproc.name ~ proc.name
        proc.name[1]=a              ~ 0  ~ 12 ~ field 'proc.name' takes no argument in brackets ~ ``
        proc.name.x=a               ~ 0  ~ 11 ~ filter_check called with nonexistent field proc.name.x ~ proc.name
        evt.arg=a                   ~ 0  ~ 7 ~ field 'evt.arg' needs an argument: evt.arg.NAME or [N] ~ ``
        evt.arg.x[0]=a              ~ 0  ~ 12 ~ field 'evt.arg' takes one argument, not two ~ ``
        evt.outputtime=a            ~ 0  ~ 14 ~ field 'evt.outputtime' can only be printed ~ ``
        macro                       ~ 0  ~ 5 ~ unexpected identifier 'macro' ~ ``
        pid                         ~ 0  ~ 3 ~ unexpected identifier 'pid' ~ proc.pid
        proc.pid=1 and name         ~ 15 ~ 4 ~ unexpected identifier 'name' ~ fd.name
        pid=3                       ~ 3  ~ 2 ~ unexpected token after 'pid', expecting 'or', 'and' ~ proc.pid
        # constants
        fd.num=abc                  ~ 7  ~ 3 ~ abc is not a valid number ~ ``
        fd.num=3x                   ~ 7  ~ 2 ~ 3x is not a valid number ~ ``
        fd.num=0x                   ~ 7  ~ 2 ~ 0x is not a valid number ~ ``
        fd.num=0xfg                 ~ 7  ~ 4 ~ 0xfg is not a valid number ~ ``
        fd.num=1.5                  ~ 7  ~ 3 ~ 1.5 is not a valid number ~ ``
        fd.num > 1.5                ~ 9  ~ 3 ~ 1.5 is not a valid number ~ ``
        fd.num=""                   ~ 7  ~ 2 ~ ` is not a valid number` ~ ``
        fd.num in (1, x, 3)         ~ 14 ~ 1 ~ x is not a valid number ~ ``
        fd.num = anyof (1, x)       ~ 19 ~ 1 ~ x is not a valid number ~ ``
        fd.num=9223372036854775808  ~ 7  ~ 19 ~ 9223372036854775808 is not a valid number: a PT_INT64 is -92 ~ ``
        t.uint8=256                 ~ 8  ~ 3 ~ 256 is not a valid number: a PT_UINT8 is 0 to 255 ~ ``
        t.int8=-129                 ~ 7  ~ 4 ~ -129 is not a valid number: a PT_INT8 is -128 to 127 ~ ``
        fd.sport=http_              ~ 9  ~ 5 ~ unrecognized protocol http_ ~ ``
        t.bool=yes                  ~ 7  ~ 3 ~ unrecognized boolean value yes ~ true
        t.bool=1                    ~ 7  ~ 1 ~ unrecognized boolean value 1 ~ true
        t.double=1.2.3              ~ 9  ~ 5 ~ 1.2.3 is not a valid number ~ ``
        t.double=NaN                ~ 9  ~ 3 ~ NaN is not a valid number ~ ``
        evt.type=openn              ~ 9  ~ 5 ~ unknown event type openn ~ openat
        evt.type in (open, clos)    ~ 19 ~ 4 ~ unknown event type clos ~ close
        fd.cip=1.2.3                ~ 7  ~ 5 ~ unrecognized IPv4 address 1.2.3 ~ ``
        fd.cip=1.2.3.256            ~ 7  ~ 9 ~ unrecognized IPv4 address 1.2.3.256 ~ ``
        fd.cip=localhost            ~ 7  ~ 9 ~ unrecognized IPv6 address localhost ~ ``
        fd.cip=1::2::3              ~ 7  ~ 7 ~ unrecognized IPv6 address 1::2::3 ~ ``
        fd.cip=1:2:3:4:5:6:7:8:9    ~ 7  ~ 17 ~ unrecognized IPv6 address 1:2 ~ ``
        fd.cip in (1.2.3.4, a.b)    ~ 20 ~ 3 ~ unrecognized IPv4 address a.b ~ ``
        fd.net=10.0.0.0             ~ 7  ~ 8 ~ unrecognized IP network 10.0.0.0 ~ ``
        fd.net=10.0.0.0/33          ~ 7  ~ 11 ~ invalid netmask 33 ~ ``
        fd.net=fe80::/129           ~ 7  ~ 10 ~ invalid netmask 129 ~ ``
        fd.net=10.0.0.0/            ~ 7  ~ 9 ~ invalid netmask ~ ``
        fd.net=10.0.0.0/255.0.0.0   ~ 7  ~ 18 ~ invalid netmask 255.0.0.0 ~ ``
        evt.buffer bcontains xyz    ~ 21 ~ 3 ~ bcontains and bstartswith operator support hex strings only ~ ``
        evt.buffer bcontains abc    ~ 21 ~ 3 ~ bcontains and bstartswith operator support hex strings only ~ ``
        proc.name regex "a["        ~ 16 ~ 4 ~ invalid regex pattern: missing closing ] ~ ``
        proc.name regex "("         ~ 16 ~ 3 ~ invalid regex pattern: ~ ``
        # operators
        fd.types = file             ~ 9  ~ 1 ~ '=' operator not supported for list filters ~ ``
        fd.types contains file      ~ 9  ~ 8 ~ 'contains' operator not supported for list filters ~ ``
        fd.ip contains 10           ~ 6  ~ 8 ~ IP filter only supports '=' and '!=' operators ~ ``
        fd.net > 10                 ~ 7  ~ 1 ~ IP filter only supports '=' and '!=' operators ~ ``
        fd.port contains 80         ~ 8  ~ 8 ~ unsupported port comparison operator ~ ``
        evt.around[5] > 3           ~ 16 ~ 1 ~ evt.around supports only '=' comparison operator ~ ``
        evt.around[5] exists        ~ 14 ~ 6 ~ evt.around supports only '=' comparison operator ~ ``
        evt.around[5] = anyof (1)   ~ 16 ~ 9 ~ field 'evt.around[5]' cannot be compared with a modified list ~ ``
        # two fields
        fd.ip = val(fd.cip)         ~ 0  ~ 5 ~ field 'fd.ip' doesn't support right-hand side fields ~ ``
        fd.cip = val(fd.ip)         ~ 13  ~ 5 ~ field 'fd.ip' can't be used as a right-hand side field ~ ``
        proc.name = val(fd.num)     ~ 16 ~ 6 ~ field 'proc.name' has type 'PT_CHARBUF' while the right-hand ~ ``
        fd.num = val(fd.sport)      ~ 13  ~ 8 ~ field 'fd.num' has type 'PT_INT64' while the right-hand side ~ ``
        proc.name in val(fd.types)  ~ 17 ~ 8 ~ field 'proc.name' has type 'PT_CHARBUF' while the right-hand ~ ``
        fd.cnet = val(t.ipnet)      ~ 14 ~ 7 ~ '=' operator does not support right-hand side fields ~ ``
        proc.name regex val(proc.pname) ~ 20 ~ 10 ~ 'regex' operator does not support right-hand side ~ ``
        proc.name pmatch val(proc.pname) ~ 21 ~ 10 ~ 'pmatch' operator does not support right-hand side ~ ``
        fd.num = val(fd.numm)       ~ 13  ~ 7 ~ filter_check called with nonexistent field fd.numm ~ fd.num
        # transformers
        tolower(fd.num) = 3         ~ 8  ~ 6 ~ can't add field transformer: type 'PT_INT64' is not supported by ~ ``
        tolower(fd.ip) = 3          ~ 8  ~ 5 ~ field 'fd.ip' does not support transformers ~ ``
        tolower(proc.name, fd.name) = 3 ~ 0 ~ 27 ~ transformer 'tolower' takes 1 argument, not 2 ~ ``
        basename(evt.buffer) = 3    ~ 9  ~ 10 ~ can't add field transformer: type 'PT_BYTEBUF' is not ~ ``
        b64(fd.num) = 3             ~ 4  ~ 6 ~ can't add field transformer: type 'PT_INT64' is not ~ ``
        len(fd.num) = 3             ~ 4  ~ 6 ~ can't add field transformer: type 'PT_INT64' is not ~ ``
        len(proc.name) contains 3   ~ 15 ~ 8 ~ 'contains' operator not supported for numeric filters ~ ``
        len(proc.name) = abc        ~ 17 ~ 3 ~ abc is not a valid number ~ ``
        concat(proc.name) = 3       ~ 0  ~ 17 ~ transformer 'concat' takes at least 2 arguments, not 1 ~ ``
        concat(proc.name, fd.num) = 3 ~ 18 ~ 6 ~ can't add field transformer: type 'PT_INT64' is not ~ ``
        join(",", proc.name) = 3    ~ 10 ~ 9 ~ can't add field transformer: type 'PT_CHARBUF' is not ~ ``
        join(",", fd.nums) = 3      ~ 10 ~ 7 ~ can't add field transformer: type 'LIST(PT_INT64)' is not ~ ``
        join(fd.types, fd.types)=3  ~ 5  ~ 8 ~ can't add field transformer: type 'LIST(PT_CHARBUF)' is not ~ ``
        join(",", (proc.name, fd.num))=3 ~ 22 ~ 6 ~ a list holds texts, 'fd.num' has type 'PT_INT64' ~ ``
        getopt(proc.argv) in (a)    ~ 0  ~ 17 ~ transformer 'getopt' takes 2 arguments, not 1 ~ ``
        getopt(proc.argv, fd.name) in (a) ~ 18 ~ 7 ~ the second argument of 'getopt' must be a quoted option ~ ``
        getopt(proc.argv, "a")[b]=1 ~ 0  ~ 25 ~ 'b' is not a letter of the option string "a" ~ ``
        getopt(proc.argv, "a") = 1  ~ 23 ~ 1 ~ '=' operator not supported for list filters ~ ``
        """)
    void refuses(String filter, int position, int length, String message, String suggestion) {
        FilterException error = error(filter);
        assertThat(error.getMessage()).startsWith(message);
        assertThat(error.position()).isEqualTo(position);
        assertThat(error.length()).isEqualTo(length);
        if (suggestion.isEmpty()) {
            assertThat(error.suggestions()).isEmpty();
        } else {
            assertThat(error.suggestions()).contains(suggestion);
        }
    }

    @Test
    void errorTeaches() {
        assertThat(error("proc.name=a and evt.type=openn").render()).isEqualTo("""
                filter error at position 25: unknown event type openn
                  proc.name=a and evt.type=openn
                                           ^^^^^
                did you mean open or openat?""");
        assertThat(error("fd.num startswith 3").render()).isEqualTo("""
                filter error at position 7: 'startswith' operator not supported for numeric filters
                  fd.num startswith 3
                         ^^^^^^^^^^
                'fd.num' has type PT_INT64, which knows: exists, <=, <, >=, >, =, !=, intersects, in""");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
        evt.type=open                                      ~ 2 3
        evt.type=open and proc.name=cat                    ~ 2 3
        evt.type in (open, fsync) and evt.dir="<"          ~ 3 fsync<
        evt.type=open or evt.type=sync                     ~ 2 3 sync> sync<
        evt.type=open or (evt.type=close and fd.num=3)     ~ 2 3 4 5
        evt.type=open and evt.type=close                   ~ ``
        evt.type startswith o                              ~ 2 3
        evt.type glob *s*                                  ~ 4 5 fsync> fsync< sync> sync<
        toupper(evt.type) = OPEN                           ~ 2 3
        concat(evt.type, evt.dir) = "open>"                ~ 2
        evt.type = val(syscall.type)                       ~ getcwd> getcwd< fsync> fsync< sync> sync<
        syscall.type exists                                ~ getcwd> getcwd< fsync> fsync< sync> sync<
        not evt.type exists                                ~ 0 1 other
        evt.is_io=true and not evt.dir=">"                 ~ 7 9
        evt.arg.flags exists                               ~ 2 3
        evt.arg.flags exists and evt.dir="<"               ~ 3
        evt.arg.flags=a or evt.type=close                  ~ 2 3 4 5
        evt.type in ()                                     ~ ``
        not (evt.type=open or proc.name=a) and evt.is_io=false ~ 4 5 getcwd> getcwd< fsync> fsync< sync> sync< 0 1
        """)
    void knowsTheEventsItCanMatch(String filter, String kinds) throws FilterException {
        List<String> expected = kinds.isEmpty() ? List.of() : List.of(kinds.split(" "));
        EventSet events = COMPILER.compile(filter).events();
        List<String> found = new ArrayList<>();
        for (int i = 0; i < FakeFields.SPACE.size(); i++) {
            int code = FakeFields.SPACE.eventCode(i);
            int syscall = FakeFields.SPACE.syscallCode(i);
            EventSet one = EventSet.where(FakeFields.SPACE, (c, s) -> c == code && s == syscall);
            if (!events.and(one).isEmpty()) {
                found.add(code < 0 ? "other" : syscall < 0 ? "" + code
                        : FakeFields.SYSCALLS.get(syscall) + (code == 0 ? ">" : "<"));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aConditionThatAnyEventCanSatisfyExcludesNothing() throws FilterException {
        assertThat(COMPILER.compile("proc.name=cat").events().isAll()).isTrue();
        assertThat(COMPILER.compile("not evt.arg.flags=a").events().isAll()).isTrue();
        assertThat(COMPILER.compile("evt.type=open or proc.name=cat").events().isAll()).isTrue();
    }

    @Test
    void knowsWhatItReads() throws FilterException {
        Filter filter = COMPILER.compile(
                "proc.name=a and evt.arg.flags=b and (proc.name=c or tolower(evt.arg[0])=val(proc.pname))");
        assertThat(filter.fields()).extracting(Field::text)
                .containsExactly("proc.name", "evt.arg.flags", "evt.arg.0", "proc.pname");
        assertThat(filter.parameters()).containsExactly("flags", "0");
    }

    @Test
    void knowsWhetherItIsMadeForEnterEvents() throws FilterException {
        EventSet enter = EventSet.where(FakeFields.SPACE, (code, syscall) -> code >= 0 && code % 2 == 0);
        assertThat(COMPILER.compile("evt.dir=\">\" and evt.type=open").asksFor(enter)).isTrue();
        assertThat(COMPILER.compile("not evt.dir=<").asksFor(enter)).isTrue();
        assertThat(COMPILER.compile("evt.dir=< and evt.type=open").asksFor(enter)).isFalse();
        assertThat(COMPILER.compile("evt.type=open").asksFor(enter)).isFalse();
    }

    @Test
    void warnsOfWhatIsHardlyMeant() throws FilterException {
        assertThat(COMPILER.compile("proc.name = proc.pname or proc.name=proc.pname").warnings()).containsExactly(
                "'proc.pname' is compared as a text: to compare with the field, write val(proc.pname)");
        assertThat(COMPILER.compile("proc.name = \"proc.pname\"").warnings()).isEmpty();
        assertThat(COMPILER.compile("evt.arg.flags contains O_CRAET").warnings())
                .containsExactly("contains O_CRAET?");
        assertThat(COMPILER.compile("evt.type=open and evt.type=close").warnings())
                .containsExactly("no event can satisfy this filter");
    }

    @Test
    void typeTestsAnswerForEventsBeyondTheSchema() throws FilterException {
        FakeEvent unknown = FakeEvent.of("proc.name:cat").kind(4000, -1);
        assertThat(COMPILER.compile("evt.type=open").matches(unknown)).isFalse();
        assertThat(COMPILER.compile("evt.type!=open").matches(unknown)).isFalse();
        assertThat(COMPILER.compile("not evt.type=open and proc.name=cat").matches(unknown)).isTrue();
        FakeEvent newCall = FakeEvent.of("-").kind(1, 4000);
        assertThat(COMPILER.compile("evt.type=sync").matches(newCall)).isFalse();
        assertThat(COMPILER.compile("evt.type=sync").matches(newCall.kind(1, 2))).isTrue();
    }

    /** A counter is asked in the order of the text, only when the terms before it let it be. */
    @Test
    void statefulFieldsKeepTheirPlace() throws FilterException {
        Filter filter = COMPILER.compile("util.cnt <= 2 and proc.name=a and evt.type=open");
        FakeEvent match = FakeEvent.of("proc.name:a");
        FakeEvent other = FakeEvent.of("proc.name:b").kind(4, -1);
        assertThat(filter.matches(other)).isFalse();
        assertThat(filter.matches(match)).isTrue();
        assertThat(filter.matches(match)).as("third evaluation").isFalse();
        Filter behind = COMPILER.compile("proc.name=a and util.cnt <= 2");
        assertThat(behind.matches(other)).isFalse();
        assertThat(behind.matches(other)).isFalse();
        assertThat(behind.matches(match)).isTrue();
        Filter once = COMPILER.compile("util.cnt = 1 and util.cnt = 1");
        assertThat(once.matches(match)).as("one value for each event").isTrue();
    }

    /** Random trees of conditions give what their conditions, compiled one by one, make together. */
    @Test
    void foldingAndOrderingChangeNoAnswer() throws FilterException {
        String[] conditions = {"proc.name=a", "proc.name=b", "proc.name!=a", "proc.name in (a, c)", "fd.num=1",
            "fd.num<2", "fd.num in (1, 2)", "evt.type=open", "evt.type in (close, sync)", "evt.dir=<", "evt.is_io=true",
            "evt.arg.x exists", "evt.arg.x=a", "fd.name startswith /a", "proc.aname=a", "proc.aname!=a",
            "fd.types in (a, b)", "fd.types intersects (a)", "fd.port=1", "fd.port!=1", "proc.name=val(proc.pname)",
            "tolower(proc.name)=a", "evt.type exists", "evt.type in ()"};
        Random random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            String filter = tree(conditions, random, 4);
            Filter compiled = COMPILER.compile(filter);
            Expression expression = FilterParser.parse(filter);
            for (int i = 0; i < 10; i++) {
                FakeEvent event = randomEvent(random);
                boolean expected = slowly(expression, event);
                assertThat(compiled.matches(event)).as(filter).isEqualTo(expected);
                if (expected) {
                    assertThat(compiled.events().contains(event.eventCode(), event.syscallCode())).isTrue();
                }
            }
        }
    }

    private static FakeEvent randomEvent(Random random) {
        FakeEvent event = new FakeEvent();
        String[] words = {"a", "b", "c", "/a/b"};
        for (String field : new String[] {"proc.name", "proc.pname", "fd.name", "evt.arg"}) {
            if (random.nextInt(3) > 0) {
                event.put(field, words[random.nextInt(words.length)]);
            }
        }
        for (String field : new String[] {"fd.types", "proc.aname"}) {
            if (random.nextInt(3) > 0) {
                event.put(field, List.of("", "a", "b", "a|b", "c|a").get(random.nextInt(5)));
            }
        }
        if (random.nextBoolean()) {
            event.put("fd.num", "" + random.nextInt(3));
            event.put("fd.port", List.of("", "1", "1|2", "2|3").get(random.nextInt(4)));
        }
        int code = random.nextInt(12);
        return event.kind(code, code < 2 ? random.nextInt(5) - 1 : -1);
    }

    private static String tree(String[] conditions, Random random, int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return conditions[random.nextInt(conditions.length)];
        }
        StringBuilder text = new StringBuilder(random.nextInt(3) == 0 ? "not (" : "(");
        String word = random.nextBoolean() ? " and " : " or ";
        int terms = 2 + random.nextInt(3);
        for (int i = 0; i < terms; i++) {
            text.append(i == 0 ? "" : word).append(tree(conditions, random, depth - 1));
        }
        return text.append(')').toString();
    }

    private static boolean slowly(Expression expression, FakeEvent event) throws FilterException {
        switch (expression) {
            case Expression.And and -> {
                for (Expression term : and.terms()) {
                    if (!slowly(term, event)) {
                        return false;
                    }
                }
                return true;
            }
            case Expression.Or or -> {
                for (Expression term : or.terms()) {
                    if (slowly(term, event)) {
                        return true;
                    }
                }
                return false;
            }
            case Expression.Not not -> {
                return !slowly(not.term(), event);
            }
            default -> {
                return COMPILER.compile(expression.toString()).matches(event);
            }
        }
    }

    @Test
    void onlyTheDefinedExceptionWhateverTheCondition() {
        List<String> fields = new ArrayList<>(FakeFields.KINDS.keySet());
        fields.addAll(List.of("evt.type", "evt.dir", "util.cnt", "evt.arg.x", "evt.arg[0]", "proc.aname[1]", "no.such",
                "evt.around[1]", "evt.outputtime"));
        String[] values = {"3", "-1", "0x1f", "abc", "true", "1.2.3.4", "10.0.0.0/8", "::1/64", "fe80::1", "deadbeef",
            "\"\"", "'[a-'", "\"\\xff\"", "*a?", "()", "(a, b)", "(1, 2)", "anyof (1, 2)", "oneof (a, *)", "allof ()",
            "val(proc.name)", "val(fd.num)", "val(fd.types)", "tolower(proc.name)", "tolower(\"A\")", "len(fd.name)",
            "join(',', fd.types)", "(", "99999999999999999999999", "open", "https", "1e5", "'a(b'", "macro"};
        Random random = new Random(3);
        Operator[] operators = Operator.values();
        int good = 0;
        for (int i = 0; i < 100_000; i++) {
            String field = fields.get(random.nextInt(fields.size()));
            if (random.nextInt(4) == 0) {
                String[] wraps = {"tolower(%s)", "len(%s)", "b64(%s)", "basename(%s)", "concat(%s, \"a\")",
                    "getopt(%s, \"a:\")", "join(\"-\", %s)", "join(\"\", (%s, 'x'))", "getopt(%s, \"a:\")[a]"};
                field = wraps[random.nextInt(wraps.length)].formatted(field);
            }
            String filter = field + " " + operators[random.nextInt(operators.length)] + " "
                    + values[random.nextInt(values.length)];
            try {
                Filter compiled = COMPILER.compile(filter);
                good++;
                compiled.matches(randomEvent(random));
            } catch (FilterException e) {
                assertThat(e.render()).contains("^");
                assertThat(e.position()).isBetween(0, filter.length());
            }
        }
        assertThat(good).isGreaterThan(5000);
    }

    private static FilterException error(String filter) {
        FilterException error = catchThrowableOfType(FilterException.class, () -> COMPILER.compile(filter));
        assertThat(error).as("'%s' must be refused", filter).isNotNull();
        return error;
    }
}
