package org.syscope.filters.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.syscope.capture.event.Event;
import org.syscope.capture.event.EventCodes;
import org.syscope.capture.event.Text;
import org.syscope.capture.state.SystemState;
import org.syscope.filters.field.CurrentEvent;
import org.syscope.filters.field.FieldCatalog;
import org.syscope.filters.field.FieldEnvironment;
import org.syscope.filters.field.StandardFields;
import org.syscope.filters.field.TimeFormat;
import org.syscope.filters.text.BufferFormat;
import org.syscope.filters.text.EventBytes;
import org.syscope.filters.text.OutputBuffer;
import org.syscope.filters.text.TestState;
import org.syscope.filters.text.TextOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.syscope.filters.text.EventBytes.i32;
import static org.syscope.filters.text.EventBytes.i64;
import static org.syscope.filters.text.EventBytes.text;

/** Formats: what they show, what they refuse, what they leave out and count, and that they allocate nothing. */
class OutputFormatTest {

    private final SystemState state = TestState.create();
    private final CurrentEvent current = new CurrentEvent(state);
    private final OutputBuffer out = new OutputBuffer();

    private static Event read() {
        return EventBytes.event(EventCodes.PPME_SYSCALL_READ_X, TestState.CAT, i64(5), text("ab\n\u00ff"), i64(3), i32(100));
    }

    private static Event close() {
        return EventBytes.event(EventCodes.PPME_SYSCALL_CLOSE_E, TestState.CAT, i64(77));
    }

