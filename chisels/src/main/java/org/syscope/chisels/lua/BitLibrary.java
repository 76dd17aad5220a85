package org.syscope.chisels.lua;

import java.util.function.IntBinaryOperator;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** LuaJIT's {@code bit}: operations on signed 32-bit numbers. */
final class BitLibrary {
    private BitLibrary() {
    }

    static LuaTable table() {
        LuaTable table = new LuaTable();
        NativeFunction.define(table, "tobit", arguments -> LuaValue.valueOf(bits(arguments, 1)));
        NativeFunction.define(table, "bnot", arguments -> LuaValue.valueOf(~bits(arguments, 1)));
        NativeFunction.define(table, "band", arguments -> fold(arguments, (a, b) -> a & b));
        NativeFunction.define(table, "bor", arguments -> fold(arguments, (a, b) -> a | b));
        NativeFunction.define(table, "bxor", arguments -> fold(arguments, (a, b) -> a ^ b));
        NativeFunction.define(table, "lshift", arguments -> LuaValue.valueOf(bits(arguments, 1) << bits(arguments, 2)));
        NativeFunction.define(table, "rshift", arguments -> LuaValue.valueOf(bits(arguments, 1) >>> bits(arguments, 2)));
        NativeFunction.define(table, "arshift", arguments -> LuaValue.valueOf(bits(arguments, 1) >> bits(arguments, 2)));
        NativeFunction.define(table, "rol", arguments -> LuaValue.valueOf(
                Integer.rotateLeft(bits(arguments, 1), bits(arguments, 2))));
        NativeFunction.define(table, "ror", arguments -> LuaValue.valueOf(
                Integer.rotateRight(bits(arguments, 1), bits(arguments, 2))));
        NativeFunction.define(table, "bswap", arguments -> LuaValue.valueOf(Integer.reverseBytes(bits(arguments, 1))));
        NativeFunction.define(table, "tohex", BitLibrary::hexadecimal);
        return table;
    }

    private static int bits(Varargs arguments, int index) {
        return (int) (long) Math.rint(arguments.checkdouble(index));
    }

    private static LuaValue fold(Varargs arguments, IntBinaryOperator operator) {
        int result = bits(arguments, 1);
        for (int i = 2; i <= arguments.narg(); i++) {
            result = operator.applyAsInt(result, bits(arguments, i));
        }
        return LuaValue.valueOf(result);
    }

    private static LuaValue hexadecimal(Varargs arguments) {
        int digits = arguments.isnil(2) ? 8 : bits(arguments, 2);
        int shown = Math.min(Math.abs(digits), 8);
        String text = String.format("%08x", bits(arguments, 1)).substring(8 - shown);
        return LuaValue.valueOf(digits < 0 ? text.toUpperCase() : text);
    }
}
