package org.syscope.chisels.lua;

import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The operator {@code ..} on a row of registers. */
final class Concatenation {
    private Concatenation() {
    }

    static LuaValue of(LuaEngine engine, LuaValue[] stack, int first, int last) {
        long length = 0;
        for (int i = first; i <= last; i++) {
            LuaString text = NumberText.of(stack[i]);
            if (text == null) {
                return pairwise(engine, stack, first, last);
            }
            stack[i] = text;
            length += text.m_length;
        }
        byte[] bytes = new byte[engine.checkedLength(length)];
        int at = 0;
        for (int i = first; i <= last; i++) {
            LuaString text = (LuaString) stack[i];
            System.arraycopy(text.m_bytes, text.m_offset, bytes, at, text.m_length);
            at += text.m_length;
        }
        return LuaString.valueUsing(bytes, 0, bytes.length);
    }

    private static LuaValue pairwise(LuaEngine engine, LuaValue[] stack, int first, int last) {
        LuaValue right = stack[last];
        for (int i = last - 1; i >= first; i--) {
            right = pair(engine, stack[i], right);
        }
        return right;
    }

    private static LuaValue pair(LuaEngine engine, LuaValue left, LuaValue right) {
        LuaString a = NumberText.of(left);
        LuaString b = NumberText.of(right);
        if (a != null && b != null) {
            byte[] bytes = new byte[engine.checkedLength((long) a.m_length + b.m_length)];
            System.arraycopy(a.m_bytes, a.m_offset, bytes, 0, a.m_length);
            System.arraycopy(b.m_bytes, b.m_offset, bytes, a.m_length, b.m_length);
            return LuaString.valueUsing(bytes, 0, bytes.length);
        }
        LuaValue handler = left instanceof LuaString ? LuaValue.NIL : left.metatag(LuaValue.CONCAT);
        if (handler.isnil() && !(right instanceof LuaString)) {
            handler = right.metatag(LuaValue.CONCAT);
        }
        if (handler.isnil()) {
            throw new LuaError("attempt to concatenate " + (a == null ? left : right).typename());
        }
        return handler.call(left, right);
    }
}
