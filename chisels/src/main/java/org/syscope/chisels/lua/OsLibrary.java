package org.syscope.chisels.lua;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code os}. Times are seconds since the epoch, in the local time zone unless asked otherwise. */
final class OsLibrary {
    private static final long START = System.nanoTime();

    private OsLibrary() {
    }

    static LuaTable table() {
        LuaTable table = new LuaTable();
        NativeFunction.define(table, "clock", arguments -> LuaValue.valueOf((System.nanoTime() - START) / 1e9));
        NativeFunction.define(table, "date", OsLibrary::date);
        NativeFunction.define(table, "difftime", arguments -> LuaValue.valueOf(
                arguments.checkdouble(1) - arguments.optdouble(2, 0)));
        NativeFunction.define(table, "execute", OsLibrary::execute);
        NativeFunction.define(table, "exit", arguments -> {
            throw new ScriptExit(arguments.isnumber(1) ? arguments.toint(1) : 0);
        });
        NativeFunction.define(table, "getenv", arguments -> text(System.getenv(arguments.checkjstring(1))));
        NativeFunction.define(table, "remove", OsLibrary::remove);
        NativeFunction.define(table, "rename", OsLibrary::rename);
        NativeFunction.define(table, "setlocale", arguments -> arguments.isnil(1) ? LuaValue.valueOf("C") : LuaValue.NIL);
        NativeFunction.define(table, "time", OsLibrary::time);
        NativeFunction.define(table, "tmpname", arguments -> temporary());
        return table;
    }

    private static LuaValue text(String value) {
        return value == null ? LuaValue.NIL : LuaValue.valueOf(value);
    }

    private static Varargs failure(String name, IOException e) {
        return LuaValue.varargsOf(LuaValue.NIL, LuaValue.valueOf(name + ": " + e.getMessage()));
    }

    private static Varargs execute(Varargs arguments) {
        if (arguments.isnil(1)) {
            return LuaValue.ONE;
        }
        try {
            return LuaValue.valueOf(new ProcessBuilder("/bin/sh", "-c", arguments.checkjstring(1)).inheritIO().start()
                    .waitFor() << 8);
        } catch (IOException e) {
            return LuaValue.valueOf(-1);
        } catch (InterruptedException e) {
            throw new ScriptAbort("interrupted");
        }
    }

    private static Varargs remove(Varargs arguments) {
        String name = arguments.checkjstring(1);
        try {
            Files.delete(Path.of(name));
            return LuaValue.TRUE;
        } catch (IOException e) {
            return failure(name, e);
        }
    }

    private static Varargs rename(Varargs arguments) {
        String name = arguments.checkjstring(1);
        try {
            Files.move(Path.of(name), Path.of(arguments.checkjstring(2)));
            return LuaValue.TRUE;
        } catch (IOException e) {
            return failure(name, e);
        }
    }

    private static Varargs temporary() {
        try {
            return LuaValue.valueOf(Files.createTempFile("lua", null).toString());
        } catch (IOException e) {
            throw new LuaError("cannot make a temporary file: " + e.getMessage());
        }
    }

    private static Varargs time(Varargs arguments) {
        if (arguments.isnil(1)) {
            return LuaValue.valueOf((double) Instant.now().getEpochSecond());
        }
        LuaTable table = arguments.checktable(1);
        LocalDateTime start = LocalDateTime.of(part(table, "year", null), 1, 1, 0, 0);
        LocalDateTime time = start.plusMonths(part(table, "month", null) - 1L).plusDays(part(table, "day", null) - 1L)
                .plusHours(part(table, "hour", 12)).plusMinutes(part(table, "min", 0)).plusSeconds(part(table, "sec", 0));
        return LuaValue.valueOf((double) time.atZone(ZoneId.systemDefault()).toEpochSecond());
    }

    private static int part(LuaTable table, String name, Integer absent) {
        LuaValue value = table.get(name).tonumber();
        if (!value.isnil()) {
            return (int) value.todouble();
        }
        if (absent == null) {
            throw new LuaError("field '" + name + "' missing in date table");
        }
        return absent;
    }

    private static Varargs date(Varargs arguments) {
        String format = arguments.optjstring(1, "%c");
        boolean universal = format.startsWith("!");
        double seconds = arguments.isnil(2) ? Instant.now().getEpochSecond() : arguments.checkdouble(2);
        try {
            ZonedDateTime time = Instant.ofEpochSecond((long) seconds)
                    .atZone(universal ? ZoneOffset.UTC : ZoneId.systemDefault());
            String rest = universal ? format.substring(1) : format;
            return rest.startsWith("*t") ? parts(time) : LuaValue.valueOf(DateText.format(rest, time));
        } catch (DateTimeException e) {
            throw new LuaError("bad argument #2 to 'date' (time out of range)");
        }
    }

    private static LuaTable parts(ZonedDateTime time) {
        LuaTable table = new LuaTable();
        table.set("year", time.getYear());
        table.set("month", time.getMonthValue());
        table.set("day", time.getDayOfMonth());
        table.set("hour", time.getHour());
        table.set("min", time.getMinute());
        table.set("sec", time.getSecond());
        table.set("wday", time.getDayOfWeek().getValue() % 7 + 1);
        table.set("yday", time.getDayOfYear());
        table.set("isdst", LuaValue.valueOf(time.getZone().getRules().isDaylightSavings(time.toInstant())));
        return table;
    }
}