    private FieldCatalog catalog() {
        return StandardFields.catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC));
    }

    private void point(Event event) {
        state.process(event);
        current.point(event);
    }

    private String line(String format) throws FormatException {
        return line(format, catalog());
    }

    private String line(String format, FieldCatalog catalog) throws FormatException {
        OutputFormat compiled = OutputFormat.compile(format, catalog);
        point(read());
        out.clear();
        return compiled.write(current, out) ? new String(out.array(), 0, out.length(), StandardCharsets.UTF_8) : null;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "%proc.name|cat", "a%proc.name;b|acat;b", "%proc.namex|catx", "%proc.name.|cat.", "%6proc.name<|`cat   <`",
        "%2proc.name<|ca<",
        "%proc.aname[2]|sshd", "%proc.env[LANG]!|C!", "%evt.arg[0]|5", "%evt.arg.fd.|<f>/etc/passwd.",
        "%evt.rawarg.size|100", "%tolower(user.loginname)|bob", "%toupper(proc.name)!|CAT!", "%basename(proc.exepath)|cat",
        "%thread.cgroup.cpu|/user.slice", "%evt.type.is.read%evt.num|17", "x\\ty\\\\\\q%evt.num|`x\ty\\\\q7`",
        "%evt.num%%|`-`"})
    void tokens(String format, String expected) throws FormatException {
        if (expected.equals("-")) {
            assertThat(catchThrowableOfType(FormatException.class, () -> line(format))).isNotNull();
        } else {
            assertThat(line(format)).isEqualTo(expected);
        }
    }

    @Test
    void aWidthNeverCutsACharacterApart() throws FormatException {
        state.threads().get(TestState.CAT).comm = Text.of("aäb");
        assertThat(line("%2proc.name|")).isEqualTo("a |");
        assertThat(line("%3proc.name|")).isEqualTo("aä|");
    }

    @Test
    void missingValues() throws FormatException {
        OutputFormat all = OutputFormat.compile("%evt.num %fd.sip %proc.aname[9]", catalog());
        OutputFormat any = OutputFormat.compile("*%evt.num %fd.sip %4proc.aname[9]|", catalog());
        point(read());
        out.ascii("before ");
        assertThat(all.write(current, out)).isFalse();
        assertThat(all.write(current, out)).isFalse();
        assertThat(out).hasToString("before ");
        assertThat(all.hidden()).containsExactly(new OutputFormat.Hidden("fd.sip", 2));
        assertThat(any.write(current, out)).isTrue();
        assertThat(out).hasToString("before 7 <NA> <NA>|");
        assertThat(any.hidden()).isEmpty();
        assertThat(all.fields()).containsExactly("evt.num", "fd.sip", "proc.aname[9]");
    }

    @Test
    void countersCountLinesThatAreLeftOut() throws FormatException {
        OutputFormat format = OutputFormat.compile("%fd.num %util.cnt", catalog());
        point(EventBytes.event(EventCodes.PPME_SYSCALL_MUNMAP_X, TestState.CAT, i64(0)));
        assertThat(format.write(current, out)).isFalse();
        point(read());
        assertThat(format.write(current, out)).isTrue();
        assertThat(out).hasToString("3 2");
    }

    @Test
    void coloursEndWithTheLine() throws FormatException {
        assertThat(line("\\e[01;32m%proc.name")).isEqualTo("\u001b[01;32mcat\u001b[00m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''|0|empty formatting token|", "*|0|empty formatting token|",
        "%evt.num %|9|invalid formatting syntax: formatting cannot end with a %|",
        "%10|0|invalid formatting syntax: formatting cannot end with a number|",
        "%proc.nam x|1|invalid formatting token proc.nam|proc.name",
        "a %evt.tyep|3|invalid formatting token evt.tyep|evt.type",
        "%fd.ip|1|field 'fd.ip' has no single value to show: it can only be used in filters|",
        "%evt.arg.flagz|1|unknown event argument flagz|flags",
        "%evt.arg|1|field 'evt.arg' needs an argument: evt.arg.NAME or [N]|",
        "%proc.aname[x]|1|field 'proc.aname' needs a number in brackets, not 'x'|",
        "%evt.type.is.openn|1|unknown event type openn|open"})
    void errors(String format, int position, String message, String suggestion) {
        FormatException error = catchThrowableOfType(FormatException.class, () -> line(format));
        assertThat(error).hasMessage(message);
        assertThat(error.position()).isEqualTo(position);
        if (suggestion != null) {
            assertThat(error.suggestions()).contains(suggestion);
            assertThat(error.render()).contains("^", "did you mean ", suggestion);
        }
    }

    @Test
    void namedFormatsCompile() throws FormatException {
        for (String name : List.of("c", "container", "k", "kubernetes", "m", "mesos", "p")) {
            assertThat(line(StandardFormats.named(name))).startsWith("7 ");
        }
        assertThat(StandardFormats.named("%evt.num")).isNull();
        assertThat(line(StandardFormats.TERMINAL)).contains("\u001b[01;32mcat\u001b[00m (\u001b[01;36m100\u001b[00m.100)");
        assertThat(line(StandardFormats.PLUGIN)).startsWith("7 2023-11-14 22:13:20 [<NA>]");
    }

    @ParameterizedTest
    @CsvSource({"h,22:13:20.000000001", "a,1700000000.000000001", "r,0.000000000", "d,0.000000000", "D,0.000000000"})
    void timeFormats(char letter, String expected) throws FormatException {
        FieldCatalog catalog = StandardFields
                .catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC).with(TimeFormat.of(letter)));
        assertThat(line("%evt.outputtime", catalog)).isEqualTo(expected);
        assertThat(TimeFormat.of('x')).isNull();
    }

    @Test
    void jsonIsTyped() throws FormatException, IOException {
        JsonFormat format = new JsonFormat(OutputFormat.compile(
                "*%proc.name %evt.num %evt.time %fd.sip %fd.dev %evt.failed"
                + " %fd.types %evt.latency.ns %proc.fdusage %evt.buffer %evt.args %proc.apid"
                        + " %proc.aname[1] %evt.num", catalog()));
        point(read());
        assertThat(format.write(current, out)).isTrue();
        JsonNode json = new ObjectMapper().readTree(out.array(), 0, out.length());
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names).isSorted().hasSize(13);
        assertThat(json.get("evt.num").isIntegralNumber()).isTrue();
        assertThat(json.get("evt.time").longValue()).isEqualTo(EventBytes.TIME);
        assertThat(json.get("fd.sip").isNull()).isTrue();
        assertThat(json.get("fd.dev").textValue()).isEqualTo("800005");
        assertThat(json.get("evt.failed").isBoolean()).isTrue();
        assertThat(json.get("fd.types").isArray()).isTrue();
        assertThat(json.get("evt.latency.ns").longValue()).isZero();
        assertThat(json.get("proc.fdusage").doubleValue()).isEqualTo(5 * 100.0 / 1024);
        assertThat(json.get("evt.buffer").textValue()).isEqualTo("ab....");
        assertThat(json.get("proc.apid").longValue()).isEqualTo(100);
        assertThat(json.get("proc.aname[1]").textValue()).isEqualTo("bash");
    }

    @Test
    void jsonWithoutAStarLeavesObjectsOut() throws FormatException {
        OutputFormat lines = OutputFormat.compile("%evt.num %fd.sip", catalog());
        point(read());
        assertThat(new JsonFormat(lines).write(current, out)).isFalse();
        assertThat(out.length()).isZero();
        assertThat(lines.hidden()).containsExactly(new OutputFormat.Hidden("fd.sip", 1));
    }

    /** Whatever the bytes, the string is valid JSON and what Jackson makes of the same bytes. */
    @Test
    void jsonStringsOfAnyBytes() throws IOException {
        Random random = new Random(11);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            if (i % 2 == 0) {
                bytes = new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            }
            out.clear();
            JsonText.string(out, bytes, 0, bytes.length);
            String read = mapper.readTree(out.array(), 0, out.length()).textValue();
            if (i % 2 == 0) {
                assertThat(read).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
            }
            byte[] again = Arrays.copyOf(out.array(), out.length());
            assertThat(new String(again, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)).isEqualTo(again);
        }
    }

    @Test
    void rendersWithoutAllocating() throws FormatException {
        FieldCatalog catalog = StandardFields.catalog(FieldEnvironment.of(state).with(ZoneOffset.UTC)
                .with(new TextOptions(BufferFormat.NORMAL, 80, null)));
        OutputFormat lines = OutputFormat.compile(StandardFormats.DEFAULT
                + " %fd.name %proc.cmdline %evt.res %user.name %container.id %evt.latency %proc.aname[2] %fd.cip", catalog);
        JsonFormat json = new JsonFormat(OutputFormat.compile(StandardFormats.DEFAULT, catalog));
        Event[] events = {read(), close(),
                EventBytes.event(EventCodes.PPME_SYSCALL_MKDIR_2_X, TestState.CAT, i64(-2), text("no/../such"), i32(0755)),
                EventBytes.event(EventCodes.PPME_SOCKET_SENDTO_X, TestState.CAT, i64(4), text("GET"), i64(4), i32(9),
                        new byte[0])};
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < 4_000; i++) {
                state.process(events[i & 3]);
                current.point(events[i & 3]);
                out.clear();
                lines.write(current, out);
                json.write(current, out);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
        }
        assertThat(least).as("bytes for 4000 events").isLessThan(4_000);
    }
}
