package org.syscope.chisels.lua;

import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;

/** What {@code math} had in 5.1 and LuaJ's has not. */
final class MathLibrary {
    private MathLibrary() {
    }

    static void install(LuaTable globals) {
        LuaTable table = globals.get("math").checktable();
        NativeFunction.define(table, "log10", arguments -> LuaValue.valueOf(Math.log10(arguments.checkdouble(1))));
        NativeFunction.define(table, "mod", arguments -> LuaValue.valueOf(arguments.checkdouble(1) % arguments.checkdouble(2)));
        NativeFunction.define(table, "floor", arguments -> LuaValue.valueOf(Math.floor(arguments.checkdouble(1))));
        NativeFunction.define(table, "ceil", arguments -> LuaValue.valueOf(Math.ceil(arguments.checkdouble(1))));
    }
}
