package org.syscope.chisels.lua;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Comparator;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** What {@code table} had in 5.1 and LuaJ's has not, or does otherwise. */
final class TableLibrary {
    private TableLibrary() {
    }

    static void install(LuaEngine engine, LuaTable table) {
        NativeFunction.define(table, "getn", arguments -> LuaValue.valueOf(arguments.checktable(1).length()));
        NativeFunction.define(table, "setn", arguments -> LuaValue.NONE);
        NativeFunction.define(table, "maxn", arguments -> largest(arguments.checktable(1)));
        NativeFunction.define(table, "foreach", arguments -> each(arguments.checktable(1), arguments.checkfunction(2)));
        NativeFunction.define(table, "foreachi", arguments -> eachIndex(arguments.checktable(1), arguments.checkfunction(2)));
        NativeFunction.define(table, "concat", arguments -> concat(engine, arguments));
        NativeFunction.define(table, "sort", arguments -> sort(engine, arguments));
    }

    private static LuaValue largest(LuaTable table) {
        double largest = 0;
        for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
            if (entry.arg1().type() == LuaValue.TNUMBER) {
                largest = Math.max(largest, entry.arg1().todouble());
            }
        }
        return LuaValue.valueOf(largest);
    }

    private static LuaValue each(LuaTable table, LuaValue function) {
        for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
            LuaValue result = function.call(entry.arg1(), entry.arg(2));
            if (!result.isnil()) {
                return result;
            }
        }
        return LuaValue.NIL;
    }

    private static LuaValue eachIndex(LuaTable table, LuaValue function) {
        int length = table.length();
        for (int i = 1; i <= length; i++) {
            LuaValue result = function.call(LuaValue.valueOf(i), table.get(i));
            if (!result.isnil()) {
                return result;
            }
        }
        return LuaValue.NIL;
    }

    private static LuaValue concat(LuaEngine engine, Varargs arguments) {
        LuaTable table = arguments.checktable(1);
        LuaString between = arguments.isnil(2) ? LuaValue.EMPTYSTRING : StringLibrary.text(arguments, 2, "concat");
        int from = StringLibrary.whole(arguments, 3, "concat", 1);
        int to = arguments.isnil(4) ? table.length() : StringLibrary.whole(arguments, 4, "concat", 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = from; i <= to; i++) {
            LuaString piece = NumberText.of(table.get(i));
            if (piece == null) {
                throw new LuaError("invalid value (" + table.get(i).typename() + ") at index " + i
                        + " in table for 'concat'");
            }
            out.write(piece.m_bytes, piece.m_offset, piece.m_length);
            if (i < to) {
                out.write(between.m_bytes, between.m_offset, between.m_length);
            }
            engine.checkedLength(out.size());
        }
        byte[] bytes = out.toByteArray();
        return LuaString.valueUsing(bytes, 0, bytes.length);
    }

    private static LuaValue sort(LuaEngine engine, Varargs arguments) {
        LuaTable table = arguments.checktable(1);
        LuaValue order = arguments.isnil(2) ? LuaValue.NIL : arguments.checkfunction(2);
        LuaValue[] values = new LuaValue[table.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = table.get(i + 1);
        }
        Comparator<LuaValue> comparator = (a, b) -> {
            engine.count();
            if (less(order, a, b)) {
                return -1;
            }
            return less(order, b, a) ? 1 : 0;
        };
        try {
            Arrays.sort(values, comparator);
        } catch (IllegalArgumentException e) {
            throw new LuaError("invalid order function for sorting");
        }
        for (int i = 0; i < values.length; i++) {
            table.set(i + 1, values[i]);
        }
        return LuaValue.NONE;
    }

    private static boolean less(LuaValue order, LuaValue a, LuaValue b) {
        return order.isnil() ? a.lt_b(b) : order.call(a, b).toboolean();
    }
}
