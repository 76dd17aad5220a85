package org.syscope.chisels.lua;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code io} and the methods of files. */
final class IoLibrary {
    private final LuaEngine engine;
    private final LuaTable methods = new LuaTable();
    private final LuaTable metatable = new LuaTable();
    private LuaValue input;
    private LuaValue output;

    IoLibrary(LuaEngine engine, OutputStream out) {
        this.engine = engine;
        metatable.set("__index", methods);
        NativeFunction.define(metatable, "__tostring", arguments -> LuaValue.valueOf(file(arguments, 1).toString()));
        NativeFunction.define(methods, "close", arguments -> close(file(arguments, 1)));
        NativeFunction.define(methods, "flush", arguments -> flush(file(arguments, 1), arguments.arg1()));
        NativeFunction.define(methods, "lines", arguments -> lines(file(arguments, 1), arguments.subargs(2), false));
        NativeFunction.define(methods, "read", arguments -> read(file(arguments, 1), arguments.subargs(2)));
        NativeFunction.define(methods, "seek", IoLibrary::seek);
        NativeFunction.define(methods, "setvbuf", arguments -> LuaValue.TRUE);
        NativeFunction.define(methods, "write", arguments -> write(arguments.arg1(), arguments.subargs(2)));
        input = wrap(ScriptFile.of("stdin", System.in, null));
        output = wrap(ScriptFile.of("stdout", null, out));
    }

    LuaTable table() {
        LuaTable table = new LuaTable();
        table.set("stdin", input);
        table.set("stdout", output);
        table.set("stderr", wrap(ScriptFile.of("stderr", null, new FileOutputStream(FileDescriptor.err))));
        NativeFunction.define(table, "open", this::open);
        NativeFunction.define(table, "popen", this::popen);
        NativeFunction.define(table, "close", arguments -> close(arguments.isnil(1) ? file(output) : file(arguments, 1)));
        NativeFunction.define(table, "flush", arguments -> flush(file(output), output));
        NativeFunction.define(table, "read", arguments -> read(file(input), arguments));
        NativeFunction.define(table, "write", arguments -> write(output, arguments));
        NativeFunction.define(table, "lines", this::fileLines);
        NativeFunction.define(table, "type", IoLibrary::type);
        NativeFunction.define(table, "input", this::input);
        NativeFunction.define(table, "output", this::output);
        NativeFunction.define(table, "tmpfile", arguments -> temporary());
        return table;
    }

    private LuaValue wrap(ScriptFile file) {
        return new LuaUserdata(file, metatable);
    }

    private static ScriptFile file(LuaValue value) {
        return (ScriptFile) value.checkuserdata(ScriptFile.class);
    }

    private static ScriptFile file(Varargs arguments, int index) {
        if (!arguments.arg(index).isuserdata(ScriptFile.class)) {
            throw new LuaError("bad argument #" + index + " (file expected, got " + arguments.arg(index).typename() + ")");
        }
        ScriptFile file = file(arguments.arg(index));
        if (file.isClosed()) {
            throw new LuaError("attempt to use a closed file");
        }
        return file;
    }

    private static Varargs failure(String name, IOException e) {
        String reason = switch (e) {
            case java.nio.file.NoSuchFileException missing -> "No such file or directory";
            case java.nio.file.AccessDeniedException denied -> "Permission denied";
            default -> e.getMessage();
        };
        return LuaValue.varargsOf(LuaValue.NIL, LuaValue.valueOf(name.isEmpty() ? reason : name + ": " + reason),
                LuaValue.ONE);
    }

    private Varargs open(Varargs arguments) {
        String name = arguments.checkjstring(1);
        try {
            return wrap(ScriptFile.open(Path.of(name), arguments.optjstring(2, "r")));
        } catch (IOException e) {
            return failure(name, e);
        }
    }

