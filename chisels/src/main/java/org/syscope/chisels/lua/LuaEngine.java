package org.syscope.chisels.lua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.Bit32Lib;
import org.luaj.vm2.lib.CoroutineLib;
import org.luaj.vm2.lib.TableLib;
import org.luaj.vm2.lib.jse.JseBaseLib;
import org.luaj.vm2.lib.jse.JseMathLib;

/**
 * One script's world: its globals, its libraries, its limits. A script that loops is stopped by {@link #interrupt}; one
 * that gathers more than most of the heap is stopped too. Both are errors that the script cannot catch.
 */
public final class LuaEngine {
    private static final int BUDGET = 20_000;
    private static final int LONGEST_STRING = 512 << 20;

    private final Globals globals = new Globals();
    private final LuaTable strings = new LuaTable();
    private final LuaTable stringMetatable = new LuaTable();
    private final MemoryBound memory;
    private final OutputStream out;
    private volatile boolean interrupted;
    private int budget = BUDGET;

    /** Where {@code require} finds modules. */
    @FunctionalInterface
    public interface Modules {
        /**
         * Looks for a module.
         *
         * @param name as the script gives it
         * @return null if there is none
         */
        Source find(String name);
    }

    /**
     * The text of a script.
     *
     * @param location the name that messages begin with
     * @param text the source
     */
    public record Source(String location, byte[] text) {
    }

    /**
     * A world with the standard libraries.
     *
     * @param out where {@code print} and {@code io.write} go
     * @param modules where {@code require} looks
     */
    public LuaEngine(OutputStream out, Modules modules) {
        this(out, modules, new MemoryBound());
    }

    LuaEngine(OutputStream out, Modules modules, MemoryBound memory) {
        this.out = out;
        this.memory = memory;
        LuaTable packages = new LuaTable();
        LuaTable loaded = new LuaTable();
        packages.set("loaded", loaded);
        packages.set("preload", new LuaTable());
        globals.set("package", packages);
        globals.load(new JseBaseLib());
        globals.set("package", packages);
        globals.load(new TableLib());
        globals.load(new JseMathLib());
        globals.load(new CoroutineLib());
        globals.load(new Bit32Lib());
        globals.set("string", strings);
        stringMetatable.set("__index", strings);
        StringLibrary.install(this, strings);
        TableLibrary.install(this, globals.get("table").checktable());
        MathLibrary.install(globals);
        globals.set("os", OsLibrary.table());
        globals.set("io", new IoLibrary(this, out).table());
        BaseLibrary.install(this, globals, modules);
        for (String library : new String[]{"string", "table", "math", "coroutine", "bit", "bit32", "io", "os"}) {
            loaded.set(library, globals.get(library));
        }
        loaded.set("_G", globals);
    }

    /** The script's global variables. */
    public LuaTable globals() {
        return globals;
    }

    /** Where the script prints. */
    OutputStream out() {
        return out;
    }

    /** The table of string functions, in which strings look up their methods. */
    LuaTable strings() {
        return strings;
    }

    LuaTable stringMetatable() {
        return stringMetatable;
    }

    /**
     * Compiles a script without running it.
     *
     * @throws ScriptException if it is no Lua
     */
    public LuaFunction load(Source source) throws ScriptException {
        try {
            return compile(source.text(), "@" + source.location(), globals);
        } catch (LuaError e) {
            throw new ScriptException(e.getMessage());
        }
    }

    /** Compiles a chunk; the errors are those of the language. */
    LuaFunction compile(byte[] text, String chunkName, LuaValue environment) {
        int start = 0;
        if (text.length > 0 && text[0] == '#') {
            while (start < text.length && text[start] != '\n') {
                start++;
            }
        }
        if (start < text.length && text[start] == 0x1b) {
            throw new LuaError("compiled scripts are not supported");
        }
        try {
            return Closure.main(this, LuaC.instance.compile(
                    new ByteArrayInputStream(text, start, text.length - start), chunkName), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LuaError e) {
            throw new ScriptError(LuaString.valueOf(SyntaxErrors.readable(String.valueOf(e.getMessage()))));
        } catch (NumberFormatException e) {
            throw new ScriptError(LuaString.valueOf(chunkName.substring(1) + ": malformed number: " + e.getMessage()));
        } catch (IndexOutOfBoundsException | NegativeArraySizeException | ClassCastException | NullPointerException e) {
            throw new ScriptError(LuaString.valueOf(chunkName.substring(1) + ": function or expression too complex"));
        } catch (StackOverflowError e) {
            throw new ScriptError(LuaString.valueOf(chunkName.substring(1) + ": chunk has too many syntax levels"));
        }
    }

    /**
     * Calls a function of the script's.
     *
     * @throws ScriptException if it fails, is interrupted or needs too much memory
     */
    public LuaValue call(LuaValue function) throws ScriptException {
        try {
            return function.call();
        } catch (LuaError | ScriptAbort | ScriptExit | StackOverflowError | OutOfMemoryError e) {
            throw exception(e);
        }
    }

    /**
     * Calls a function of the script's with arguments.
     *
     * @throws ScriptException if it fails, is interrupted or needs too much memory
     */
    public Varargs call(LuaValue function, Varargs arguments) throws ScriptException {
        try {
            return function.invoke(arguments);
        } catch (LuaError | ScriptAbort | ScriptExit | StackOverflowError | OutOfMemoryError e) {
            throw exception(e);
        }
    }

    private ScriptException exception(Throwable e) {
        return switch (e) {
            case StackOverflowError overflow -> new ScriptException("stack overflow");
            case ScriptExit exit -> new ScriptException(exit.status());
            case OutOfMemoryError full -> new ScriptException(memory.message());
            default -> new ScriptException(e.getMessage());
        };
    }

    /** Stops the script at its next jump or call. Any thread may call this. */
    public void interrupt() {
        interrupted = true;
    }

    /** Counts a jump or call. */
    void count() {
        if (--budget < 0) {
            check();
        }
    }

    /** Ends the script if it was interrupted or has used up its memory. */
    void check() {
        budget = BUDGET;
        if (interrupted) {
            throw new ScriptAbort("interrupted");
        }
        memory.check();
    }

    /** A string's length, if it may be as long as that. */
    int checkedLength(long length) {
        if (length > LONGEST_STRING) {
            throw new LuaError("not enough memory for a string of " + length + " bytes");
        }
        if (length > 1 << 20) {
            memory.check(length);
        }
        return (int) length;
    }

    /** A value as {@code tostring} gives it, metatable and numbers included. */
    LuaString text(LuaValue value) {
        LuaString text = NumberText.of(value);
        if (text != null) {
            return text;
        }
        LuaValue handler = value.metatag(LuaValue.TOSTRING);
        if (!handler.isnil()) {
            LuaString result = NumberText.of(handler.call(value));
            if (result == null) {
                throw new LuaError("'tostring' must return a string to 'print'");
            }
            return result;
        }
        return LuaString.valueOf(value.isfunction() ? "function: " + Integer.toHexString(value.hashCode())
                : value.tojstring());
    }
}
