package org.syscope.chisels;

import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.syscope.chisels.lua.NativeFunction;
import org.syscope.filters.field.EventContext;
import org.syscope.filters.field.Field;
import org.syscope.filters.field.FieldException;

/**
 * The tables {@code chisel}, {@code evt} and {@code syscope} that a script sees; {@code sysdig} is made by
 * {@link SessionInterface}.
 */
final class ScriptInterfaces {
    private static final long SECOND = 1_000_000_000L;

    private final RunningChisel chisel;
    private final CaptureSession session;
    private FieldReader number;
    private FieldReader type;
    private FieldReader cpu;

    ScriptInterfaces(RunningChisel chisel, CaptureSession session) {
        this.chisel = chisel;
        this.session = session;
    }

    void install(LuaTable globals) {
        globals.set("chisel", chiselTable());
        globals.set("evt", eventTable());
        globals.set("sysdig", new SessionInterface(session).table());
        globals.set("syscope", countingTable());
    }

    // ---- chisel.*

    private LuaTable chiselTable() {
        LuaTable table = new LuaTable();
        NativeFunction.define(table, "request_field", this::requestField);
        NativeFunction.define(table, "set_filter", arguments -> {
            try {
                chisel.filter(arguments.checkjstring(1));
                return LuaValue.TRUE;
            } catch (ChiselException e) {
                throw new LuaError(e.getMessage());
            }
        });
        NativeFunction.define(table, "set_event_formatter", arguments -> {
            try {
                chisel.printer(arguments.optjstring(1, ""));
                return LuaValue.TRUE;
            } catch (ChiselException e) {
                throw new LuaError(e.getMessage());
            }
        });
        NativeFunction.define(table, "set_interval_s", arguments -> setInterval(arguments.checkdouble(1) * SECOND, false));
        NativeFunction.define(table, "set_interval_ns", arguments -> setInterval(arguments.checkdouble(1), false));
        NativeFunction.define(table, "set_precise_interval_ns", arguments -> setInterval(arguments.checkdouble(1), true));
        NativeFunction.define(table, "exec", this::exec);
        return table;
    }

    private LuaValue setInterval(double nanoseconds, boolean precise) {
        if (!(nanoseconds >= 0 && nanoseconds < Long.MAX_VALUE)) {
            throw new LuaError("an interval cannot be " + nanoseconds + " ns");
        }
        chisel.interval((long) nanoseconds, precise);
        return LuaValue.TRUE;
    }

    private Varargs requestField(Varargs arguments) {
        if (!arguments.arg1().isstring()) {
            throw new LuaError("chisel requesting nil field");
        }
        return new LuaUserdata(reader(arguments.arg1().tojstring()));
    }

    private FieldReader reader(String name) {
        try {
            return chisel.reader(name);
        } catch (FieldException e) {
            throw unknown(name, e);
        }
    }

    private Field resolve(String name) {
        try {
            return session.fields().resolve(name);
        } catch (FieldException e) {
            throw unknown(name, e);
        }
    }

    private LuaError unknown(String name, FieldException e) {
        String hint = e.suggestions().isEmpty() ? "" : ": did you mean " + String.join(", ", e.suggestions()) + "?";
        return new LuaError(session.fields().find(name).isPresent() ? e.getMessage()
                : "chisel requesting nonexistent field " + name + hint);
    }

    private Varargs exec(Varargs arguments) {
        List<String> words = new ArrayList<>();
        for (int i = 2; i <= arguments.narg(); i++) {
            words.add(arguments.arg(i).isnil() ? "" : arguments.checkjstring(i));
        }
        chisel.replaceBy(arguments.checkjstring(1), words);
        return LuaValue.TRUE;
    }

    // ---- evt.*

    private LuaTable eventTable() {
        LuaTable table = new LuaTable();
        NativeFunction.define(table, "field", arguments -> {
            if (arguments.arg1().isnil()) {
                return LuaValue.NIL;
            }
            if (!(arguments.arg1() instanceof LuaUserdata handle) || !(handle.m_instance instanceof FieldReader reader)) {
                throw new LuaError("evt.field() wants what chisel.request_field() gave, got "
                        + arguments.arg1().typename());
            }
            return reader.read(current("field"));
        });
        NativeFunction.define(table, "get_num", arguments -> {
            EventContext context = current("get_num");
            number = number == null ? reader("evt.num") : number;
            return number.read(context);
        });
        NativeFunction.define(table, "get_type", arguments -> {
            EventContext context = current("get_type");
            type = type == null ? reader("evt.type") : type;
            return type.read(context);
        });
        NativeFunction.define(table, "get_cpuid", arguments -> {
            EventContext context = current("get_cpuid");
            cpu = cpu == null ? reader("evt.cpu") : cpu;
            return cpu.read(context);
        });
        NativeFunction.define(table, "get_ts", arguments -> {
            current("get_ts");
            long time = chisel.timestamp();
            return LuaValue.varargsOf(LuaValue.valueOf((double) Long.divideUnsigned(time, SECOND)),
                    LuaValue.valueOf((double) Long.remainderUnsigned(time, SECOND)));
        });
        return table;
    }

    private EventContext current(String function) {
        EventContext context = chisel.context();
        if (context == null) {
            throw new LuaError("invalid call to evt." + function + "(): there is no event now");
        }
        return context;
    }

    // ---- syscope.*

    private LuaTable countingTable() {
        LuaTable table = new LuaTable();
        NativeFunction.define(table, "counter", arguments -> {
            LuaTable keys = arguments.checktable(1);
            List<Field> fields = new ArrayList<>();
            for (int i = 1; i <= keys.length(); i++) {
                fields.add(resolve(keys.get(i).checkjstring()));
            }
            Counter counter = new Counter(fields, resolve(arguments.checkjstring(2)));
            chisel.counter(counter);
            return counterTable(counter);
        });
        return table;
    }

    private static LuaTable counterTable(Counter counter) {
        LuaTable table = new LuaTable();
        NativeFunction.define(table, "top", arguments -> counter.top((int) arguments.optdouble(2, Integer.MAX_VALUE)));
        NativeFunction.define(table, "size", arguments -> LuaValue.valueOf(counter.size()));
        NativeFunction.define(table, "clear", arguments -> {
            counter.clear();
            return LuaValue.NONE;
        });
        return table;
    }
}
