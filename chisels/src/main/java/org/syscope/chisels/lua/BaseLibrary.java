package org.syscope.chisels.lua;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The global functions that LuaJ lacks or does otherwise than 5.1, and {@code require}. */
final class BaseLibrary {
    private final LuaEngine engine;
    private final LuaTable globals;
    private final LuaEngine.Modules modules;
    private LuaFunction loading;

    private BaseLibrary(LuaEngine engine, LuaTable globals, LuaEngine.Modules modules) {
        this.engine = engine;
        this.globals = globals;
        this.modules = modules;
    }

    static void install(LuaEngine engine, LuaTable globals, LuaEngine.Modules modules) {
        BaseLibrary library = new BaseLibrary(engine, globals, modules);
        globals.set("_G", globals);
        globals.set("_VERSION", "Lua 5.1");
        LuaValue unpack = new NativeFunction("unpack", BaseLibrary::unpack);
        globals.set("unpack", unpack);
        globals.get("table").set("unpack", unpack);
        NativeFunction.define(globals, "print", library::print);
        NativeFunction.define(globals, "tostring", arguments -> engine.text(required(arguments, 1, "tostring")));
        NativeFunction.define(globals, "error", arguments -> {
            throw new ScriptError(arguments.arg1(), arguments.optint(2, 1));
        });
        NativeFunction.define(globals, "pcall", arguments -> protectedCall(
                required(arguments, 1, "pcall"), arguments.subargs(2), null));
        NativeFunction.define(globals, "xpcall", arguments -> protectedCall(
                required(arguments, 1, "xpcall"), arguments.subargs(3), arguments.arg(2)));
        NativeFunction.define(globals, "loadstring", arguments -> library.load(
                StringLibrary.text(arguments, 1, "loadstring"), arguments.arg(2), globals));
        NativeFunction.define(globals, "load", library::loadPieces);
        NativeFunction.define(globals, "loadfile", arguments -> library.loadFile(arguments.checkjstring(1)));
        NativeFunction.define(globals, "dofile", library::doFile);
        NativeFunction.define(globals, "require", library::require);
        NativeFunction.define(globals, "module", library::module);
        NativeFunction.define(globals, "getfenv", library::getEnvironment);
        NativeFunction.define(globals, "setfenv", BaseLibrary::setEnvironment);
        NativeFunction.define(globals, "getmetatable", library::getMetatable);
        NativeFunction.define(globals, "collectgarbage", BaseLibrary::collectGarbage);
        NativeFunction.define(globals, "gcinfo", arguments -> LuaValue.valueOf(usedKilobytes()));
        LuaTable packages = globals.get("package").checktable();
        packages.set("path", "./?.lua");
        packages.set("cpath", "");
        packages.set("config", "/\n;\n?\n!\n-");
        NativeFunction.define(packages, "seeall", arguments -> {
            LuaTable metatable = new LuaTable();
            metatable.set("__index", globals);
            arguments.checktable(1).setmetatable(metatable);
            return LuaValue.NONE;
        });
        globals.set("bit", BitLibrary.table());
        LuaTable debug = new LuaTable();
        globals.set("debug", debug);
        NativeFunction.define(debug, "traceback", arguments -> arguments.narg() == 0 ? LuaValue.EMPTYSTRING : arguments.arg1());
        NativeFunction.define(debug, "getinfo", arguments -> information(arguments));
    }

    private static LuaValue required(Varargs arguments, int index, String function) {
        if (arguments.narg() < index) {
            throw new LuaError("bad argument #" + index + " to '" + function + "' (value expected)");
        }
        return arguments.arg(index);
    }

    private static Varargs unpack(Varargs arguments) {
        LuaTable table = arguments.checktable(1);
        int from = StringLibrary.whole(arguments, 2, "unpack", 1);
        int to = StringLibrary.whole(arguments, 3, "unpack", table.length());
        if (from > to) {
            return LuaValue.NONE;
        }
        if ((long) to - from >= 1_000_000) {
            throw new LuaError("too many results to unpack");
        }
        LuaValue[] values = new LuaValue[to - from + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.get(from + i);
        }
        return LuaValue.varargsOf(values);
    }

