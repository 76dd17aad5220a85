package org.syscope.chisels.lua;

import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** A function written in Java for scripts to call. */
public final class NativeFunction extends LuaFunction {
    private final String name;
    private final Body body;

    /** What the function does. */
    @FunctionalInterface
    public interface Body {
        /** Takes the arguments, gives the results. */
        Varargs call(Varargs arguments);
    }

    /** A function with the name it has for the user. */
    public NativeFunction(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    /** Puts a function into a table. */
    public static void define(LuaTable table, String name, Body body) {
        table.rawset(LuaValue.valueOf(name), new NativeFunction(name, body));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LuaValue call() {
        return body.call(NONE).arg1();
    }

    @Override
    public LuaValue call(LuaValue a) {
        return body.call(a).arg1();
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b) {
        return body.call(varargsOf(a, b)).arg1();
    }

    @Override
    public LuaValue call(LuaValue a, LuaValue b, LuaValue c) {
        return body.call(varargsOf(a, b, c)).arg1();
    }

    @Override
    public Varargs invoke(Varargs arguments) {
        return body.call(arguments);
    }
}
