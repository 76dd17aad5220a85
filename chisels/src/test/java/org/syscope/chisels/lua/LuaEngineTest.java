package org.syscope.chisels.lua;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Scripts see Lua 5.1 as C has it: numbers, formats, patterns, errors; and cannot run away. */
class LuaEngineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String run(String script, Map<String, String> modules, MemoryBound memory) throws ScriptException {
        LuaEngine engine = new LuaEngine(out, name -> modules.containsKey(name)
                ? new LuaEngine.Source(name + ".lua", modules.get(name).getBytes(StandardCharsets.UTF_8)) : null, memory);
        engine.call(engine.load(new LuaEngine.Source("test.lua", script.getBytes(StandardCharsets.ISO_8859_1))));
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private String run(String script) throws ScriptException {
        return run(script, Map.of(), new MemoryBound());
    }

    private String value(String expression) throws ScriptException {
        return run("print(" + expression + ")").stripTrailing();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "0.1 + 0.2|0.3", "1 / 3|0.33333333333333", "1e15|1e+15", "2 ^ 53|9.007199254741e+15", "10 / 2|5",
            "1690557263.871|1690557263.871", "-1 / 0|-inf", "2147483647 + 1|2147483648", "-7 % 3|2", "7 / 0|inf",
            "'10' + 5|15", "10 .. 20|1020", "0.5 .. ''|0.5", "3 == 3.0|true", "1 < 1.5|true", "#'abc'|3", "not nil|true"})
    void numbersAreThoseOfC(String expression, String expected) throws ScriptException {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "'%.2f', 3.14159|3.14", "'%-6.3s]', 'abcdef'|abc   ]", "'%d', 2^40|1099511627776", "'%5d', 42|   42",
            "'%05.1f', 2.25|002.3", "'%x', 255|ff", "'%#x', 255|0xff",
            "'%X', 255|FF", "'%o', 8|10", "'%e', 12345.678|1.234568e+04",
            "'%g', 0.0001|0.0001", "'%g', 1e20|1e+20", "'%G', 1e-10|1E-10", "'%c%c', 72, 105|Hi", "'%s', nil|nil", "'%i', -3|-3",
            "'%u', 7|7", "'%5.1f%%', 99.94|'' 99.9%''", "'%+d', 5|+5", "'%.3d', 7|007", "'%-5d]', 7|7    ]",
            "'%.2f', 10.625|10.63", "'%10.4s]', 'abcdef'|      abcd]"})
    void formatsAreThoseOfC(String arguments, String expected) throws ScriptException {
        assertThat(value("string.format(" + arguments + ")"))
                .isEqualTo(expected.startsWith("''") ? expected.substring(2, expected.length() - 2) : expected);
    }

    @Test
    void quotesStringsSoThatTheyCanBeReadBack() throws ScriptException {
        assertThat(run("local s = 'a\\n\"\\\\\\0b'"
                + "print(loadstring('return ' .. string.format('%q', s))() == s)"))
                .isEqualTo("true\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "('THE (quick) fox'):find('%((%a+)%)')|5\t11\tquick", "('THE (quick) fox'):gsub('%f[%a]%a', '*')|*HE (*uick) *ox\t3",
            "('key = value'):match('^(%w+)%s*=%s*(%w+)$')|key\tvalue", "('f(a(b)c)d'):match('%b()')|(a(b)c)",
            "('abcabc'):find('c', 4)|6\t6", "('a.b'):find('.', 2, true)|2\t2", "('hello'):gsub('l+', {ll = 'L'})|heLo\t1",
            "('abc'):gsub('', '-')|-a-b-c-\t4", "('x'):rep(3)|xxx", "('abc'):byte(1, -1)|97\t98\t99", "('hello'):sub(-3, -2)|ll",
            "('aXbX'):gsub('X', '%%', 1)|a%bX\t1", "('abab'):match('(a)(b)%1%2')|a\tb", "('  x '):match('^%s*(.-)%s*$')|x",
            "('a,b'):match('()%,()')|2\t3", "('a-b'):gsub('%-', '+')|a+b\t1", "('abc'):reverse()|cba"})
    void patternsAreThoseOfLua(String expression, String expected) throws ScriptException {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "unpack({1, 2, 3})|1\t2\t3", "table.getn({1, 2})|2", "loadstring('return 1 + 1')()|2", "table.maxn({[10] = 1})|10",
            "math.log10(1000)|3", "select('#', 1, nil, nil)|3", "tonumber('0x10')|16", "tonumber('zz')|nil", "bit.band(12, 10)|8",
            "bit.tohex(255)|000000ff", "os.date('!%Y-%m-%d %H:%M:%S', 1690557263)|2023-07-28 15:14:23", "_VERSION|Lua 5.1",
            "type(string.gfind)|function", "math.mod(7, 3)|1"})
    void namesOf51AreThere(String expression, String expected) throws ScriptException {
        assertThat(value(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "local a; return a.b|test.lua:1: attempt to index local 'a' (a nil value)",
            "return nosuch()|test.lua:1: attempt to call global 'nosuch' (a nil value)",
            "x.y = 1|test.lua:1: attempt to index global 'x' (a nil value)",
            "local t = {} t.x.y = 1|test.lua:1: attempt to index field 'x' (a nil value)",
            "local t = {} return t.x.y|test.lua:1: attempt to index field 'x' (a nil value)",
            "local t = {} return t:foo()|test.lua:1: attempt to call method 'foo' (a nil value)",
            "return nil + 1|test.lua:1: attempt to perform arithmetic on a nil value",
            "local t = {} return 1 + t|test.lua:1: attempt to perform arithmetic on local 't' (a table value)",
            "return 1 .. {}|test.lua:1: attempt to concatenate a table value",
            "error('mine')|test.lua:1: mine", "error('mine', 0)|mine", "return ('x'):rep(1e10)|not enough memory",
            "local function f() error('caller', 2) end f()|test.lua:1: caller",
            "local function f() return 1 + f() end f()|stack overflow", "return #nil|attempt to get length of a nil value"})
    void errorsNameScriptLineAndVariable(String script, String expected) {
        assertThatThrownBy(() -> run(script)).isInstanceOf(ScriptException.class).hasMessageContaining(expected);
    }

    @Test
    void syntaxErrorsNameScriptAndLine() {
        assertThatThrownBy(() -> run("x = 1\nfunction f( return end")).isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("test.lua:2:");
        assertThatThrownBy(() -> run("x = 1 +\nreturn")).hasMessage("test.lua:2: unexpected symbol near 'return'");
        assertThatThrownBy(() -> run("x = = 1")).hasMessage("test.lua:1: unexpected symbol near '='");
    }

    @Test
    void pcallGivesErrorsAsTheyWereRaised() throws ScriptException {
        assertThat(run("local ok, e = pcall(error, {code = 2}) print(ok, e.code) "
                + "print(xpcall(function() error('x', 0) end, function(m) return 'handled ' .. m end))"))
                .isEqualTo("false\t2\nfalse\thandled x\n");
    }

    @Test
    void closuresCoroutinesVarargsAndMetatablesWork() throws ScriptException {
        assertThat(run("""
                local fs = {}
                for i = 1, 3 do fs[i] = function() i = i + 1 return i end end
                print(fs[1](), fs[1](), fs[2]())
                local co = coroutine.wrap(function(a, ...)
                    local b = coroutine.yield(a, ...)
                    print('got', b, ...)
                    return 'end'
                end)
                print(co(1, 2, 3, 4, 5))
                print(co('x'))
                local t = setmetatable({}, {__index = function(_, k) return k .. '!' end,
                    __call = function(_, x) return x * 2 end,
                    __concat = function(a, b) return 'cat' end, __tostring = function() return 'T' end})
                print(t.foo, t(21), t .. 1, 1 .. t, t)
                local list = {unpack({1, 2}), 3, unpack({4, 5, 6})}
                print(#list, list[5])
                """)).isEqualTo("2\t3\t3\n1\t2\t3\t4\t5\ngot\tx\t2\t3\t4\t5\nend\nfoo!\t42\tcat\tcat\tT\n5\t6\n");
    }

    @Test
    void setfenvGivesAFunctionOtherGlobals() throws ScriptException {
        assertThat(run("function f() return x end setfenv(f, {x = 'inner'}) x = 'outer' print(f(), x)"))
                .isEqualTo("inner\touter\n");
    }

    @Test
    void requireLoadsAModuleOnceAndOldModulesGetATableOfTheirOwn() throws ScriptException {
        assertThat(run("require 'a' require 'a' print(require('a').v, old.f())", Map.of("a",
                "print('loading', ...) require 'old' return {v = 7}",
                "old", "module('old', package.seeall) function f() return type(print) end"), new MemoryBound()))
                .isEqualTo("loading\ta\n7\tfunction\n");
        assertThatThrownBy(() -> run("require 'nosuch'")).hasMessageContaining("module 'nosuch' not found");
    }

    @Test
    void filesAreReadAndWritten(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("f");
        run("local f = io.open('" + file + "', 'w') f:write('one\\ntwo ', 3.5, '\\n') f:close() "
                + "for l in io.lines('" + file + "') do print(l) end print(io.open('" + file + "'):read('*a')) "
                + "print(io.open('" + file + "x'))");
        assertThat(Files.readString(file)).isEqualTo("one\ntwo 3.5\n");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("one\ntwo 3.5\none\ntwo 3.5\n\nnil\t" + file
                + "x: No such file or directory\t1\n");
    }

    @Test
    @Timeout(30)
    void anInterruptEndsWhateverLoops() throws InterruptedException {
        for (String loop : new String[]{"while true do end", "while true do pcall(function() while true do end end) end",
            "repeat local x = ('a'):rep(30):find(('a*'):rep(30) .. 'b') until false", "local function f() return f() end f()",
            "for i = 1, math.huge do end", "table.sort(setmetatable({1,2,3}, {}), function() while true do end end)"}) {
            LuaEngine engine = new LuaEngine(out, name -> null);
            Throwable[] failure = new Throwable[1];
            Thread script = new Thread(() -> {
                try {
                    engine.call(engine.load(new LuaEngine.Source("loop.lua", loop.getBytes(StandardCharsets.UTF_8))));
                } catch (ScriptException e) {
                    failure[0] = e;
                }
            });
            script.start();
            engine.interrupt();
            script.join();
            assertThat(failure[0]).as(loop).isNotNull();
            assertThat(failure[0].getMessage()).containsAnyOf("interrupted", "stack overflow");
        }
    }

    @Test
    @Timeout(60)
    void aScriptThatGathersTooMuchIsEnded() {
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        assertThatThrownBy(() -> run("local t = {} for i = 1, math.huge do t[i] = ('x'):rep(100) .. i end", Map.of(),
                new MemoryBound(used + (64 << 20)))).isInstanceOf(ScriptException.class)
                .hasMessageContaining("not enough memory");
    }
}