    private Varargs print(Varargs arguments) {
        try {
            for (int i = 1; i <= arguments.narg(); i++) {
                LuaString text = engine.text(arguments.arg(i));
                if (i > 1) {
                    engine.out().write('\t');
                }
                engine.out().write(text.m_bytes, text.m_offset, text.m_length);
            }
            engine.out().write('\n');
            return LuaValue.NONE;
        } catch (IOException e) {
            throw new LuaError("cannot write: " + e.getMessage());
        }
    }

    private static Varargs protectedCall(LuaValue function, Varargs arguments, LuaValue handler) {
        LuaValue error;
        try {
            return LuaValue.varargsOf(LuaValue.TRUE, function.invoke(arguments));
        } catch (LuaError e) {
            error = value(e);
        } catch (StackOverflowError e) {
            error = LuaValue.valueOf("stack overflow");
        }
        return LuaValue.varargsOf(LuaValue.FALSE, handler == null ? error : handler.invoke(error));
    }

    private static LuaValue value(LuaError error) {
        return error instanceof ScriptError script ? script.value()
                : error.getMessageObject() != null ? error.getMessageObject() : LuaValue.valueOf(error.getMessage());
    }

    private Varargs load(LuaString text, LuaValue name, LuaValue environment) {
        byte[] bytes = new byte[text.m_length];
        System.arraycopy(text.m_bytes, text.m_offset, bytes, 0, text.m_length);
        String chunk = name.isnil() ? "=" + firstLine(text.tojstring()) : name.tojstring();
        try {
            return engine.compile(bytes, chunk, environment);
        } catch (LuaError e) {
            return LuaValue.varargsOf(LuaValue.NIL, value(e));
        }
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return "[string \"" + (end < 0 ? text : text.substring(0, end) + "...") + "\"]";
    }

