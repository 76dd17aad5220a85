package org.syscope.chisels;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract between scripts and the host, with made-up events and fields. */
class LuaChiselHostTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String HEAD = "description = 'd' short_description = 's' category = 'c' args = {}\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private FakeSession session;
    private LuaChiselHost host;

    @BeforeEach
    void open() {
        session = new FakeSession(out);
        host = new LuaChiselHost(new ChiselPath(List.of(folder), List.of()), session);
    }

    private void script(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name + ".lua"), text);
    }

    private String printed() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private void event(long time, Object... values) throws ChiselException {
        host.event(new FakeSession.Fact(time, values), time);
    }

    @Test
    void callbacksComeInOrderAndSeeTheEvent() throws Exception {
        script("t", HEAD + """
                function on_init()
                    name, number = chisel.request_field('name'), chisel.request_field('number')
                    truth = chisel.request_field('truth')
                    print('init') return true
                end
                function on_capture_start() print('start') return true end
                function on_event()
                    print(evt.field(name), evt.field(number), evt.field(truth), evt.get_num(), evt.get_type(), evt.get_cpuid(),
                        evt.get_ts())
                    return true
                end
                function on_capture_end(s, ns, delta) print('end', s, ns, delta) end
                """);
        host.add("t", null);
        host.start();
        event(3 * SECOND + 5, "a\0b", 7L, true);
        event(4 * SECOND, null, 1L << 40, false);
        host.end(4 * SECOND);
        assertThat(printed()).isEqualTo("init\nstart\na\0b\t7\ttrue\t1\topen\t0\t3\t5\n"
                + "nil\t1099511627776\tfalse\t2\topen\t0\t4\t0\nend\t4\t0\t999999995\n");
    }

    @Test
    void aFilterIsTheChiselsOwnAndAFormatterPrintsWhatOnEventLetsThrough() throws Exception {
        script("t", HEAD + """
                function on_init()
                    number = chisel.request_field('number')
                    chisel.set_filter('name=x') chisel.set_event_formatter('%number') return true
                end
                function on_event() return evt.field(number) > 5 end
                """);
        script("u", HEAD + "n = 0 function on_event() n = n + 1 return true end function on_capture_end() print('u', n) end");
        host.add("t", null);
        host.add("u", null);
        host.start();
        event(1, "x", 4L, true);
        event(2, "x", 6L, true);
        event(3, "y", 8L, true);
        host.end(3);
        assertThat(printed()).isEqualTo("line %number 6\nu\t3\n");
    }

    @Test
    void intervalsComeWhenTheTimeOfEventsPassesThemAndFilteredEventsCount() throws Exception {
        script("t", HEAD + """
                function on_init() chisel.set_interval_s(1) number = chisel.request_field('number') return true end
                function on_interval(s, ns, delta) print('interval', s, ns, delta, evt.field(number)) return true end
                """);
        host.add("t", null);
        host.start();
        event(10 * SECOND + 1, "x", 1L, true);
        event(10 * SECOND + 9, "x", 2L, true);
        host.tick(new FakeSession.Fact(11 * SECOND, "x", 3L, true), 11 * SECOND);
        event(11 * SECOND + 1, "x", 4L, true);
        host.tick(null, 13 * SECOND);
        event(14 * SECOND, "x", 5L, true);
        assertThat(printed()).isEqualTo("interval\t11\t0\t0\t3\ninterval\t14\t0\t3000000000\t5\n");
    }

    @Test
    void preciseIntervalsCatchUp() throws Exception {
        script("t", HEAD + """
                function on_init() chisel.set_precise_interval_ns(500000000) return true end
                function on_interval(s, ns, delta) print(s, ns, delta) return true end
                """);
        host.add("t", null);
        host.start();
        event(SECOND, "x", 1L, true);
        event(2 * SECOND + 1, "x", 2L, true);
        assertThat(printed()).isEqualTo("1\t0\t500000000\n1\t500000000\t500000000\n");
    }

    @Test
    void execReplacesTheChiselAndPassesEmptyArgumentsOn() throws Exception {
        script("first", HEAD + "function on_init() chisel.exec('second', 'a b', '', 'c') return true end");
        script("second", "args = {{name = 'p'}, {name = 'q'}, {name = 'r', optional = true}}\n"
                + "function on_set_arg(n, v) print(n, '[' .. v .. ']') return true end "
                + "function on_init() print('second') return true end");
        host.add("first", null);
        assertThat(printed()).isEqualTo("p\t[a b]\nq\t[]\nr\t[c]\nsecond\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "one two|x=one y=two", "'one two' three|x=one two y=three", "`it's` b|x=it's y=b", "  one  |x=one"})
    void argumentsAreSplitAtBlanksOutsideOfQuotes(String given, String expected) throws Exception {
        script("t", "args = {{name = 'x', argtype = 'string'}, {name = 'y', argtype = 'string', optional = true}} seen = {}\n"
                + "function on_set_arg(n, v) seen[#seen + 1] = n .. '=' .. v return true end\n"
                + "function on_init() io.write(table.concat(seen, ' ')) return true end");
        host.add("t", given);
        assertThat(printed()).isEqualTo(expected);
    }

    @Test
    void aSingleFilterArgumentTakesAllWords() throws Exception {
        script("t", "args = {{name = 'f', argtype = 'filter', optional = true}}\n"
                + "function on_set_arg(n, v) print(v) return true end function on_init() return true end");
        host.add("t", "a=1 and b='x y'");
        assertThat(printed()).isEqualTo("a=1 and b='x y'\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "t|''|wrong number of parameters for chisel t, 1 required, 0 given: x [y]",
            "t|a b c|too many parameters for chisel t, 1 required, 1 optional, 3 given",
            "t|a 'b|corrupted parameters for chisel t: the quote ' is not closed",
            "nosuch|''|chisel nosuch not found - use -cl to list them",
            "t|no|chisel t refuses the value no of its argument x"})
    void wrongCommandLinesAreUsageErrors(String name, String given, String message) throws Exception {
        script("t", "args = {{name = 'x', argtype = 'string'}, {name = 'y', argtype = 'string', optional = true}}\n"
                + "function on_set_arg(n, v) return v ~= 'no' end function on_init() return true end");
        assertThatThrownBy(() -> host.add(name, given)).isInstanceOf(ChiselException.class).hasMessage(message)
                .satisfies(e -> assertThat(((ChiselException) e).isUsage()).isTrue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "function f( return end|failed to load chisel t: {t.lua}:2: ",
            "nosuch()|failed to load chisel t: {t.lua}:2: attempt to call global 'nosuch' (a nil value)",
            "args = nil|failed to load chisel t: args table missing in {t.lua}",
            "function on_init() return nil + 1 end|chisel t: error in on_init(): {t.lua}:2: attempt to perform arithmetic on",
            "function on_init() return false end|init() for chisel t failed",
            "function on_init() end|chisel t: on_init() returned no boolean",
            "function on_init() chisel.request_field('nosuch') end|{t.lua}:2: chisel requesting nonexistent field nosuch",
            "function on_init() chisel.set_filter('bad') end|{t.lua}:2: bad filter bad",
            "function on_capture_start() return false end|chisel t: on_capture_start() failed",
            "function on_event() return ('x').y.z end|chisel t: error in on_event(): {t.lua}:2: attempt to index field 'y'",
            "function on_event() error('gave up', 0) end|chisel t: error in on_event(): gave up",
            "function on_capture_start() evt.get_num() return true end|invalid call to evt.get_num(): there is no event now",
            "function on_init() chisel.set_interval_s(1) return true end function on_interval() return false end|"
                    + "execution terminated by the t chisel"})
    void scriptsThatFailAreNamedWithTheLine(String body, String message) throws Exception {
        script("t", HEAD + body);
        assertThatThrownBy(() -> {
            host.add("t", null);
            host.start();
            event(SECOND, "x", 1L, true);
            event(3 * SECOND, "x", 1L, true);
        }).isInstanceOf(ChiselException.class)
                .hasMessageContaining(message.replace("{t.lua}", folder.resolve("t.lua").toString()))
                .satisfies(e -> assertThat(((ChiselException) e).status()).isEqualTo(1));
    }

    @Test
    void osExitEndsTheToolWithItsStatus() throws Exception {
        script("t", HEAD + "function on_event() os.exit(3) end");
        host.add("t", null);
        host.start();
        assertThatThrownBy(() -> event(1, "x", 1L, true)).isInstanceOf(ChiselException.class)
                .satisfies(e -> assertThat(((ChiselException) e).status()).isEqualTo(3)).hasMessage("");
    }

    @Test
    @Timeout(30)
    void anEndlessLoopCanBeInterrupted() throws Exception {
        script("t", HEAD + "function on_event() while true do end end");
        host.add("t", null);
        host.start();
        Thread user = new Thread(host::interrupt);
        user.start();
        assertThatThrownBy(() -> event(1, "x", 1L, true)).isInstanceOf(ChiselException.class)
                .hasMessage("chisel t: error in on_event(): interrupted");
        user.join();
    }

    @Test
    void theRunIsAskedForWhatScriptsWant() throws Exception {
        script("t", HEAD + """
                function on_init()
                    sysdig.set_snaplen(500) sysdig.set_output_format('ascii') sysdig.set_filter('name=z')
                    sysdig.set_fatfile_dump_mode(true) sysdig.run_app('-r x') sysdig.log('hello', 'warning')
                    print(sysdig.is_live(), sysdig.is_tty(), sysdig.get_terminal_info().width, sysdig.get_filter(),
                        sysdig.get_output_format(), sysdig.is_print_container_data(), sysdig.get_evtsource_name())
                    print(sysdig.make_ts(1534527350, 999999999), sysdig.add_ts('1', '2'), sysdig.subtract_ts('5', '7'))
                    return true
                end
                function on_event() sysdig.end_capture() return true end
                """);
        host.add("t", null);
        host.start();
        event(1, "x", 1L, true);
        assertThat(printed()).isEqualTo("false\tfalse\t-1\tname=z\tnormal\tfalse\tmade up\n1534527350999999999\t3\t-2\n");
        assertThat(session.notes()).containsExactly("snaplen 500", "format ascii", "filter name=z", "fatfile true",
                "run -r x", "warning hello", "end");
    }

    @Test
    void fieldsAreTakenFromTheCatalogThatTheRunEndsUpWith() throws Exception {
        script("t", HEAD + """
                function on_init()
                    name = chisel.request_field('name') sysdig.set_output_format('hex') return true
                end
                function on_event() print(evt.field(name)) return true end
                """);
        host.add("t", null);
        host.start();
        event(1, "ab", 1L, true);
        assertThat(printed()).isEqualTo("6162\n");
    }

    @Test
    void aCounterAddsUpByKeyAndShowsTheLargestFirst() throws Exception {
        script("t", HEAD + """
                function on_init()
                    counter = syscope.counter({'name', 'truth'}, 'number')
                    chisel.set_filter('name=x') return true
                end
                function on_capture_end()
                    for _, row in ipairs(counter:top(10)) do print(row[1], row[2], row[3]) end
                    print(#counter:top(1), counter:size()) counter:clear() print(counter:size())
                end
                """);
        host.add("t", null);
        host.start();
        event(1, "x", 4L, true);
        event(2, "x", 6L, false);
        event(3, "x", 5L, true);
        event(4, "x", -8L, false);
        event(5, "y", 100L, true);
        host.end(5);
        assertThat(printed()).isEqualTo("x\ttrue\t9\nx\tfalse\t6\n1\t2\n0\n");
    }

    @Test
    void onlyOurOwnChiselsWithAFilterNeedNothingElse() throws Exception {
        script("t", HEAD + "function on_init() chisel.set_filter('name=x') return true end");
        assertThat(host.needsOnlyFiltered()).isFalse();
        host.add("t", null);
        assertThat(host.needsOnlyFiltered()).isFalse();
        CaptureRun run = new CaptureRun("none");
        try (LuaChiselHost stock = new LuaChiselHost(new ChiselPath(List.of(), List.of()), run)) {
            stock.add("topprocs_file", null);
            assertThat(stock.needsOnlyFiltered()).isTrue();
            stock.add("lsof", null);
            assertThat(stock.needsOnlyFiltered()).isFalse();
        }
    }

    @Test
    void earlierPlacesOfThePathHideLaterOnes(@TempDir Path other) throws Exception {
        Files.writeString(other.resolve("t.lua"), HEAD + "function on_init() print('other') return true end");
        script("t", HEAD + "function on_init() print('first') return true end");
        Files.writeString(other.resolve("common.lua"), "mine = 'mine'");
        script("v", HEAD + "require 'common' function on_init() print(mine) return true end");
        ChiselPath path = ChiselPath.of(Map.of(ChiselPath.VARIABLE, other + ";" + folder));
        try (LuaChiselHost both = new LuaChiselHost(path, session)) {
            both.add("t", null);
            both.add("v", null);
            both.add(other.resolve("t.lua").toString(), null);
        }
        assertThat(printed()).isEqualTo("first\nmine\nother\n");
    }

    @Test
    void theWordBehindTheNameIsAnArgumentOnlyWhereItCanBe() throws Exception {
        ChiselInfo required = info(new ChiselArgument("a", "", "string", false));
        ChiselInfo optional = info(new ChiselArgument("a", "", "string", true));
        ChiselInfo filter = info(new ChiselArgument("a", "", "filter", true));
        List<String> words = List.of("proc.name=x", "and", "fd.num=1");
        List<String> asked = new ArrayList<>();
        assertThat(required.takesWord(words, text -> true)).isTrue();
        assertThat(filter.takesWord(words, text -> true)).isTrue();
        assertThat(optional.takesWord(words, text -> asked.add(text))).isFalse();
        assertThat(asked).containsExactly("proc.name=x and fd.num=1");
        assertThat(optional.takesWord(List.of("10"), text -> false)).isTrue();
        assertThat(optional.takesWord(List.of("-v"), text -> false)).isFalse();
        assertThat(optional.takesWord(List.of(), text -> false)).isFalse();
        assertThat(info().takesWord(words, text -> false)).isFalse();
        assertThatThrownBy(() -> required.takesWord(List.of(), text -> false)).isInstanceOf(ChiselException.class)
                .hasMessage("missing arguments for chisel c: a");
    }

    private static ChiselInfo info(ChiselArgument... arguments) {
        return new ChiselInfo("c", "", "", "", List.of(arguments), false);
    }
}
