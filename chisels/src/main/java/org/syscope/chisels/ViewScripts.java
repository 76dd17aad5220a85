package org.syscope.chisels;

import java.io.OutputStream;
import java.util.function.Consumer;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.syscope.chisels.lua.LuaEngine;
import org.syscope.chisels.lua.ScriptException;

/** The view files of a search path: those scripts that fill a table {@code view_info}. */
public final class ViewScripts {

    private static final byte[] TABLE = {'v', 'i', 'e', 'w', '_', 'i', 'n', 'f', 'o'};

    private final ChiselPath path;

    /** The views of a search path. */
    public ViewScripts(ChiselPath path) {
        this.path = path;
    }

    /** Takes in what a view file defines. */
    @FunctionalInterface
    public interface Visitor {
        /** One view: where its file is, for messages, and its table. */
        void visit(String location, LuaTable info);
    }

    /**
     * Runs every view file, sorted by name; of two files with one name the one found first.
     *
     * @param problems gets a line for each file that does not load
     * @throws ChiselException if a directory cannot be listed
     */
    public void forEach(Visitor visitor, Consumer<String> problems) throws ChiselException {
        LuaEngine shared = engine();
        for (Script script : path.all()) {
            if (!mentionsTable(script.text())) {
                continue;
            }
            LuaEngine engine = script.stock() ? shared : engine();
            LuaTable globals = engine.globals();
            globals.rawset(LuaValue.valueOf("view_info"), LuaValue.NIL);
            try {
                engine.call(engine.load(new LuaEngine.Source(script.location(), script.text())));
            } catch (ScriptException e) {
                problems.accept("view " + script.location() + " does not load: " + e.getMessage());
                continue;
            }
            LuaValue info = globals.rawget("view_info");
            if (info.istable()) {
                visitor.visit(script.location(), info.checktable());
            }
        }
    }

    private LuaEngine engine() {
        return new LuaEngine(OutputStream.nullOutputStream(), path::module);
    }

    private static boolean mentionsTable(byte[] text) {
        for (int i = 0; i + TABLE.length <= text.length; i++) {
            int matched = 0;
            while (matched < TABLE.length && text[i + matched] == TABLE[matched]) {
                matched++;
            }
            if (matched == TABLE.length) {
                return true;
            }
        }
        return false;
    }
}