    private Varargs loadPieces(Varargs arguments) {
        LuaValue chunk = arguments.arg1();
        LuaValue environment = arguments.narg() >= 4 ? arguments.arg(4) : globals;
        if (chunk.isstring()) {
            return load(NumberText.of(chunk), arguments.arg(2), environment);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        LuaValue piece = chunk.checkfunction().call();
        while (!piece.isnil() && piece.length() > 0) {
            LuaString text = piece.checkstring();
            all.write(text.m_bytes, text.m_offset, text.m_length);
            piece = chunk.call();
        }
        byte[] bytes = all.toByteArray();
        LuaValue name = arguments.optvalue(2, LuaValue.valueOf("=(load)"));
        return load(LuaString.valueUsing(bytes, 0, bytes.length), name, environment);
    }

    private Varargs loadFile(String name) {
        try {
            return engine.compile(Files.readAllBytes(Path.of(name)), "@" + name, globals);
        } catch (IOException e) {
            return LuaValue.varargsOf(LuaValue.NIL, LuaValue.valueOf("cannot open " + name));
        } catch (LuaError e) {
            return LuaValue.varargsOf(LuaValue.NIL, value(e));
        }
    }

    private Varargs doFile(Varargs arguments) {
        Varargs loaded = loadFile(arguments.checkjstring(1));
        if (loaded.arg1().isnil()) {
            throw new ScriptError(loaded.arg(2));
        }
        return loaded.arg1().invoke();
    }

    private Varargs require(Varargs arguments) {
        LuaString name = StringLibrary.text(arguments, 1, "require");
        LuaTable packages = globals.get("package").checktable();
        LuaTable loaded = packages.get("loaded").checktable();
        LuaValue value = loaded.get(name);
        if (value.toboolean()) {
            return value;
        }
        LuaValue preloaded = packages.get("preload").get(name);
        LuaFunction loader;
        if (preloaded.isfunction()) {
            loader = preloaded.checkfunction();
        } else {
            LuaEngine.Source source = find(name.tojstring(), packages.get("path").optjstring(""));
            if (source == null) {
                throw new LuaError("module '" + name.tojstring() + "' not found: it is in no chisel directory");
            }
            loader = engine.compile(source.text(), "@" + source.location(), globals);
        }
        LuaFunction outer = loading;
        loading = loader;
        LuaValue result;
        try {
            result = loader.call(name);
        } finally {
            loading = outer;
        }
        if (!result.isnil()) {
            loaded.set(name, result);
        } else if (loaded.get(name).isnil()) {
            loaded.set(name, LuaValue.TRUE);
        }
        return loaded.get(name);
    }

    private LuaEngine.Source find(String name, String path) {
        LuaEngine.Source source = modules.find(name.replace('.', '/'));
        if (source != null) {
            return source;
        }
        for (String template : path.split(";")) {
            Path file = Path.of(template.replace("?", name.replace('.', '/')));
            if (!template.isEmpty() && Files.isRegularFile(file)) {
                try {
                    return new LuaEngine.Source(file.toString(), Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return null;
    }

    private Varargs module(Varargs arguments) {
        LuaString name = StringLibrary.text(arguments, 1, "module");
        LuaTable loaded = globals.get("package").get("loaded").checktable();
        LuaValue existing = loaded.get(name);
        LuaTable module = existing.istable() ? existing.checktable() : new LuaTable();
        loaded.set(name, module);
        LuaTable holder = globals;
        String rest = name.tojstring();
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
            LuaValue next = holder.get(rest.substring(0, dot));
            if (!next.istable()) {
                next = new LuaTable();
                holder.set(rest.substring(0, dot), next);
            }
            holder = next.checktable();
            rest = rest.substring(dot + 1);
        }
        holder.set(rest, module);
        module.set("_M", module);
        module.set("_NAME", name);
        for (int i = 2; i <= arguments.narg(); i++) {
            arguments.arg(i).call(module);
        }
        if (loading instanceof Closure chunk) {
            chunk.environment(module);
        }
        return LuaValue.NONE;
    }

    private Varargs getEnvironment(Varargs arguments) {
        LuaValue environment = arguments.arg1() instanceof Closure closure ? closure.environment() : globals;
        return environment == null ? globals : environment;
    }

    private static Varargs setEnvironment(Varargs arguments) {
        LuaTable table = arguments.checktable(2);
        if (!(arguments.arg1() instanceof Closure closure)) {
            throw new LuaError("'setfenv' works on functions only, not on call levels");
        }
        closure.environment(table);
        return closure;
    }

    private Varargs getMetatable(Varargs arguments) {
        LuaValue value = required(arguments, 1, "getmetatable");
        LuaValue metatable = value instanceof LuaString ? engine.stringMetatable() : value.getmetatable();
        if (metatable == null || metatable.isnil()) {
            return LuaValue.NIL;
        }
        LuaValue shown = metatable.rawget(LuaValue.METATABLE);
        return shown.isnil() ? metatable : shown;
    }

    private static Varargs collectGarbage(Varargs arguments) {
        return switch (arguments.optjstring(1, "collect")) {
            case "count" -> LuaValue.valueOf(usedKilobytes());
            case "collect", "stop", "restart", "setpause", "setstepmul" -> LuaValue.ZERO;
            case "step" -> LuaValue.TRUE;
            default -> throw new LuaError("bad argument #1 to 'collectgarbage' (invalid option)");
        };
    }

    private static double usedKilobytes() {
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024.0;
    }

    private static Varargs information(Varargs arguments) {
        LuaTable information = new LuaTable();
        information.set("what", "Lua");
        information.set("currentline", -1);
        if (arguments.arg1() instanceof Closure closure) {
            information.set("source", closure.prototype().source);
            information.set("short_src", closure.prototype().shortsource());
            information.set("linedefined", closure.prototype().linedefined);
            information.set("func", closure);
        } else {
            information.set("source", "=?");
            information.set("short_src", "?");
        }
        return information;
    }
}
