package org.syscope.chisels;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.syscope.chisels.lua.LuaEngine;
import org.syscope.chisels.lua.ScriptException;

/** A script in an engine of its own, its main chunk run: its callbacks and what it says of itself are there. */
final class LoadedScript {
    private final Script script;
    private final LuaEngine engine;

    private LoadedScript(Script script, LuaEngine engine) {
        this.script = script;
        this.engine = engine;
    }

    /** Puts tables of functions into the globals before the script's main chunk runs. */
    @FunctionalInterface
    interface Interfaces {
        void install(LuaTable globals);
    }

    /**
     * Loads a script.
     *
     * @throws ChiselException if it is no Lua, or its main chunk fails
     */
    static LoadedScript load(Script script, ChiselPath path, OutputStream out, Interfaces interfaces) throws ChiselException {
        LuaEngine engine = new LuaEngine(out, path::module);
        interfaces.install(engine.globals());
        try {
            engine.call(engine.load(new LuaEngine.Source(script.location(), script.text())));
        } catch (ScriptException e) {
            throw ChiselException.failure("failed to load chisel " + script.name() + ": " + e.getMessage());
        }
        return new LoadedScript(script, engine);
    }

    String name() {
        return script.name();
    }

    LuaEngine engine() {
        return engine;
    }

    /** A callback; null if the script has none. */
    LuaValue callback(String name) {
        LuaValue function = engine.globals().rawget(name);
        return function.isfunction() ? function : null;
    }

    /** Whether this is a view of the terminal interface, not a chisel. */
    boolean isView() {
        return engine.globals().rawget("view_info").istable();
    }

    /**
     * What the script says of itself.
     *
     * @throws ChiselException if it declares no arguments, not even none
     */
    ChiselInfo info() throws ChiselException {
        LuaTable globals = engine.globals();
        if (!globals.rawget("args").istable()) {
            throw ChiselException.failure("failed to load chisel " + script.name() + ": args table missing in "
                    + script.location());
        }
        LuaTable declared = globals.rawget("args").checktable();
        List<ChiselArgument> arguments = new ArrayList<>();
        for (int i = 1; i <= declared.length(); i++) {
            LuaValue argument = declared.get(i);
            if (!argument.istable() || !argument.get("name").isstring()) {
                throw ChiselException.failure("failed to load chisel " + script.name() + ": argument " + i
                        + " of the args table has no name in " + script.location());
            }
            arguments.add(new ChiselArgument(argument.get("name").tojstring(), argument.get("description").optjstring(""),
                    argument.get("argtype").optjstring("string"), argument.get("optional").toboolean()));
        }
        return new ChiselInfo(script.name(), text(globals, "category"), text(globals, "short_description"),
                text(globals, "description"), arguments, globals.rawget("hidden").toboolean());
    }

    private static String text(LuaTable globals, String name) {
        LuaValue value = globals.rawget(name);
        return value.isstring() ? value.tojstring() : "";
    }

    /**
     * Calls a callback.
     *
     * @param what for messages
     * @throws ChiselException if it fails
     */
    Varargs call(LuaValue function, String what, Varargs arguments) throws ChiselException {
        try {
            return engine.call(function, arguments);
        } catch (ScriptException e) {
            throw failure(what, e);
        }
    }

    /** Calls a callback without arguments, for its first result. */
    LuaValue call(LuaValue function, String what) throws ChiselException {
        try {
            return engine.call(function);
        } catch (ScriptException e) {
            throw failure(what, e);
        }
    }

    private ChiselException failure(String what, ScriptException e) {
        if (e.exitStatus() >= 0) {
            return ChiselException.exit(e.exitStatus());
        }
        return ChiselException.failure("chisel " + script.name() + ": error in " + what + "(): " + e.getMessage());
    }
}