    private Varargs popen(Varargs arguments) {
        String command = arguments.checkjstring(1);
        try {
            engine.out().flush();
            boolean writes = arguments.optjstring(2, "r").startsWith("w");
            ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).redirectError(ProcessBuilder.Redirect.INHERIT);
            if (writes) {
                builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
            } else {
                builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
            }
            return wrap(ScriptFile.of(builder.start(), writes));
        } catch (IOException e) {
            return failure(command, e);
        }
    }

    private Varargs temporary() {
        try {
            Path path = Files.createTempFile("lua", null);
            ScriptFile file = ScriptFile.open(path, "w+");
            Files.delete(path);
            return wrap(file);
        } catch (IOException e) {
            return failure("tmpfile", e);
        }
    }

    private static Varargs close(ScriptFile file) {
        try {
            file.close();
            return LuaValue.TRUE;
        } catch (IOException e) {
            return failure("", e);
        }
    }

    private static Varargs flush(ScriptFile file, LuaValue value) {
        try {
            file.flush();
            return value;
        } catch (IOException e) {
            return failure("", e);
        }
    }

    private static Varargs seek(Varargs arguments) {
        try {
            long position = file(arguments, 1).seek(arguments.optjstring(2, "cur"), (long) arguments.optdouble(3, 0));
            return LuaValue.valueOf((double) position);
        } catch (IOException e) {
            return failure("", e);
        }
    }

    private static Varargs write(LuaValue handle, Varargs values) {
        ScriptFile file = file(handle);
        try {
            for (int i = 1; i <= values.narg(); i++) {
                LuaString text = StringLibrary.text(values, i, "write");
                file.write(text.m_bytes, text.m_offset, text.m_length);
            }
            return handle;
        } catch (IOException e) {
            return failure("", e);
        }
    }

    private Varargs fileLines(Varargs arguments) {
        if (arguments.isnil(1)) {
            return lines(file(input), LuaValue.NONE, false);
        }
        String name = arguments.checkjstring(1);
        try {
            return lines(ScriptFile.open(Path.of(name), "r"), arguments.subargs(2), true);
        } catch (IOException e) {
            throw new LuaError(failure(name, e).arg(2).tojstring());
        }
    }

    private Varargs lines(ScriptFile file, Varargs formats, boolean closes) {
        return new NativeFunction("lines", ignored -> {
            Varargs line = read(file, formats);
            if (line.arg1().isnil() && closes) {
                close(file);
            }
            return line;
        });
    }

    private Varargs read(ScriptFile file, Varargs formats) {
        try {
            int count = Math.max(formats.narg(), 1);
            LuaValue[] values = new LuaValue[count];
            for (int i = 0; i < count; i++) {
                values[i] = formats.narg() == 0 ? file.line(false) : one(file, formats.arg(i + 1));
                if (values[i].isnil()) {
                    return LuaValue.varargsOf(values, 0, i + 1);
                }
            }
            return LuaValue.varargsOf(values);
        } catch (IOException e) {
            return failure("", e);
        }
    }

    private static LuaValue one(ScriptFile file, LuaValue format) throws IOException {
        if (format.type() == LuaValue.TNUMBER) {
            return file.bytes(format.toint());
        }
        String name = format.checkjstring();
        return switch (name.startsWith("*") ? name.substring(1) : name) {
            case "l" -> file.line(false);
            case "L" -> file.line(true);
            case "a" -> file.rest();
            case "n" -> file.number();
            default -> throw new LuaError("bad argument to 'read' (invalid format)");
        };
    }

    private static Varargs type(Varargs arguments) {
        if (!arguments.arg1().isuserdata(ScriptFile.class)) {
            return LuaValue.NIL;
        }
        return LuaValue.valueOf(file(arguments.arg1()).isClosed() ? "closed file" : "file");
    }

    private Varargs input(Varargs arguments) {
        if (arguments.arg1().isstring()) {
            input = required(open(arguments));
        } else if (!arguments.isnil(1)) {
            input = arguments.arg1();
        }
        return input;
    }

    private Varargs output(Varargs arguments) {
        if (arguments.arg1().isstring()) {
            output = required(open(LuaValue.varargsOf(arguments.arg1(), LuaValue.valueOf("w"))));
        } else if (!arguments.isnil(1)) {
            output = arguments.arg1();
        }
        return output;
    }

    private static LuaValue required(Varargs opened) {
        if (opened.arg1().isnil()) {
            throw new LuaError(opened.arg(2).tojstring());
        }
        return opened.arg1();
    }
}
