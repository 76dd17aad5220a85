package org.syscope.chisels.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** An error inside a script that has been given, or must not get, the position it happened at. */
final class ScriptError extends LuaError {
    private static final long serialVersionUID = 1L;

    private final transient LuaValue value;
    private final int level;

    /** An error whose value is final. */
    ScriptError(LuaValue value) {
        this(value, 0);
    }

    /**
     * An error raised by the script itself.
     *
     * @param value anything
     * @param level 1 to put the position of the function that raised it in front, 2 for its caller's; 0 for none
     */
    ScriptError(LuaValue value, int level) {
        super(value.isstring() ? value.tojstring() : null);
        this.value = value;
        this.level = value.type() == LuaValue.TSTRING ? level : 0;
    }

    /** The error as it is seen one function further out. */
    ScriptError outwards(String position) {
        if (level == 0) {
            return this;
        }
        return level > 1 ? new ScriptError(value, level - 1) : new ScriptError(LuaString.valueOf(position + value.tojstring()));
    }

    /** What {@code pcall} gives the script. */
    LuaValue value() {
        return value;
    }

    @Override
    public LuaValue getMessageObject() {
        return value;
    }

    @Override
    public String getMessage() {
        return value.isstring() ? value.tojstring() : "(error object is a " + value.typename() + " value)";
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
