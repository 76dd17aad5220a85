package org.syscope.chisels.lua;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The functions of {@code string}, all of them on bytes. */
final class StringLibrary {
    private final LuaEngine engine;

    private StringLibrary(LuaEngine engine) {
        this.engine = engine;
    }

    static void install(LuaEngine engine, LuaTable table) {
        StringLibrary library = new StringLibrary(engine);
        NativeFunction.define(table, "byte", StringLibrary::bytes);
        NativeFunction.define(table, "char", StringLibrary::chars);
        NativeFunction.define(table, "find", arguments -> library.search(arguments, true));
        NativeFunction.define(table, "format", arguments -> LuaFormat.format(engine, arguments));
        NativeFunction.define(table, "gmatch", library::eachMatch);
        NativeFunction.define(table, "gfind", library::eachMatch);
        NativeFunction.define(table, "gsub", library::substitute);
        NativeFunction.define(table, "len", arguments -> LuaValue.valueOf(text(arguments, 1, "len").m_length));
        NativeFunction.define(table, "lower", arguments -> mapped(text(arguments, 1, "lower"), 'A', 'Z', 32));
        NativeFunction.define(table, "match", arguments -> library.search(arguments, false));
        NativeFunction.define(table, "rep", library::repeat);
        NativeFunction.define(table, "reverse", StringLibrary::reverse);
        NativeFunction.define(table, "sub", StringLibrary::part);
        NativeFunction.define(table, "upper", arguments -> mapped(text(arguments, 1, "upper"), 'a', 'z', -32));
    }

    /** An argument that must be a string or number. */
    static LuaString text(Varargs arguments, int index, String function) {
        LuaString text = NumberText.of(arguments.arg(index));
        if (text == null) {
            throw new LuaError("bad argument #" + index + " to '" + function + "' (string expected, got "
                    + (index > arguments.narg() ? "no value" : arguments.arg(index).typename()) + ")");
        }
        return text;
    }

    /** An argument that must be a number; fractions are cut off. */
    static int whole(Varargs arguments, int index, String function, int absent) {
        LuaValue value = arguments.arg(index);
        if (value.isnil()) {
            return absent;
        }
        LuaValue number = value.tonumber();
        if (number.isnil()) {
            throw new LuaError("bad argument #" + index + " to '" + function + "' (number expected, got "
                    + value.typename() + ")");
        }
        return (int) number.todouble();
    }

    private static LuaString wrap(byte[] bytes) {
        return LuaString.valueUsing(bytes, 0, bytes.length);
    }

    private static int position(int index, int length) {
        return index < 0 ? Math.max(length + index + 1, 0) : index;
    }

    private static Varargs bytes(Varargs arguments) {
        LuaString text = text(arguments, 1, "byte");
        int from = position(whole(arguments, 2, "byte", 1), text.m_length);
        int to = Math.min(position(whole(arguments, 3, "byte", from), text.m_length), text.m_length);
        from = Math.max(from, 1);
        if (from > to) {
            return LuaValue.NONE;
        }
        LuaValue[] values = new LuaValue[to - from + 1];
        for (int i = 0; i < values.length; i++) {
            values[i] = LuaValue.valueOf(text.luaByte(from - 1 + i));
        }
        return LuaValue.varargsOf(values);
    }

    private static Varargs chars(Varargs arguments) {
        byte[] bytes = new byte[arguments.narg()];
        for (int i = 0; i < bytes.length; i++) {
            int c = whole(arguments, i + 1, "char", -1);
            if (c < 0 || c > 255) {
                throw new LuaError("bad argument #" + (i + 1) + " to 'char' (invalid value)");
            }
            bytes[i] = (byte) c;
        }
        return wrap(bytes);
    }

    private static LuaString mapped(LuaString text, char first, char last, int shift) {
        byte[] bytes = new byte[text.m_length];
        for (int i = 0; i < bytes.length; i++) {
            byte c = text.m_bytes[text.m_offset + i];
            bytes[i] = (byte) (c >= first && c <= last ? c + shift : c);
        }
        return wrap(bytes);
    }

    private static LuaString reverse(Varargs arguments) {
        LuaString text = text(arguments, 1, "reverse");
        byte[] bytes = new byte[text.m_length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = text.m_bytes[text.m_offset + bytes.length - 1 - i];
        }
        return wrap(bytes);
    }

    private static LuaString part(Varargs arguments) {
        LuaString text = text(arguments, 1, "sub");
        int from = Math.max(position(whole(arguments, 2, "sub", 1), text.m_length), 1);
        int to = Math.min(position(whole(arguments, 3, "sub", -1), text.m_length), text.m_length);
        return from > to ? LuaValue.EMPTYSTRING : text.substring(from - 1, to);
    }

