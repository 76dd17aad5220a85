package org.syscope.chisels.lua;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a script contains, it is refused by an error of the language, never by one of Java's. */
class FuzzTest {
    private final LuaEngine engine = new LuaEngine(OutputStream.nullOutputStream(), name -> null);
    private final LuaTable strings = engine.strings();

    private static LuaString text(Random random, String letters, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) letters.charAt(random.nextInt(letters.length()));
        }
        return LuaString.valueUsing(bytes, 0, bytes.length);
    }

    private int calls(String function, LuaValue... arguments) {
        try {
            strings.get(function).invoke(LuaValue.varargsOf(arguments));
            return 1;
        } catch (LuaError e) {
            assertThat(e.getMessage()).isNotEmpty();
            return 0;
        }
    }

    @Test
    void patternsNeverLeaveTheirText() {
        Random random = new Random(7);
        int good = 0;
        for (int i = 0; i < 40_000; i++) {
            LuaString pattern = text(random, "ab%[]^$()-+*?.fb1d0", 10);
            LuaString subject = text(random, "ab01 ()", 12);
            good += calls("find", subject, pattern);
            good += calls("gsub", subject, pattern, text(random, "a%01x", 5));
        }
        assertThat(good).isBetween(10_000, 79_000);
    }

    @Test
    void formatsNeverLeaveTheirText() {
        Random random = new Random(8);
        int good = 0;
        for (int i = 0; i < 20_000; i++) {
            good += calls("format", text(random, "%%%dxsqgeif.5-+ #0c", 8), LuaValue.valueOf(random.nextGaussian() * 1e6),
                    LuaValue.valueOf(3), LuaValue.valueOf("7"));
        }
        assertThat(good).isBetween(1_000, 19_900);
    }

    @Test
    void scriptsThatAreCutOrChangedAreCompiledOrRefused() throws IOException {
        Random random = new Random(9);
        int refused = 0;
        for (Path file : scripts()) {
            byte[] whole = Files.readAllBytes(file);
            for (int cut = 1; cut < whole.length; cut += 97) {
                refused += refuses(Arrays.copyOf(whole, cut));
                byte[] changed = whole.clone();
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                refused += refuses(changed);
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static List<Path> scripts() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/chisels"))) {
            return files.filter(file -> file.toString().endsWith(".lua")).sorted().toList();
        }
    }

    private int refuses(byte[] text) {
        try {
            engine.load(new LuaEngine.Source("cut.lua", text));
            return 0;
        } catch (ScriptException e) {
            assertThat(e.getMessage()).startsWith("cut.lua:");
            return 1;
        }
    }
}