    private LuaString repeat(Varargs arguments) {
        LuaString text = text(arguments, 1, "rep");
        int times = whole(arguments, 2, "rep", 0);
        LuaString between = arguments.arg(3).isnil() ? LuaValue.EMPTYSTRING : text(arguments, 3, "rep");
        if (times <= 0) {
            return LuaValue.EMPTYSTRING;
        }
        byte[] bytes = new byte[engine.checkedLength((long) text.m_length * times + (long) between.m_length * (times - 1))];
        int at = 0;
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                System.arraycopy(between.m_bytes, between.m_offset, bytes, at, between.m_length);
                at += between.m_length;
            }
            System.arraycopy(text.m_bytes, text.m_offset, bytes, at, text.m_length);
            at += text.m_length;
        }
        return wrap(bytes);
    }

    private Varargs search(Varargs arguments, boolean find) {
        String name = find ? "find" : "match";
        LuaString text = text(arguments, 1, name);
        LuaString pattern = text(arguments, 2, name);
        int start = position(whole(arguments, 3, name, 1), text.m_length) - 1;
        start = Math.max(start, 0);
        if (start > text.m_length) {
            return LuaValue.NIL;
        }
        if (find && (arguments.arg(4).toboolean() || isPlain(pattern))) {
            int at = text.indexOf(pattern, start);
            return at < 0 ? LuaValue.NIL
                    : LuaValue.varargsOf(LuaValue.valueOf(at + 1), LuaValue.valueOf(at + pattern.m_length));
        }
        boolean anchored = isAnchored(pattern);
        LuaPattern matcher = new LuaPattern(engine, text, pattern);
        int first = pattern.m_offset + (anchored ? 1 : 0);
        int textEnd = text.m_offset + text.m_length;
        for (int at = text.m_offset + start; at <= textEnd; at++) {
            int end = matcher.match(at, first);
            if (end >= 0) {
                if (!find) {
                    return results(matcher, at, end);
                }
                Varargs captures = matcher.captures() == 0 ? LuaValue.NONE : results(matcher, at, end);
                return LuaValue.varargsOf(LuaValue.valueOf(at - text.m_offset + 1),
                        LuaValue.valueOf(end - text.m_offset), captures);
            }
            if (anchored) {
                break;
            }
        }
        return LuaValue.NIL;
    }

    private static boolean isAnchored(LuaString pattern) {
        return pattern.m_length > 0 && pattern.m_bytes[pattern.m_offset] == '^';
    }

    private static boolean isPlain(LuaString pattern) {
        for (int i = 0; i < pattern.m_length; i++) {
            if ("^$*+?.([%-".indexOf(pattern.m_bytes[pattern.m_offset + i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static Varargs results(LuaPattern matcher, int start, int end) {
        int count = Math.max(matcher.captures(), 1);
        if (count == 1) {
            return matcher.capture(0, start, end);
        }
        LuaValue[] values = new LuaValue[count];
        for (int i = 0; i < count; i++) {
            values[i] = matcher.capture(i, start, end);
        }
        return LuaValue.varargsOf(values);
    }

    private Varargs eachMatch(Varargs arguments) {
        LuaString text = text(arguments, 1, "gmatch");
        LuaString pattern = text(arguments, 2, "gmatch");
        int[] next = {text.m_offset};
        return new NativeFunction("gmatch", ignored -> {
            LuaPattern matcher = new LuaPattern(engine, text, pattern);
            for (int at = next[0]; at <= text.m_offset + text.m_length; at++) {
                int end = matcher.match(at, pattern.m_offset);
                if (end >= 0) {
                    next[0] = end == at ? end + 1 : end;
                    return results(matcher, at, end);
                }
            }
            next[0] = Integer.MAX_VALUE;
            return LuaValue.NIL;
        });
    }

    private Varargs substitute(Varargs arguments) {
        LuaString text = text(arguments, 1, "gsub");
        LuaString pattern = text(arguments, 2, "gsub");
        LuaValue replacement = arguments.arg(3);
        if (!replacement.isstring() && !replacement.istable() && !replacement.isfunction()) {
            throw new LuaError("bad argument #3 to 'gsub' (string/function/table expected, got "
                    + replacement.typename().toLowerCase(Locale.ROOT) + ")");
        }
        int most = whole(arguments, 4, "gsub", Integer.MAX_VALUE);
        boolean anchored = isAnchored(pattern);
        int first = pattern.m_offset + (anchored ? 1 : 0);
        LuaPattern matcher = new LuaPattern(engine, text, pattern);
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.m_length);
        int textEnd = text.m_offset + text.m_length;
        int at = text.m_offset;
        int count = 0;
        while (count < most) {
            int end = matcher.match(at, first);
            if (end >= 0) {
                count++;
                replace(matcher, replacement, at, end, text, out);
            }
            if (end > at) {
                at = end;
            } else if (at < textEnd) {
                out.write(text.m_bytes[at++]);
            } else {
                break;
            }
            if (anchored) {
                break;
            }
        }
        if (at < textEnd) {
            out.write(text.m_bytes, at, textEnd - at);
        }
        engine.checkedLength(out.size());
        return LuaValue.varargsOf(wrap(out.toByteArray()), LuaValue.valueOf(count));
    }

    private void replace(LuaPattern matcher, LuaValue replacement, int start, int end, LuaString text,
            ByteArrayOutputStream out) {
        LuaValue value;
        if (replacement.isfunction()) {
            value = replacement.invoke(results(matcher, start, end)).arg1();
        } else if (replacement.istable()) {
            value = replacement.get(matcher.capture(0, start, end));
        } else {
            template(matcher, NumberText.of(replacement), start, end, out);
            return;
        }
        if (!value.toboolean()) {
            out.write(text.m_bytes, start, end - start);
            return;
        }
        write(out, value);
    }

    private static void write(ByteArrayOutputStream out, LuaValue value) {
        LuaString piece = NumberText.of(value);
        if (piece == null) {
            throw new LuaError("invalid replacement value (a " + value.typename() + ")");
        }
        out.write(piece.m_bytes, piece.m_offset, piece.m_length);
    }

    private static void template(LuaPattern matcher, LuaString template, int start, int end, ByteArrayOutputStream out) {
        for (int i = 0; i < template.m_length; i++) {
            int c = template.luaByte(i);
            if (c != '%' || i + 1 == template.m_length) {
                out.write(c);
                continue;
            }
            int next = template.luaByte(++i);
            if (next == '0') {
                write(out, matcher.whole(start, end));
            } else if (next >= '1' && next <= '9') {
                write(out, matcher.capture(next - '1', start, end));
            } else {
                out.write(next);
            }
        }
    }
}
